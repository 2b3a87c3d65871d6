package io.taktdb.runtime.tick;

import io.taktdb.runtime.tick.TickStatus.Percentiles;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lateness, work and rate of ticks. Threading: recorded on the tick thread without locks or allocation; read by any
 * thread.
 */
final class TickMeter {
    private static final Stage[] STAGES = Stage.values();
    private static final int RATE_SAMPLES = 6;

    private final TimeWindow lateness = new TimeWindow();
    private final TimeWindow work = new TimeWindow();
    private final TimeWindow[] stages = new TimeWindow[STAGES.length];
    private final long[] sampleNs = new long[RATE_SAMPLES];
    private final long[] sampleTick = new long[RATE_SAMPLES];
    private int samples;
    private volatile double heldRate;
    private volatile long lastLatenessNs;
    private final AtomicLong overruns = new AtomicLong();

    TickMeter() {
        for (int i = 0; i < stages.length; i++) {
            stages[i] = new TimeWindow();
        }
    }

    void tick(
            final long tick,
            final long startNs,
            final long lateNs,
            final long workNs,
            final StageWatch watch,
            final boolean overrun) {
        lateness.record(lateNs);
        lastLatenessNs = lateNs;
        work.record(workNs);
        for (final Stage stage : STAGES) {
            stages[stage.ordinal()].record(watch.ns(stage));
        }
        if (overrun) {
            overruns.lazySet(overruns.get() + 1);
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

    /** Forgets what the rate was so far: another one is wanted from now on. */
    void rateChanged() {
        samples = 0;
    }

    long lastLatenessNs() {
        return lastLatenessNs;
    }

    double heldRate() {
        return heldRate;
    }

    long overruns() {
        return overruns.get();
    }

    Percentiles lateness() {
        return lateness.percentiles();
    }

    Percentiles work() {
        return work.percentiles();
    }

    Map<Stage, Percentiles> stages() {
        final Map<Stage, Percentiles> all = new EnumMap<>(Stage.class);
        for (final Stage stage : STAGES) {
            all.put(stage, stages[stage.ordinal()].percentiles());
        }
        return all;
    }
}
