package io.taktdb.runtime.tick;

import io.taktdb.core.state.State;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.journal.Journal;
import io.taktdb.runtime.journal.JournalCommit;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows a commit: the journal gets it, and those are answered who do not wait for the disk.
 *
 * <p>A command that was handed to the journal is the journal's to answer; it is not looked at any more here. Threading:
 * tick thread, except {@link #check}, {@link #onCommit} and the figures.
 */
final class CommitHandOver {
    private static final Logger LOG = LoggerFactory.getLogger(CommitHandOver.class);

    private final Journal journal;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<Submission> waiting = new ArrayList<>();
    private final AtomicLong commands = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    CommitHandOver(final Journal journal) {
        this.journal = journal;
    }

    /**
     * Whether a command may come in.
     *
     * @throws DbException NOT_DURABLE it wants what cannot be had; READ_ONLY no writes are taken now
     */
    void check(final Submission submission) {
        if (submission.ack() == Ack.DURABLE && !journal.isOn()) {
            throw new DbException(
                    ErrorCode.NOT_DURABLE,
                    "durable acknowledgement is not available: cause=the journal is off; use ack=tick, and snapshots to"
                            + " keep the data");
        }
        final DbException refusal = journal.refusal();
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Calls {@code listener} after the answers of each commit. */
    void onCommit(final Runnable listener) {
        listeners.add(listener);
    }

    /** A commit was made of some commands, refused ones among them. */
    void committed(
            final State state,
            final List<Submission> applied,
            final long timeMicros,
            final int rate,
            final boolean isTick,
            final int[] failedSystems) {
        note(state, applied);
        if (journal.isOn()) {
            final Submission[] journalled = journalled(applied);
            applied.removeIf(this::waits);
            final boolean taken = journal.append(new JournalCommit(
                    state.commit(),
                    state.tick(),
                    timeMicros,
                    rate,
                    isTick,
                    failedSystems,
                    journalled,
                    bytes(journalled)));
            for (int i = 0; !taken && i < waiting.size(); i++) {
                waiting.get(i).refuse(notDurable());
                handOver(waiting.get(i));
            }
            waiting.clear();
        }
        answer(applied);
    }

    /** Nothing was committed: all commands were refused. */
    void refused(final State newest, final List<Submission> applied) {
        note(newest, applied);
        answer(applied);
    }

    private void note(final State state, final List<Submission> applied) {
        for (int i = 0; i < applied.size(); i++) {
            final Submission one = applied.get(i);
            one.committed(state.commit(), state.tick());
            commands.lazySet(commands.get() + 1);
            if (one.error() != null) {
                refused.lazySet(refused.get() + 1);
            }
        }
    }

    private static Submission[] journalled(final List<Submission> applied) {
        int count = 0;
        for (int i = 0; i < applied.size(); i++) {
            count += applied.get(i).error() == null ? 1 : 0;
        }
        if (count == 0) {
            return JournalCommit.NO_COMMANDS;
        }
        final Submission[] journalled = new Submission[count];
        int next = 0;
        for (int i = 0; i < applied.size(); i++) {
            if (applied.get(i).error() == null) {
                journalled[next++] = applied.get(i);
            }
        }
        return journalled;
    }

    private static long bytes(final Submission[] journalled) {
        long sum = 0;
        for (final Submission one : journalled) {
            sum += one.length();
        }
        return sum;
    }

    /** Moves a command that the journal answers to {@link #waiting}. */
    private boolean waits(final Submission one) {
        return one.error() == null && one.ack() != Ack.TICK && waiting.add(one);
    }

    private static DbException notDurable() {
        return new DbException(
                ErrorCode.NOT_DURABLE,
                "write is not durable: cause=the journal cannot be written; it shows now, and may be gone after a"
                        + " restart: read it before you repeat it");
    }

    private void answer(final List<Submission> answered) {
        for (int i = 0; i < answered.size(); i++) {
            handOver(answered.get(i));
        }
        answered.clear();
        call(listeners);
    }

    /** Calls all of them, whatever one does. */
    static void call(final List<Runnable> listeners) {
        for (final Runnable listener : listeners) {
            try {
                listener.run();
            } catch (final RuntimeException e) {
                LOG.error("a listener of the loop failed", e);
            }
        }
    }

    /** Gives a command back to the one who sent it. */
    static void handOver(final Submission submission) {
        try {
            submission.replyTo().onReply(submission);
        } catch (final RuntimeException e) {
            LOG.error("a reply could not be handed over", e);
        }
    }

    /** Commands answered or handed to the journal, refused ones included. */
    long commands() {
        return commands.get();
    }

    /** Commands refused. */
    long refused() {
        return refused.get();
    }
}
