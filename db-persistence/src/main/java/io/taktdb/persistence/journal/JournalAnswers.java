package io.taktdb.persistence.journal;

import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.journal.JournalCommit;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who wait for the disk. Each is answered once: by {@link #answer} after the sync, or refused.
 *
 * <p>Threading: the journal's thread; {@link #listen} any.
 */
final class JournalAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(JournalAnswers.class);

    private final List<Submission> expected = new ArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Calls {@code listener} after each round of answers. */
    void listen(final Runnable listener) {
        listeners.add(listener);
    }

    private static boolean waits(final Submission command) {
        return command.ack() != Ack.TICK;
    }

    /** Notes who waits for a commit. */
    void expect(final JournalCommit commit) {
        for (final Submission command : commit.commands()) {
            if (waits(command)) {
                expected.add(command);
            }
        }
    }

    /** All that is expected is durable. */
    void answer() {
        for (int i = 0; i < expected.size(); i++) {
            handOver(expected.get(i));
        }
        expected.clear();
        tellListeners();
    }

    /** Nothing that is expected is durable. */
    void refuseExpected(final String cause) {
        for (int i = 0; i < expected.size(); i++) {
            refuse(expected.get(i), cause);
        }
        expected.clear();
        tellListeners();
    }

    /** A commit will not become durable. */
    void refuse(final JournalCommit commit, final String cause) {
        for (final Submission command : commit.commands()) {
            if (waits(command)) {
                refuse(command, cause);
            }
        }
        tellListeners();
    }

    private static void refuse(final Submission command, final String cause) {
        command.refuse(new DbException(
                ErrorCode.NOT_DURABLE,
                "write is not durable: cause=" + cause
                        + "; it shows now, and may be gone after a restart: read it before" + " you repeat it"));
        handOver(command);
    }

    private static void handOver(final Submission command) {
        try {
            command.replyTo().onReply(command);
        } catch (final RuntimeException e) {
            LOG.error("a reply could not be handed over", e);
        }
    }

    private void tellListeners() {
        for (final Runnable listener : listeners) {
            try {
                listener.run();
            } catch (final RuntimeException e) {
                LOG.error("a listener of the journal failed", e);
            }
        }
    }
}
