package io.taktdb.bench.replay;

import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.journal.Journal;
import io.taktdb.runtime.journal.JournalCommit;
import io.taktdb.runtime.journal.JournalStart;
import io.taktdb.runtime.journal.JournalStatus;
import io.taktdb.types.error.DbException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A journal that only records. Threading: the thread that runs the ticks. */
final class FileJournal implements Journal {
    private final DataOutputStream file;
    private long commands;

    FileJournal(final DataOutputStream file) {
        this.file = file;
    }

    /** Commands that were recorded. */
    long commands() {
        return commands;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public void start(final JournalStart start) {
        // the recording begins with the world
    }

    @Override
    public long roomBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean append(final JournalCommit commit) {
        try {
            Recording.write(file, commit);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        commands += commit.commands().length;
        return true;
    }

    @Override
    public void hashed(final HashedState state) {
        // those who replay compare with each other
    }

    @Override
    public DbException refusal() {
        return null;
    }

    @Override
    public void onAnswered(final Runnable listener) {
        // nobody waits for the disk
    }

    @Override
    public void flush() {
        // the recorder closes the file
    }

    @Override
    public JournalStatus status() {
        return JournalStatus.OFF;
    }
}
