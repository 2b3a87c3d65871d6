package io.taktdb.runtime.tick;

import io.taktdb.runtime.command.CommandSource;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/**
 * The bounded way into the loop: of each sender the commands in the order in which they arrived, and the senders by
 * turns.
 *
 * <p>Full means refused, never waited for. A named sender may fill 1/{@value #SHARE} of it; commands without a sender,
 * such as a program's own, count as one sender that may fill all of it. Threading: {@link #offer} any thread,
 * {@link #poll} and {@link #await} the tick thread.
 */
final class CommandQueue {
    static final int SHARE = 4;

    private final MpscVarHandleArrayQueue<Submission> arrived;
    private final Queue<CommandSource> turns = new ArrayDeque<>();
    private final CommandSource nobody = new CommandSource();
    private final AtomicInteger depth = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final long maxBytes;
    private volatile Thread sleeper;
    private volatile boolean closed;

    CommandQueue(final int capacity, final long maxBytes) {
        this.arrived = new MpscVarHandleArrayQueue<>(capacity);
        this.maxBytes = maxBytes;
    }

    /**
     * Takes a command in.
     *
     * @throws DbException OVERLOADED when the queue or the sender's share is full, UNAVAILABLE when the loop has ended
     */
    void offer(final Submission submission) {
        if (closed) {
            throw new DbException(ErrorCode.UNAVAILABLE, "the server is stopping; no more commands are taken");
        }
        final CommandSource source = sourceOf(submission);
        final int ofSource = source.add();
        if (source != nobody && ofSource > share()) {
            source.remove();
            throw new DbException(
                            ErrorCode.OVERLOADED,
                            "sender has too many commands waiting: waiting=" + (ofSource - 1) + ", limit=" + share()
                                    + "; wait for answers before you send more")
                    .with("depth", depth.get());
        }
        final int total = depth.incrementAndGet();
        if (bytes.addAndGet(submission.length()) > maxBytes || total > capacity() || !arrived.offer(submission)) {
            source.remove();
            depth.decrementAndGet();
            bytes.addAndGet(-submission.length());
            throw new DbException(
                            ErrorCode.OVERLOADED,
                            "command queue is full: depth=" + depth.get() + ", capacity=" + capacity() + ", bytes="
                                    + bytes.get() + ", maxBytes=" + maxBytes + "; try again later")
                    .with("depth", depth.get());
        }
        final Thread sleeping = sleeper;
        if (sleeping != null) {
            LockSupport.unpark(sleeping);
        }
    }

    private CommandSource sourceOf(final Submission submission) {
        return submission.source() == null ? nobody : submission.source();
    }

    /** The most commands of one sender that wait. */
    int share() {
        return Math.max(1, capacity() / SHARE);
    }

    /** The next command, or null. */
    Submission poll() {
        Submission next = arrived.poll();
        if (turns.isEmpty() && next != null && arrived.isEmpty()) {
            return taken(sourceOf(next), next); // the usual case: one at a time
        }
        while (next != null) {
            final CommandSource source = sourceOf(next);
            if (source.waiting().isEmpty()) {
                turns.add(source);
            }
            source.waiting().add(next);
            next = arrived.poll();
        }
        final CommandSource turn = turns.poll();
        if (turn == null) {
            return null;
        }
        final Submission first = turn.waiting().poll();
        if (!turn.waiting().isEmpty()) {
            turns.add(turn);
        }
        return taken(turn, first);
    }

    private Submission taken(final CommandSource source, final Submission submission) {
        source.remove();
        depth.decrementAndGet();
        bytes.addAndGet(-submission.length());
        return submission;
    }

    boolean isEmpty() {
        return turns.isEmpty() && arrived.isEmpty();
    }

    /** Sleeps for at most so long, less if a command comes. */
    void await(final long nanos) {
        sleeper = Thread.currentThread();
        if (isEmpty() && !closed) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
    }

    /** Takes nothing more in; what is queued can still be polled. */
    void close() {
        closed = true;
        final Thread sleeping = sleeper;
        if (sleeping != null) {
            LockSupport.unpark(sleeping);
        }
    }

    int depth() {
        return depth.get();
    }

    int capacity() {
        return arrived.capacity();
    }
}
