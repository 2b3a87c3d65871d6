package io.taktdb.runtime.tick;

import io.taktdb.runtime.procedure.CallWatch;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what the tick thread runs: says once what runs for longer than {@value #REPORT_MS} ms and where it is, and
 * has calls end that take longer than they may. Threading: a thread of its own.
 */
final class CallWatchdog implements AutoCloseable {
    static final long REPORT_MS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(CallWatchdog.class);
    private static final long LONGEST_PAUSE_NS = 250_000_000;
    private static final long SHORTEST_PAUSE_NS = 1_000_000;

    private final CallWatch watch;
    private final long limitNs;
    private final Thread thread;
    private volatile boolean stopped;
    private long reported;

    /**
     * @param limit of calls; zero for none
     */
    CallWatchdog(final CallWatch watch, final Duration limit) {
        this.watch = watch;
        this.limitNs = limit.toNanos();
        this.thread = new Thread(this::run, "takt-watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        final long pauseNs =
                limitNs == 0 ? LONGEST_PAUSE_NS : Math.min(LONGEST_PAUSE_NS, Math.max(SHORTEST_PAUSE_NS, limitNs / 4));
        while (!stopped) {
            look(System.nanoTime());
            LockSupport.parkNanos(this, pauseNs);
        }
    }

    private void look(final long nowNs) {
        final long began = watch.startedNs();
        final long ranNs = nowNs - began;
        if (began == 0 || ranNs <= 0) {
            return;
        }
        if (limitNs > 0 && ranNs > limitNs) {
            watch.expire(began, ranNs);
        }
        if (ranNs > TimeUnit.MILLISECONDS.toNanos(REPORT_MS) && reported != began) {
            reported = began;
            report(ranNs);
        }
    }

    private void report(final long ranNs) {
        final Thread running = watch.thread();
        final StringBuilder stack = new StringBuilder();
        for (final StackTraceElement frame : running == null ? new StackTraceElement[0] : running.getStackTrace()) {
            stack.append("\n\tat ").append(frame);
        }
        LOG.warn(
                "{} holds up the loop: ranMs={}; where it is now:{}",
                watch.name(),
                TimeUnit.NANOSECONDS.toMillis(ranNs),
                stack);
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
    }
}
