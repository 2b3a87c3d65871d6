package io.taktdb.runtime.journal;

import io.taktdb.types.error.DbException;

/**
 * Where commits go to outlive the process.
 *
 * <p>The loop hands over every commit in order and never waits. Commands that asked for it are answered by the journal,
 * once they are durable or once that has failed. Threading: see the methods.
 */
public interface Journal {
    /** No journal: nothing is kept, and nobody can ask for durability. */
    Journal NONE = new NoJournal();

    /** Whether there is one. Any thread. */
    boolean isOn();

    /**
     * Begins to take commits. The opening thread, once, before the first {@link #append}.
     *
     * @throws DbException STORAGE_FAILED nothing can be written
     */
    void start(JournalStart start);

    /**
     * How many bytes of commands the next commit may hold; 0: none for now, commands must wait. The tick thread.
     */
    long roomBytes();

    /**
     * Takes a commit; never blocks. The tick thread.
     *
     * @return false when nothing can become durable now: then nobody is answered by the journal
     */
    boolean append(JournalCommit commit);

    /**
     * Takes note of the hash of a commit that was appended, so that a replay can compare; may forget it. Never blocks.
     * The thread that hashes.
     */
    void hashed(HashedState state);

    /** Why writes are refused now: READ_ONLY; null when they are taken. Any thread. */
    DbException refusal();

    /** Calls {@code listener} after each round of answers, on the journal's thread; it must not block. */
    void onAnswered(Runnable listener);

    /** Waits until all that was appended is durable and answered, or has failed. Any thread but the journal's. */
    void flush();

    /** The figures now. Any thread. */
    JournalStatus status();
}
