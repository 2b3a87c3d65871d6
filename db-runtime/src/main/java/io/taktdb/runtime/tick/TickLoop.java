package io.taktdb.runtime.tick;

import io.taktdb.core.state.State;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.command.CommandApplier;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.parallel.Workers;
import io.taktdb.runtime.procedure.Procedure;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop that owns all writing.
 *
 * <pre>
 *   tick:  drain ► systems ► commit ► reply ► measure
 *   between ticks, if commits = arrival:  drain ► commit ► reply
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

    private final LoopConfig config;
    private final Database database;
    private final Registry registry;
    private final CommandApplier applier;
    private final CommandQueue queue;
    private final Workers workers;
    private final SystemRunner systems;
    private final long seed;
    private final TickMeter meter = new TickMeter();
    private final List<Submission> applied = new ArrayList<>();
    private final List<Runnable> commitListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> tickListeners = new CopyOnWriteArrayList<>();
    private final AtomicLong commands = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile int wantedRate;
    private volatile boolean stopping;
    private volatile long reservedBytes;
    private volatile int heldVersions;
    private long tick;
    private long timeMicros;
    private long commandNumber;

    /**
     * @param lastTick the tick that the world's history ended with
     */
    public TickLoop(
            final LoopConfig config,
            final Database database,
            final Registry registry,
            final CommandApplier applier,
            final long seed,
            final long lastTick) {
        this.config = config;
        this.database = database;
        this.registry = registry;
        this.applier = applier;
        this.seed = seed;
        this.tick = lastTick;
        this.wantedRate = config.tickRate();
        this.queue = new CommandQueue(config.queueCapacity(), config.queueBytes());
        this.workers = new Workers(config.workers());
        this.systems = new SystemRunner(database, workers, registry.systems());
    }

    /**
     * Queues a command.
     *
     * @throws DbException OVERLOADED or UNAVAILABLE; the command is not taken then
     */
    public void submit(final Submission submission) {
        queue.offer(submission);
    }

    /** Calls {@code listener} on the tick thread after the replies of each commit; it must not block. */
    public void onCommit(final Runnable listener) {
        commitListeners.add(listener);
    }

    /** Calls {@code listener} on the tick thread after the commit of each tick; it must not block. */
    public void onTick(final Runnable listener) {
        tickListeners.add(listener);
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
                waitFor(clock.deadlineNs());
                tick(clock);
                clock.changeRate(wantedRate, System.nanoTime());
            }
            finish();
        } catch (final Throwable e) {
            LOG.error("the loop ended by a defect in tick {}; nothing more is taken", tick, e);
            throw e;
        } finally {
            queue.close();
            refuseQueued();
            workers.close();
        }
    }

    private void waitFor(final long deadlineNs) {
        while (!stopping) {
            final long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0) {
                return;
            }
            if (config.commits() == CommitMode.ARRIVAL && leftNs > ARRIVAL_MARGIN_NS && !queue.isEmpty()) {
                drain(deadlineNs - ARRIVAL_MARGIN_NS);
                commitArrived();
            } else if (leftNs > SPIN_NS && config.commits() == CommitMode.ARRIVAL) {
                queue.await(leftNs - SPIN_NS);
            } else if (leftNs > SPIN_NS) {
                java.util.concurrent.locks.LockSupport.parkNanos(this, leftNs - SPIN_NS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void tick(final TickClock clock) {
        final long startNs = System.nanoTime();
        final long lateNs = startNs - clock.deadlineNs();
        tick++;
        commandNumber = 0;
        timeMicros = Math.max(timeMicros, System.currentTimeMillis() * 1000);
        drain(startNs + clock.periodNs() / 2);
        systems.run(new SystemContext(tick, timeMicros, 1f / clock.rate(), seed));
        final State state = commit();
        reply(state);
        call(tickListeners);
        final long endNs = System.nanoTime();
        meter.tick(tick, startNs, lateNs, endNs - startNs, clock.next(endNs));
    }

    /** Applies queued commands until the budget ends. */
    private void drain(final long untilNs) {
        int left = config.commandsPerCommit();
        while (left-- > 0) {
            final Submission next = queue.poll();
            if (next == null) {
                return;
            }
            applier.apply(next, tick, timeMicros, commandNumber++);
            applied.add(next);
            if (untilNs != Long.MAX_VALUE && System.nanoTime() - untilNs >= 0) {
                return;
            }
        }
    }

    private void commitArrived() {
        boolean changed = false;
        for (int i = 0; i < applied.size(); i++) {
            changed |= applied.get(i).error() == null;
        }
        if (!applied.isEmpty()) {
            reply(changed ? commit() : database.states().newest());
        }
    }

    private State commit() {
        final State state = database.commit(tick);
        reservedBytes = database.reservedBytes();
        heldVersions = database.heldVersions();
        return state;
    }

    private void reply(final State state) {
        for (int i = 0; i < applied.size(); i++) {
            final Submission one = applied.get(i);
            one.committed(state.commit(), state.tick());
            commands.lazySet(commands.get() + 1);
            if (one.error() != null) {
                refused.lazySet(refused.get() + 1);
            }
            handOver(one);
        }
        applied.clear();
        call(commitListeners);
    }

    private static void call(final List<Runnable> listeners) {
        for (final Runnable listener : listeners) {
            try {
                listener.run();
            } catch (final RuntimeException e) {
                LOG.error("a listener of the loop failed", e);
            }
        }
    }

    private static void handOver(final Submission submission) {
        try {
            submission.replyTo().onReply(submission);
        } catch (final RuntimeException e) {
            LOG.error("a reply could not be handed over", e);
        }
    }

    /** The last tick: everything that was queued before the stop is applied and answered. */
    private void finish() {
        queue.close();
        while (!queue.isEmpty()) {
            drain(Long.MAX_VALUE);
            commitArrived();
        }
    }

    private void refuseQueued() {
        Submission next = queue.poll();
        while (next != null) {
            next.refuse(new DbException(ErrorCode.UNAVAILABLE, "the server stopped before the command was applied"));
            handOver(next);
            next = queue.poll();
        }
    }

    /** Ends the loop after what is queued. */
    public void stop() {
        stopping = true;
        queue.close();
    }

    /** The figures now. */
    public TickStatus status() {
        final State newest = database.states().newest();
        long calls = 0;
        for (final Procedure<?, ?> procedure : registry.procedures()) {
            calls += procedure.calls();
        }
        return new TickStatus(
                newest.tick(),
                newest.commit(),
                wantedRate,
                meter.heldRate(),
                meter.lateness(),
                meter.work(),
                meter.overruns(),
                queue.depth(),
                queue.capacity(),
                database.states().openLeases(),
                heldVersions,
                reservedBytes,
                database.maxBytes(),
                newest.memory(),
                newest.rowCount(),
                calls,
                commands.get(),
                refused.get());
    }
}
