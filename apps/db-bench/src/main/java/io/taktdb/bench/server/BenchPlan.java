package io.taktdb.bench.server;

import java.util.List;

/**
 * What to run, and for how long.
 *
 * @param only the beginnings of the names of what is wanted; empty for all
 */
record BenchPlan(List<String> only, int rounds, long warmUpNs, long measureNs) {
    boolean wants(final String name) {
        return only.isEmpty() || only.stream().anyMatch(name::startsWith);
    }
}
