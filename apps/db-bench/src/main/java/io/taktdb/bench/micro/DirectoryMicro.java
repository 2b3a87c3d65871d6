package io.taktdb.bench.micro;

import io.taktdb.bench.scenario.Scenario;

/** The peer of publishing: one flat directory of as many pages, cloned and shown. */
public final class DirectoryMicro implements Scenario {
    private static final int PAGES = 2048;

    private volatile long[] shown = new long[PAGES];

    @Override
    public void step() {
        final long[] next = shown.clone();
        next[(int) (next[0] % PAGES)]++;
        shown = next;
    }

    @Override
    public String problem(final long steps) {
        long sum = 0;
        for (final long page : shown) {
            sum += page;
        }
        return sum == steps ? null : "sum differs: expected=" + steps + ", found=" + sum;
    }
}
