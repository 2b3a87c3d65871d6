package io.taktdb.runtime.command;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One sender of commands, such as a connection. The loop takes turns between senders, and each may have only a share of
 * the queue: so one that floods it slows down itself alone.
 *
 * <p>Threading: made and given to writers by any thread; {@link #waiting} the tick thread.
 */
public final class CommandSource {
    private final AtomicInteger queued = new AtomicInteger();
    private final Queue<Submission> waiting = new ArrayDeque<>();

    /** Commands that were sent and not yet applied. */
    public int queued() {
        return queued.get();
    }

    /** Counts one more, and says how many there are then. */
    public int add() {
        return queued.incrementAndGet();
    }

    /** Counts one less. */
    public void remove() {
        queued.decrementAndGet();
    }

    /** Its commands in the order in which they came. Tick thread only. */
    public Queue<Submission> waiting() {
        return waiting;
    }
}
