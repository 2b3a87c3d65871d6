package io.taktdb.bench.tick;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What it costs at least to have another thread answer: it parks until it is asked, and the caller spins for its
 * answer. Threading: the calling thread and one of its own.
 */
final class ThreadHop {
    private volatile long asked;
    private volatile long answered;

    private void answer(final long last) {
        while (answered < last) {
            while (asked == answered) {
                LockSupport.parkNanos(this, 1_000_000);
            }
            answered = asked;
        }
    }

    /** Median of a question and its answer. */
    static long medianNs(final int questions) {
        final ThreadHop hop = new ThreadHop();
        final Thread other = new Thread(() -> hop.answer(questions), "thread-hop");
        other.start();
        final Histogram times = new Histogram(1, 60_000_000_000L, 3);
        for (long i = 1; i <= questions; i++) {
            final long startNs = System.nanoTime();
            hop.asked = i;
            LockSupport.unpark(other);
            while (hop.answered != i) {
                Thread.onSpinWait();
            }
            times.recordValue(System.nanoTime() - startNs);
        }
        return times.getValueAtPercentile(50);
    }
}
