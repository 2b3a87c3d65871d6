package io.taktdb.persistence.journal;

import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.journal.Journal;
import io.taktdb.runtime.journal.JournalCommit;
import io.taktdb.runtime.journal.JournalStart;
import io.taktdb.runtime.journal.JournalStatus;
import io.taktdb.runtime.journal.JournalStatus.Mode;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/**
 * The journal that a running engine writes: a bounded queue, and a thread that empties it onto the disk.
 *
 * <pre>
 *   ON ── failed write or sync, or queue full ──► FAILED ── after a while ──► RESUMING ── snapshot taken ──► ON
 * </pre>
 *
 * In FAILED and RESUMING writes are refused and ticks go on. Resuming makes a new segment, takes up the ticks from
 * there, and has a snapshot taken: once that is durable, snapshot and segment together are the whole world, whatever
 * became of the files before. A new world begins in RESUMING for the same reason.
 *
 * <p>Threading: {@link #append} and {@link #roomBytes} the tick thread, the rest any thread.
 */
public final class JournalWriter implements Journal, AutoCloseable {
    private final JournalConfig config;
    private final SegmentCatalog catalog;
    private final Supplier<JournalPlan> plans;
    private final JournalMeter meter = new JournalMeter();
    private final SpscVarHandleArrayQueue<Pending> queue;
    private final int reservedForTicks;
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile JournalThread thread;
    private boolean isOverflown;

    /**
     * A commit in the queue.
     *
     * @param generation of the journal when it was taken: one that failed meanwhile does not write it any more
     */
    record Pending(int generation, JournalCommit commit) {}

    /** @param plans says, when the journal starts, what was found of the one before */
    public JournalWriter(final JournalConfig config, final SegmentCatalog catalog, final Supplier<JournalPlan> plans) {
        this.config = config;
        this.catalog = catalog;
        this.plans = plans;
        this.queue = new SpscVarHandleArrayQueue<>(config.queueCommits());
        this.reservedForTicks = config.queueCommits() / 2;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public void start(final JournalStart start) {
        final JournalThread made = new JournalThread(config, catalog, plans.get(), start, meter, queue, waitingBytes);
        made.begin();
        thread = made;
        made.start();
    }

    /** Whether an engine writes it. */
    public boolean isStarted() {
        return thread != null;
    }

    @Override
    public long roomBytes() {
        if (queue.capacity() - queue.size() <= reservedForTicks) {
            return 0;
        }
        return Math.max(0, config.queueBytes() - waitingBytes.get());
    }

    @Override
    public boolean append(final JournalCommit commit) {
        final JournalThread writer = thread;
        final int generation = writer.generation();
        if (generation == JournalThread.CLOSED_TO_COMMITS || isOverflown && writer.isOverflown()) {
            return false;
        }
        isOverflown = false;
        if (!queue.offer(new Pending(generation, commit))) {
            isOverflown = true;
            writer.overflow(queue.capacity());
            return false;
        }
        waitingBytes.addAndGet(commit.bytes());
        if (commit.commands().length > 0) {
            writer.wake();
        }
        return true;
    }

    @Override
    public void hashed(final HashedState state) {
        thread.hashed(state);
    }

    @Override
    public DbException refusal() {
        final JournalThread writer = thread;
        return writer == null ? null : writer.refusal();
    }

    @Override
    public void onAnswered(final Runnable listener) {
        thread.onAnswered(listener);
    }

    @Override
    public void flush() {
        thread.flush();
    }

    @Override
    public JournalStatus status() {
        final JournalThread writer = thread;
        final DbException refusal = writer == null ? null : writer.refusal();
        return meter.status(
                refusal == null ? Mode.ON : Mode.READ_ONLY,
                refusal == null ? null : refusal.getMessage(),
                queue.size(),
                waitingBytes.get(),
                config.queueBytes());
    }

    /**
     * Sets whom to ask for a snapshot: when so much was written since the last one, and to resume.
     *
     * @param request asks and does not wait
     */
    public void snapshots(final Runnable request) {
        thread.snapshots(request);
    }

    /**
     * A snapshot is durable.
     *
     * @param oldestKept the oldest one that must still be able to start the world
     */
    public void snapshotTaken(final long commit, final long tick, final long stateHash, final long oldestKept) {
        thread.snapshotTaken(new JournalThread.Taken(commit, tick, stateHash, oldestKept));
    }

    /** Writes what was appended, marks it as durable, and ends. Again is harmless. */
    @Override
    public void close() {
        final JournalThread writer = thread;
        if (writer != null) {
            writer.close();
        }
    }

    static DbException readOnly(final String cause) {
        return new DbException(
                ErrorCode.READ_ONLY,
                "writes are refused: cause=" + cause + "; reads and ticks go on, writes are taken again once the disk"
                        + " works: try again later");
    }
}
