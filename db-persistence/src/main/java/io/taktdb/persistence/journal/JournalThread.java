package io.taktdb.persistence.journal;

import io.taktdb.persistence.journal.JournalWriter.Pending;
import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.journal.JournalStart;
import io.taktdb.types.error.DbException;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's thread: has groups written, sees to failures, snapshots and wishes, and tries again after a failure.
 *
 * <p>Threading: {@link #run} and what it calls is the journal's thread; what others call is said there.
 */
final class JournalThread implements Runnable {
    static final int CLOSED_TO_COMMITS = 0;

    private static final Logger LOG = LoggerFactory.getLogger(JournalThread.class);
    private static final long IDLE_NS = 50_000_000;

    /** A snapshot that became durable. */
    record Taken(long commit, long tick, long stateHash, long oldestKept) {}

    private final JournalConfig config;
    private final SegmentCatalog catalog;
    private final JournalPlan plan;
    private final JournalStart start;
    private final JournalMeter meter;
    private final Queue<Pending> queue;
    private final SegmentLog log;
    private final GroupWriter group;
    private final JournalAnswers answers = new JournalAnswers();
    private final JournalGate gate = new JournalGate();
    private final AtomicReference<HashedState> hashed = new AtomicReference<>();
    private final AtomicReference<Taken> taken = new AtomicReference<>();
    private final Thread thread = new Thread(this, "takt-journal");
    private volatile Runnable snapshotRequest;
    private volatile boolean isClosing;
    private long flushWish;
    private long flushAt;
    private long retryAtNs;
    private long snapshotAskedNs;
    private long bytesAtSnapshot;

    JournalThread(
            final JournalConfig config,
            final SegmentCatalog catalog,
            final JournalPlan plan,
            final JournalStart start,
            final JournalMeter meter,
            final Queue<Pending> queue,
            final AtomicLong waitingBytes) {
        this.config = config;
        this.catalog = catalog;
        this.plan = plan;
        this.start = start;
        this.meter = meter;
        this.queue = queue;
        this.log = new SegmentLog(catalog, config.segmentBytes(), start.seed(), start.modules(), plan, meter);
        this.group = new GroupWriter(config, queue, waitingBytes, log, gate, answers);
        thread.setDaemon(true);
    }

    /** Makes the first segment. The opening thread, before {@link #start}. */
    void begin() {
        final boolean needsSnapshot = start.hasChanged() || plan.isSalvaged();
        try {
            catalog.storage().createFolder(catalog.folder());
            catalog.storage().forceFolder(catalog.folder().getParent());
            catalog.removeLeftovers();
            log.begin(start.commit(), start.tick(), needsSnapshot);
            for (final long orphan : plan.orphans()) {
                catalog.delete(orphan);
            }
            if (!plan.orphans().isEmpty()) {
                catalog.force();
            }
            log.prune(-1);
        } catch (final IOException e) {
            log.abandon();
            throw io.taktdb.persistence.storage.StorageError.failed(
                    "journal cannot be written",
                    catalog.folder(),
                    e,
                    "make the data folder writable, or start without a journal: --journal off");
        }
        meter.start(start.commit(), start.tick());
        if (needsSnapshot) {
            gate.resume();
        } else {
            gate.open();
        }
    }

    /** Starts the thread. */
    void start() {
        thread.start();
    }

    /** The number that a commit must bring; any thread. */
    int generation() {
        return gate.generation();
    }

    /** Any thread. */
    DbException refusal() {
        return gate.refusal();
    }

    /** The queue is full: tick thread. */
    void overflow(final int capacity) {
        gate.overflow("journal is behind, its queue is full: capacity=" + capacity);
        wake();
    }

    /** Whether the overflow was not seen to yet; tick thread. */
    boolean isOverflown() {
        return gate.overflow() != null;
    }

    /** Any thread. */
    void wake() {
        LockSupport.unpark(thread);
    }

    /** Any thread. */
    void onAnswered(final Runnable listener) {
        answers.listen(listener);
    }

    /** Any thread. */
    void snapshots(final Runnable request) {
        snapshotRequest = request;
        wake();
    }

    /** Any thread; a newer one replaces one that was not seen to. */
    void snapshotTaken(final Taken snapshot) {
        taken.set(snapshot);
        wake();
    }

    /** Any thread; a newer one replaces one that was not written. */
    void hashed(final HashedState state) {
        hashed.set(state);
    }

    /** Any other thread. */
    void flush() {
        gate.awaitFlush(this::wake);
    }

    /** Any other thread. */
    void close() {
        isClosing = true;
        wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        boolean goesOn = true;
        while (goesOn) {
            try {
                goesOn = step();
            } catch (final IOException | RuntimeException e) {
                fail(e.getMessage() == null ? e.toString() : e.getMessage(), e);
            } catch (final Error e) {
                fail(e.toString(), e);
                gate.end();
                throw e;
            }
        }
        gate.end();
        log.abandon();
    }

    private boolean step() throws IOException {
        final String overflow = gate.overflow();
        if (overflow != null && !gate.isFailed()) {
            fail(overflow, null);
        }
        noteFlushWish();
        final boolean closing = isClosing;
        final boolean hasWritten = gate.isFailed() ? group.dropAll() : group.writeGroup();
        seeToSnapshot();
        seeToHash();
        fulfilFlushWish();
        if (hasWritten) {
            return true;
        }
        if (gate.isFailed() && !closing && System.nanoTime() - retryAtNs >= 0) {
            resume();
        }
        if (closing) {
            group.end();
            return false;
        }
        group.idle();
        if (queue.isEmpty()) {
            LockSupport.parkNanos(this, IDLE_NS);
        }
        return true;
    }

    /** What was appended before the wish is in the queue by now. */
    private void noteFlushWish() {
        final long wish = gate.flushWish();
        if (wish > flushWish) {
            flushWish = wish;
            flushAt = group.drained() + queue.size();
        }
    }

    /** Flushes once all that was appended before the wish is written; others may go on appending. */
    private void fulfilFlushWish() throws IOException {
        if (gate.isFlushWished(flushWish) && group.drained() >= flushAt) {
            if (!gate.isFailed()) {
                group.flush();
            }
            gate.flushed(flushWish);
        }
    }

    private void seeToSnapshot() throws IOException {
        final Taken snapshot = taken.getAndSet(null);
        if (!group.hasSegment()) {
            return;
        }
        if (snapshot != null) {
            group.writeTicks();
            log.snapshot(snapshot.commit(), snapshot.tick(), snapshot.stateHash());
            if (gate.isResuming() && snapshot.commit() >= log.baseCommit()) {
                group.force();
                catalog.setAside(plan.givenUp());
                LOG.info("journal takes writes: base={}, snapshot={}", log.baseCommit(), snapshot.commit());
                gate.open();
                answers.answer();
            }
            bytesAtSnapshot = meter.writtenBytes();
            log.rotateIfUsed(config.segmentBytes() / 8);
            log.prune(snapshot.oldestKept());
        }
        askForSnapshot();
    }

    private void seeToHash() throws IOException {
        final HashedState state = hashed.get();
        if (state != null && group.hasSegment() && state.commit() <= log.lastCommit()) {
            hashed.compareAndSet(state, null);
            log.hash(state);
        }
    }

    private void askForSnapshot() {
        final Runnable request = snapshotRequest;
        final boolean isWanted = gate.isResuming() || meter.writtenBytes() - bytesAtSnapshot > config.snapshotBytes();
        final long nowNs = System.nanoTime();
        if (request != null
                && isWanted
                && !isClosing
                && (snapshotAskedNs == 0
                        || nowNs - snapshotAskedNs >= config.retryDelay().toNanos())) {
            snapshotAskedNs = nowNs;
            request.run();
        }
    }

    private void fail(final String cause, final Throwable thrown) {
        LOG.error("journal failed, writes are refused until it works again: cause={}", cause, thrown);
        meter.failed();
        gate.fail(cause);
        retryAtNs = System.nanoTime() + config.retryDelay().toNanos();
        group.abandon();
        answers.refuseExpected(cause);
        group.dropAll();
    }

    private void resume() {
        retryAtNs = System.nanoTime() + config.retryDelay().toNanos();
        snapshotAskedNs = 0;
        group.beginAnew();
        gate.resume();
    }
}
