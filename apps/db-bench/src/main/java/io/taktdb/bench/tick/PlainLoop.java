package io.taktdb.bench.tick;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The peer: a loop that sleeps until shortly before each deadline, spins the rest, and does nothing else.
 *
 * <p>Threading: a thread of its own; {@link #stop} any.
 */
final class PlainLoop {
    private static final long SPIN_NS = 200_000;

    private final long periodNs;
    private final Histogram lateness = new Histogram(1, 60_000_000_000L, 3);
    private final Thread thread;
    private volatile boolean stopped;

    PlainLoop(final int rate) {
        periodNs = 1_000_000_000L / rate;
        thread = new Thread(this::run, "plain-loop");
    }

    void start() {
        thread.start();
    }

    private void run() {
        // half a period beside the engine's deadlines, so that the two do not spin at the same time
        long deadlineNs = System.nanoTime() + periodNs / 2;
        while (!stopped) {
            long leftNs = deadlineNs - System.nanoTime();
            while (leftNs > 0) {
                if (leftNs > SPIN_NS) {
                    LockSupport.parkNanos(this, leftNs - SPIN_NS);
                } else {
                    Thread.onSpinWait();
                }
                leftNs = deadlineNs - System.nanoTime();
            }
            lateness.recordValue(Math.max(0, -leftNs));
            deadlineNs += periodNs;
            while (deadlineNs - System.nanoTime() < 0) {
                deadlineNs += periodNs;
            }
        }
    }

    /** Ends the loop; how late its turns were. */
    Histogram stop() {
        stopped = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return lateness;
    }
}
