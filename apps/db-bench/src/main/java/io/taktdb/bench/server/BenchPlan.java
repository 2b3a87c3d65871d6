package io.taktdb.bench.server;

import java.util.List;

/**
 * What to run, and for how long.
 *
 * @param shrink by what the crowds are divided
 * @param only the beginnings of the names of what is wanted; empty for all
 */
record BenchPlan(List<String> only, int rounds, long warmUpNs, long measureNs, int shrink) {
    /** How many there are where so many are wanted. */
    int shrunk(final int count) {
        return Math.max(1, count / shrink);
    }

    /** How long a load of its own kind is looked at. */
    long shapeNs() {
        return 3 * measureNs;
    }

    boolean wants(final String name) {
        return only.isEmpty() || only.stream().anyMatch(name::startsWith);
    }
}
