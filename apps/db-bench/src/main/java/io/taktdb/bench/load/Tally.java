package io.taktdb.bench.load;

import org.HdrHistogram.Histogram;

/** What the connections of a run saw. Threading: one event loop. */
final class Tally {
    private final Histogram latency = new Histogram(1, 60_000_000_000L, 3);
    private boolean isOpen;
    private long refused;
    private long lost;

    void answered(final long ns, final boolean isRefusal) {
        if (isOpen) {
            latency.recordValue(Math.min(Math.max(1, ns), 60_000_000_000L));
        }
        if (isRefusal) {
            refused++;
        }
    }

    /** A connection ended before its time. */
    void lost() {
        lost++;
    }

    /** Begins to count. */
    void open() {
        isOpen = true;
    }

    /** What was counted. */
    LoadResult close(final long ns) {
        isOpen = false;
        return new LoadResult(
                latency.getTotalCount() * 1e9 / ns,
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(99),
                latency.getMaxValue(),
                refused,
                lost);
    }
}
