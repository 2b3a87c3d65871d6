package io.taktdb.runtime.journal;

import io.taktdb.types.error.DbException;

/** The journal of a world that keeps none. Threading: immutable. */
final class NoJournal implements Journal {
    @Override
    public boolean isOn() {
        return false;
    }

    @Override
    public void start(final JournalStart start) {
        // nothing is kept
    }

    @Override
    public long roomBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean append(final JournalCommit commit) {
        return false;
    }

    @Override
    public void hashed(final HashedState state) {
        // nothing is replayed
    }

    @Override
    public DbException refusal() {
        return null;
    }

    @Override
    public void onAnswered(final Runnable listener) {
        // nobody is answered from here
    }

    @Override
    public void flush() {
        // nothing is under way
    }

    @Override
    public JournalStatus status() {
        return JournalStatus.OFF;
    }
}
