package io.taktdb.persistence.journal;

import io.taktdb.persistence.journal.JournalWriter.Pending;
import io.taktdb.runtime.command.CommandOp;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.journal.JournalCommit;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * From the queue into the log: commits in groups, each made durable by one sync and answered then.
 *
 * <p>Ticks without commands wait a little for company, since nobody waits for them. Threading: the journal's thread.
 */
final class GroupWriter {
    private static final int GROUP_COMMITS = 1_024;
    private static final long GROUP_BYTES = 4L << 20;

    private final JournalConfig config;
    private final Queue<Pending> queue;
    private final AtomicLong waitingBytes;
    private final SegmentLog log;
    private final JournalGate gate;
    private final JournalAnswers answers;
    private final TickRun ticks = new TickRun();
    private boolean mustBegin;
    private boolean groupHasCommands;
    private long ticksSinceNs;
    private long drained;
    private long forcedNs;

    GroupWriter(
            final JournalConfig config,
            final Queue<Pending> queue,
            final AtomicLong waitingBytes,
            final SegmentLog log,
            final JournalGate gate,
            final JournalAnswers answers) {
        this.config = config;
        this.queue = queue;
        this.waitingBytes = waitingBytes;
        this.log = log;
        this.gate = gate;
        this.answers = answers;
    }

    /** Writes what waits and answers; whether there was anything. */
    boolean writeGroup() throws IOException {
        int commits = 0;
        long bytes = 0;
        groupHasCommands = false;
        Pending next = queue.poll();
        while (next != null) {
            waitingBytes.addAndGet(-next.commit().bytes());
            drained++;
            bytes += next.commit().bytes();
            take(next);
            next = ++commits < GROUP_COMMITS && bytes < GROUP_BYTES ? queue.poll() : null;
        }
        if (groupHasCommands) {
            writeTicks();
            force();
            if (!gate.isResuming()) { // else they wait for the snapshot too
                answers.answer();
            }
        }
        return commits > 0;
    }

    private void take(final Pending pending) throws IOException {
        if (pending.generation() != gate.generation()) {
            answers.refuse(pending.commit(), gate.failure());
            return;
        }
        if (pending.commit().commands().length > 0) {
            groupHasCommands = true;
            answers.expect(pending.commit());
        }
        if (mustBegin) {
            final long base = pending.commit().commit() - 1;
            log.begin(base, pending.commit().tick(), true);
            mustBegin = false;
        }
        if (isRestore(pending.commit())) {
            rebase(pending.commit());
        } else if (TickRun.isPlain(pending.commit())) {
            if (!ticks.add(pending.commit())) {
                writeTicks();
                ticks.add(pending.commit());
            }
            ticksSinceNs = ticks.count() == 1 ? System.nanoTime() : ticksSinceNs;
        } else {
            writeTicks();
            log.commit(pending.commit());
        }
    }

    private static boolean isRestore(final JournalCommit commit) {
        for (final Submission command : commit.commands()) {
            if (command.command().getByte(0) == CommandOp.RESTORE) {
                return true;
            }
        }
        return false;
    }

    /** A commit that no journal can hold, since it brought a whole world: a snapshot has to carry it. */
    private void rebase(final JournalCommit commit) throws IOException {
        writeTicks();
        log.force();
        log.abandon();
        log.begin(commit.commit(), commit.tick(), true);
        gate.rebase("a restored world is being saved");
    }

    void writeTicks() throws IOException {
        if (ticks.count() > 0) {
            log.ticks(ticks);
            ticks.clear();
        }
    }

    void force() throws IOException {
        log.force();
        forcedNs = System.nanoTime();
    }

    /** Nothing waits: writes ticks that got old. */
    void idle() throws IOException {
        final long nowNs = System.nanoTime();
        if (log.isOpen() && !gate.isFailed()) {
            if (ticks.count() > 0
                    && nowNs - ticksSinceNs >= config.idleWriteDelay().toNanos()) {
                writeTicks();
                log.flush();
            }
            if (log.isDirty() && nowNs - forcedNs >= config.idleSyncDelay().toNanos()) {
                force();
            }
        }
    }

    /** Refuses what waits; whether there was anything. */
    boolean dropAll() {
        boolean hasDropped = false;
        for (Pending next = queue.poll(); next != null; next = queue.poll()) {
            waitingBytes.addAndGet(-next.commit().bytes());
            drained++;
            answers.refuse(next.commit(), gate.failure());
            hasDropped = true;
        }
        return hasDropped;
    }

    /** The last words: everything is durable, and says so. */
    void end() throws IOException {
        if (!gate.isFailed() && log.isOpen() && !mustBegin) {
            writeTicks();
            log.force();
            log.mark();
            log.force();
        }
    }

    /** Makes everything durable, whatever waits for company, and says so in the file. */
    void flush() throws IOException {
        writeTicks();
        if (log.isDirty()) {
            force();
            log.mark();
            log.flush();
        }
    }

    /** How many commits came out of the queue so far. */
    long drained() {
        return drained;
    }

    /** The next commit starts a segment of its own. */
    void beginAnew() {
        mustBegin = true;
    }

    /** Whether there is a segment to write into. */
    boolean hasSegment() {
        return !mustBegin && log.isOpen();
    }

    /** Forgets what was not written, and leaves the segment. */
    void abandon() {
        ticks.clear();
        log.abandon();
        mustBegin = false;
    }
}
