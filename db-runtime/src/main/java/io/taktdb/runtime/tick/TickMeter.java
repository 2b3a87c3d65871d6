package io.taktdb.runtime.tick;

import io.taktdb.runtime.tick.TickStatus.Percentiles;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Lateness, work and rate of ticks.
 *
 * <p>Percentiles cover the last one to two {@value #WINDOW_SECONDS}-second windows, so that they show now and not the
 * start. Threading: recorded on the tick thread without locks or allocation; read by any thread.
 */
final class TickMeter {
    private static final long WINDOW_SECONDS = 10;
    private static final long MAX_NS = 60_000_000_000L;
    private static final int RATE_SAMPLES = 6;

    private final SingleWriterRecorder lateness = new SingleWriterRecorder(1, MAX_NS, 3);
    private final SingleWriterRecorder work = new SingleWriterRecorder(1, MAX_NS, 3);
    private final Window latenessWindow = new Window(lateness);
    private final Window workWindow = new Window(work);
    private final long[] sampleNs = new long[RATE_SAMPLES];
    private final long[] sampleTick = new long[RATE_SAMPLES];
    private int samples;
    private volatile double heldRate;
    private final AtomicLong overruns = new AtomicLong();

    void tick(final long tick, final long startNs, final long lateNs, final long workNs, final boolean overrun) {
        lateness.recordValue(Math.min(MAX_NS, Math.max(0, lateNs)));
        work.recordValue(Math.min(MAX_NS, Math.max(0, workNs)));
        if (overrun) {
            overruns.incrementAndGet();
        }
        sampleRate(tick, startNs);
    }

    private void sampleRate(final long tick, final long startNs) {
        final int newest = (samples + RATE_SAMPLES - 1) % RATE_SAMPLES;
        if (samples > 0 && startNs - sampleNs[newest] < 1_000_000_000L) {
            if (samples == 1 && startNs > sampleNs[0]) {
                heldRate = (tick - sampleTick[0]) * 1e9 / (startNs - sampleNs[0]);
            }
            return;
        }
        final int oldest = samples < RATE_SAMPLES ? 0 : samples % RATE_SAMPLES;
        if (samples > 0) {
            heldRate = (tick - sampleTick[oldest]) * 1e9 / (startNs - sampleNs[oldest]);
        }
        sampleNs[samples % RATE_SAMPLES] = startNs;
        sampleTick[samples % RATE_SAMPLES] = tick;
        samples++;
    }

    double heldRate() {
        return heldRate;
    }

    long overruns() {
        return overruns.get();
    }

    Percentiles lateness() {
        return latenessWindow.percentiles();
    }

    Percentiles work() {
        return workWindow.percentiles();
    }

    /** The last full window and the running one together. */
    private static final class Window {
        private final SingleWriterRecorder recorder;
        private Histogram previous;
        private Histogram running;
        private Histogram recycled;
        private long startNs = System.nanoTime();

        Window(final SingleWriterRecorder recorder) {
            this.recorder = recorder;
            this.previous = new Histogram(1, MAX_NS, 3);
            this.running = new Histogram(1, MAX_NS, 3);
        }

        synchronized Percentiles percentiles() {
            recycled = recorder.getIntervalHistogram(recycled);
            running.add(recycled);
            final Histogram both = running.copy();
            both.add(previous);
            if (System.nanoTime() - startNs > WINDOW_SECONDS * 1_000_000_000L) {
                startNs = System.nanoTime();
                previous = running;
                running = new Histogram(1, MAX_NS, 3);
            }
            return new Percentiles(
                    both.getValueAtPercentile(50),
                    both.getValueAtPercentile(99),
                    both.getValueAtPercentile(99.9),
                    both.getMaxValue());
        }
    }
}
