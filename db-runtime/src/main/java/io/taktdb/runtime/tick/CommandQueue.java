package io.taktdb.runtime.tick;

import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/**
 * The bounded way into the loop: commands in the order in which they arrived.
 *
 * <p>Full means refused, never waited for. Threading: {@link #offer} any thread, {@link #poll} and {@link #await} the
 * tick thread.
 */
final class CommandQueue {
    private final MpscVarHandleArrayQueue<Submission> queue;
    private final AtomicLong bytes = new AtomicLong();
    private final long maxBytes;
    private volatile Thread sleeper;
    private volatile boolean closed;

    CommandQueue(final int capacity, final long maxBytes) {
        this.queue = new MpscVarHandleArrayQueue<>(capacity);
        this.maxBytes = maxBytes;
    }

    /**
     * Takes a command in.
     *
     * @throws DbException OVERLOADED when the queue is full, UNAVAILABLE when the loop has ended
     */
    void offer(final Submission submission) {
        if (closed) {
            throw new DbException(ErrorCode.UNAVAILABLE, "the server is stopping; no more commands are taken");
        }
        if (bytes.addAndGet(submission.length()) > maxBytes || !queue.offer(submission)) {
            bytes.addAndGet(-submission.length());
            throw new DbException(
                            ErrorCode.OVERLOADED,
                            "command queue is full: depth=" + queue.size() + ", capacity=" + queue.capacity()
                                    + ", bytes=" + bytes.get() + ", maxBytes=" + maxBytes + "; try again later")
                    .with("depth", queue.size());
        }
        final Thread sleeping = sleeper;
        if (sleeping != null) {
            LockSupport.unpark(sleeping);
        }
    }

    /** The next command, or null. */
    Submission poll() {
        final Submission next = queue.poll();
        if (next != null) {
            bytes.addAndGet(-next.length());
        }
        return next;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Sleeps for at most so long, less if a command comes. */
    void await(final long nanos) {
        sleeper = Thread.currentThread();
        if (queue.isEmpty() && !closed) {
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
        return queue.size();
    }

    int capacity() {
        return queue.capacity();
    }
}
