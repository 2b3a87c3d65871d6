package io.taktdb.runtime.tick;

import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.command.CommandApplier;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.journal.Journal;
import io.taktdb.runtime.parallel.Workers;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that owns all writing.
 *
 * <pre>
 *   tick:  drain ► systems ► commit ► journal ► reply ► measure
 *   between ticks, if commits = arrival:  drain ► commit ► journal ► reply
 * </pre>
 *
 * Threading: {@link #run} is the tick thread; all else any thread.
 */
public final class TickLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TickLoop.class);

    /** Before a deadline the loop spins for so long, since a parked thread wakes up late. */
    private static final long SPIN_NS = 200_000;

    /** Commands that come later than this before a deadline wait for the tick. */
    private static final long ARRIVAL_MARGIN_NS = 100_000;

    /** Commands of a tick that somebody else times may take so long; their number is limited as always. */
    private static final long STEP_NS = 60_000_000_000L;

    /** While the journal has no room, the loop looks again so often. */
    private static final long ROOM_CHECK_NS = 1_000_000;

    private final LoopConfig config;
    private final Database database;
    private final Registry registry;
    private final CommandQueue queue;
    private final Workers workers;
    private final SystemRunner systems;
    private final TickMeter meter = new TickMeter();
    private final LeaseReport leases;
    private final Journal journal;
    private final CommitHandOver handOver;
    private final ClientEvents clients;
    private final StateHasher hasher;
    private final CallWatchdog watchdog;
    private final TickWork work;
    private final OverrunReport overruns = new OverrunReport();
    private boolean finished;
    private volatile int wantedRate;
    private volatile boolean stopping;
    private boolean isStepping;

    /**
     * @param lastTick the tick that the world's history ended with
     * @param lastTimeMicros its time; time does not go back behind it
     */
    public TickLoop(
            final LoopConfig config,
            final Database database,
            final Registry registry,
            final CommandApplier applier,
            final Journal journal,
            final long seed,
            final long lastTick,
            final long lastTimeMicros) {
        this.config = config;
        this.database = database;
        this.registry = registry;
        this.journal = journal;
        this.handOver = new CommitHandOver(journal);
        this.wantedRate = config.tickRate();
        this.queue = new CommandQueue(config.queueCapacity(), config.queueBytes());
        this.workers = new Workers(config.workers());
        this.leases = new LeaseReport(database.leaseAges(), config);
        this.systems = new SystemRunner(database, workers, registry.systems(), config, applier.watch());
        this.clients = new ClientEvents(registry, database.states().newest().commit());
        this.hasher = new StateHasher(database.states(), journal, config.hashTicks());
        this.watchdog = new CallWatchdog(applier.watch(), config.callLimit());
        this.work = new TickWork(
                config, database, applier, queue, systems, journal, handOver, clients, seed, lastTick, lastTimeMicros);
    }

    /**
     * Queues a command.
     *
     * @throws DbException OVERLOADED, UNAVAILABLE, READ_ONLY or NOT_DURABLE; the command is not taken then
     */
    public void submit(final Submission submission) {
        handOver.check(submission);
        queue.offer(submission);
    }

    /**
     * A client has come.
     *
     * @throws DbException OVERLOADED, UNAVAILABLE, LIMIT_EXCEEDED
     */
    public ClientSession connect(final String name) {
        if (stopping) {
            throw new DbException(ErrorCode.UNAVAILABLE, "the server is stopping; no more clients are taken");
        }
        return clients.connect(name);
    }

    /** Ends what hashes states; returns when it holds none any more. After the loop's end. */
    public void endHashing() {
        hasher.close();
    }

    /** Calls {@code listener} on the tick thread after the replies of each commit; it must not block. */
    public void onCommit(final Runnable listener) {
        handOver.onCommit(listener);
    }

    /** Calls {@code listener} on the tick thread after the commit of each tick; it must not block. */
    public void onTick(final Runnable listener) {
        work.onTick(listener);
    }

    /**
     * Changes the rate from the next tick on.
     *
     * @throws DbException INVALID_REQUEST out of range
     */
    public void changeRate(final int rate) {
        wantedRate = LoopConfig.requireRate(rate);
    }

    @Override
    public void run() {
        // the first tick is due at once: before it there is neither a time nor a tick that commands could belong to
        final TickClock clock = new TickClock(wantedRate, System.nanoTime() - 1_000_000_000L / wantedRate);
        try {
            while (!stopping) {
                tick(clock, waitFor(clock));
                if (clock.changeRate(wantedRate, System.nanoTime())) {
                    meter.rateChanged();
                }
            }
            finish(clock.rate());
        } catch (final Throwable e) {
            LOG.error("the loop ended by a defect in tick {}; nothing more is taken", work.tick(), e);
            throw e;
        } finally {
            queue.close();
            refuseQueued();
            endThreads();
        }
    }

    private void endThreads() {
        workers.close();
        watchdog.close();
    }

    /**
     * Runs one tick now, on the calling thread; for a loop that no thread runs.
     *
     * @param nowMicros microseconds since 1970 that the tick shall see
     * @throws DbException UNAVAILABLE the loop has ended; CONFLICT called within a tick
     */
    public synchronized void step(final long nowMicros) {
        if (stopping) {
            throw new DbException(ErrorCode.UNAVAILABLE, "the engine is stopped; no more ticks are run");
        }
        if (isStepping) {
            throw new DbException(ErrorCode.CONFLICT, "a tick is running already; run the next one after it");
        }
        isStepping = true;
        try {
            stepOnce(nowMicros);
        } finally {
            isStepping = false;
        }
    }

    private void stepOnce(final long nowMicros) {
        final long startNs = System.nanoTime();
        final int rate = wantedRate;
        work.tick(nowMicros, rate, startNs, STEP_NS);
        hasher.tickEnded(work.tick());
        leases.tick(startNs);
        final long endNs = System.nanoTime();
        final long periodNs = 1_000_000_000L / rate;
        final boolean overran = endNs - startNs > periodNs;
        meter.tick(work.tick(), startNs, 0, endNs - startNs, work.watch(), overran);
        if (overran) {
            overruns.add(work.overrun(0, endNs - startNs, periodNs), endNs);
        }
        work.forgetSlowest();
    }

    /** Ends a loop that no thread runs: what is queued is applied. */
    public synchronized void finishSteps() {
        if (!finished) {
            finished = true;
            stopping = true;
            finish(wantedRate);
            refuseQueued();
            endThreads();
        }
    }

    /** Returns the time at which the waiting ended: then the tick starts. */
    private long waitFor(final TickClock clock) {
        final long deadlineNs = clock.deadlineNs();
        long nowNs = System.nanoTime();
        for (; !stopping && nowNs - deadlineNs < 0; nowNs = System.nanoTime()) {
            final long leftNs = deadlineNs - nowNs;
            final boolean takesNow = config.commits() == CommitMode.ARRIVAL && journal.roomBytes() > 0;
            if (takesNow && leftNs > ARRIVAL_MARGIN_NS && !queue.isEmpty()) {
                work.arrived(deadlineNs - ARRIVAL_MARGIN_NS, clock.rate());
            } else if (leftNs > SPIN_NS + 2 * SchemaWork.SLICE_NS
                    && work.schemas().isBusy()) {
                work.schemas().advance(nowNs + SchemaWork.SLICE_NS);
            } else if (leftNs > SPIN_NS && takesNow) {
                queue.await(leftNs - SPIN_NS);
            } else if (leftNs > SPIN_NS) {
                final long untilRoomNs = config.commits() == CommitMode.ARRIVAL ? ROOM_CHECK_NS : leftNs;
                LockSupport.parkNanos(this, Math.min(leftNs - SPIN_NS, untilRoomNs));
            } else {
                Thread.onSpinWait();
            }
        }
        return nowNs;
    }

    private void tick(final TickClock clock, final long startNs) {
        final long lateNs = startNs - clock.deadlineNs();
        work.tick(System.currentTimeMillis() * 1000, clock.rate(), startNs, clock.periodNs() / 2);
        hasher.tickEnded(work.tick());
        leases.tick(startNs);
        final long endNs = System.nanoTime();
        final boolean overran = clock.next(endNs);
        meter.tick(work.tick(), startNs, lateNs, endNs - startNs, work.watch(), overran);
        if (overran) {
            overruns.add(work.overrun(lateNs, endNs - startNs, clock.periodNs()), endNs);
        }
        work.forgetSlowest();
    }

    /** The last tick: everything that was queued before the stop is applied and answered. */
    private void finish(final int rate) {
        queue.close();
        while (!queue.isEmpty() || work.schemas().isWaiting()) {
            work.schemas().hurry();
            work.arrived(Long.MAX_VALUE, rate);
            if (journal.roomBytes() <= 0) {
                LockSupport.parkNanos(this, ROOM_CHECK_NS);
            }
        }
    }

    private void refuseQueued() {
        refuseAll(work.schemas()::abandon);
        refuseAll(queue::poll);
    }

    private static void refuseAll(final Supplier<Submission> waiting) {
        Submission next = waiting.get();
        while (next != null) {
            next.refuse(new DbException(ErrorCode.UNAVAILABLE, "the server stopped before the command was applied"));
            CommitHandOver.handOver(next);
            next = waiting.get();
        }
    }

    /** Ends the loop after what is queued. */
    public void stop() {
        stopping = true;
        queue.close();
    }

    /** The figures now. */
    public TickStatus status() {
        return TickStatus.of(wantedRate, database, registry, meter, queue, work, handOver, hasher.newest(), clients);
    }

    /** How late the newest tick that is complete started. */
    public long latenessNs() {
        return meter.lastLatenessNs();
    }

    /** Where the time of ticks goes, now. */
    public TickFigures figures() {
        return new TickFigures(
                meter.stages(),
                systems.figures(),
                overruns.last(),
                work.schemas().progress());
    }
}
