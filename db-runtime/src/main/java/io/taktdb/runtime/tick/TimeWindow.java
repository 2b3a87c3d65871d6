package io.taktdb.runtime.tick;

import io.taktdb.runtime.tick.TickStatus.Percentiles;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Times of the last one to two {@value #WINDOW_SECONDS}-second windows, so that percentiles show now and not the start.
 *
 * <p>Threading: {@link #record} the tick thread, without locks or allocation; {@link #percentiles} any.
 */
final class TimeWindow {
    private static final long WINDOW_SECONDS = 10;
    private static final long MAX_NS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, MAX_NS, DIGITS);
    private Histogram previous = new Histogram(1, MAX_NS, DIGITS);
    private Histogram running = new Histogram(1, MAX_NS, DIGITS);
    private Histogram recycled;
    private long startNs = System.nanoTime();

    /** Notes one time; negative ones count as 0. */
    void record(final long ns) {
        recorder.recordValue(Math.min(MAX_NS, Math.max(0, ns)));
    }

    synchronized Percentiles percentiles() {
        recycled = recorder.getIntervalHistogram(recycled);
        running.add(recycled);
        final Histogram both = running.copy();
        both.add(previous);
        if (System.nanoTime() - startNs > WINDOW_SECONDS * 1_000_000_000L) {
            startNs = System.nanoTime();
            previous = running;
            running = new Histogram(1, MAX_NS, DIGITS);
        }
        return new Percentiles(
                both.getValueAtPercentile(50),
                both.getValueAtPercentile(99),
                both.getValueAtPercentile(99.9),
                both.getMaxValue());
    }
}
