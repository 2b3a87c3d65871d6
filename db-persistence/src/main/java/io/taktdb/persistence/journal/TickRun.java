package io.taktdb.persistence.journal;

import io.taktdb.runtime.journal.JournalCommit;

/**
 * Ticks in a row in which nothing happened but the systems, gathered for one frame.
 *
 * <p>Threading: the journal's thread.
 */
final class TickRun {
    static final int MAX_TICKS = 1_024;

    private final long[] timeMicros = new long[MAX_TICKS];
    private long firstCommit;
    private long firstTick;
    private int rate;
    private int count;

    /** Whether a commit can be kept in such a frame at all. */
    static boolean isPlain(final JournalCommit commit) {
        return commit.isTick() && commit.commands().length == 0 && commit.failedSystems().length == 0;
    }

    /** Adds a plain tick; false when it does not fit to the others. */
    boolean add(final JournalCommit commit) {
        if (count == 0) {
            firstCommit = commit.commit();
            firstTick = commit.tick();
            rate = commit.rate();
        } else if (count == MAX_TICKS
                || commit.rate() != rate
                || commit.commit() != firstCommit + count
                || commit.tick() != firstTick + count
                || commit.timeMicros() < timeMicros[count - 1]) {
            return false;
        }
        timeMicros[count++] = commit.timeMicros();
        return true;
    }

    int count() {
        return count;
    }

    long firstCommit() {
        return firstCommit;
    }

    long firstTick() {
        return firstTick;
    }

    int rate() {
        return rate;
    }

    long timeMicros(final int index) {
        return timeMicros[index];
    }

    /** Microseconds between a tick and the one before. */
    long stepMicros(final int index) {
        return timeMicros[index] - timeMicros[index - 1];
    }

    void clear() {
        count = 0;
    }
}
