package io.taktdb.runtime;

import io.taktdb.runtime.tick.TickLoop;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that runs a loop; none for a stepped loop, whose ticks the caller runs. Threading: any thread.
 */
final class LoopThread {
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
    private static final long STOP_TIMEOUT_MS = 30_000;

    private final TickLoop loop;
    private final boolean stepped;
    private final Thread thread;

    LoopThread(final TickLoop loop, final boolean stepped) {
        this.loop = loop;
        this.stepped = stepped;
        this.thread = new Thread(loop, "takt-tick");
    }

    void start() {
        if (!stepped) {
            thread.start();
        }
    }

    boolean isStepped() {
        return stepped;
    }

    /** Runs a tick of a stepped loop. */
    void step(final long timeMicros) {
        if (!stepped) {
            throw new DbException(
                    ErrorCode.CONFLICT, "the world has a loop of its own; open it with openStepped to run its ticks");
        }
        loop.step(timeMicros);
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    /**
     * Ends the loop after what is queued.
     *
     * @return whether it has ended
     */
    boolean stop() {
        if (stepped) {
            loop.finishSteps();
        }
        loop.stop();
        boolean interrupted = false;
        final long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_TIMEOUT_MS);
        while (thread.isAlive() && System.nanoTime() - untilNs < 0) {
            try {
                thread.join(STOP_TIMEOUT_MS);
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.error("the loop does not end: a procedure or system is still running after {} ms", STOP_TIMEOUT_MS);
        }
        return !thread.isAlive();
    }
}
