package io.taktdb.persistence.journal;

import io.taktdb.types.error.DbException;

/**
 * Whether commits and writes come in, and those who wait for that to change.
 *
 * <p>Threading: changed by the journal's thread (once by the opening thread before it starts), read by any.
 */
final class JournalGate {
    /** What the journal does. */
    private enum State {
        FAILED,
        RESUMING,
        OPEN,
        ENDED
    }

    private volatile State state = State.FAILED;
    private volatile int generation = JournalThread.CLOSED_TO_COMMITS;
    private volatile String failure = "the world is new and its first snapshot is being written";
    private volatile String overflow;
    private int lastGeneration;
    private long flushWish;
    private long flushed;

    /** The number that commits must bring; {@link JournalThread#CLOSED_TO_COMMITS} when none are taken. */
    int generation() {
        return generation;
    }

    boolean isFailed() {
        return state == State.FAILED;
    }

    boolean isResuming() {
        return state == State.RESUMING;
    }

    /** Why writes are refused, or null. */
    DbException refusal() {
        return state == State.OPEN ? null : JournalWriter.readOnly(failure);
    }

    String failure() {
        return failure;
    }

    String overflow() {
        return overflow;
    }

    /** A commit could not be taken: everything after it is worth nothing. */
    void overflow(final String cause) {
        overflow = cause;
    }

    synchronized void fail(final String cause) {
        failure = cause;
        state = State.FAILED;
        generation = JournalThread.CLOSED_TO_COMMITS;
        notifyAll();
    }

    /** Commits are taken again, writes not yet. */
    synchronized void resume() {
        overflow = null;
        state = State.RESUMING;
        generation = ++lastGeneration;
    }

    /** Commits go on, writes are refused until a snapshot carries what was committed. */
    synchronized void rebase(final String cause) {
        failure = cause;
        state = State.RESUMING;
    }

    /** Writes are taken. */
    synchronized void open() {
        if (generation == JournalThread.CLOSED_TO_COMMITS) {
            generation = ++lastGeneration;
        }
        state = State.OPEN;
        notifyAll();
    }

    synchronized void end() {
        failure = "the journal is closed";
        state = State.ENDED;
        generation = JournalThread.CLOSED_TO_COMMITS;
        notifyAll();
    }

    /** The newest wish for a flush. */
    synchronized long flushWish() {
        return flushWish;
    }

    synchronized boolean isFlushWished(final long wish) {
        return wish > flushed;
    }

    /** All that was appended before the wish is durable, or has failed. */
    synchronized void flushed(final long wish) {
        flushed = Math.max(flushed, wish);
        notifyAll();
    }

    void awaitFlush(final Runnable wake) {
        final long mine;
        synchronized (this) {
            mine = ++flushWish;
        }
        wake.run();
        await(mine);
    }

    private synchronized void await(final long wish) {
        boolean interrupted = false;
        while (flushed < wish && state != State.ENDED) {
            try {
                wait();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
