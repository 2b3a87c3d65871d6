package io.taktdb.runtime.tick;

import io.taktdb.core.state.State;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.CommandApplier;
import io.taktdb.runtime.command.CommandName;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.journal.Journal;
import io.taktdb.runtime.journal.JournalCommit;
import io.taktdb.runtime.procedure.DueSchedules;
import io.taktdb.runtime.procedure.Schedules;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.types.error.DbException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.collections.LongArrayList;

/**
 * What one tick does, and what is done between ticks; when, is the loop's business.
 *
 * <p>Threading: tick thread, except {@link #onTick}, {@link #reservedBytes} and {@link #heldVersions}.
 */
final class TickWork {
    private final LoopConfig config;
    private final Database database;
    private final CommandApplier applier;
    private final CommandQueue queue;
    private final SystemRunner systems;
    private final SchemaWork schemas;
    private final Journal journal;
    private final CommitHandOver handOver;
    private final ClientEvents clients;
    private final DueSchedules schedules;
    private final long seed;
    private final StageWatch watch = new StageWatch();
    private final List<Submission> applied = new ArrayList<>();
    private final List<Runnable> tickListeners = new CopyOnWriteArrayList<>();
    private volatile long reservedBytes;
    private volatile int heldVersions;
    private long tick;
    private long timeMicros;
    private long commandNumber;
    private Submission slowest;
    private long slowestNs;

    TickWork(
            final LoopConfig config,
            final Database database,
            final CommandApplier applier,
            final CommandQueue queue,
            final SystemRunner systems,
            final Journal journal,
            final CommitHandOver handOver,
            final ClientEvents clients,
            final long seed,
            final long lastTick,
            final long lastTimeMicros) {
        this.config = config;
        this.database = database;
        this.applier = applier;
        this.queue = queue;
        this.systems = systems;
        this.schemas = new SchemaWork(database);
        this.journal = journal;
        this.handOver = handOver;
        this.clients = clients;
        this.schedules = new DueSchedules(database);
        this.seed = seed;
        this.tick = lastTick;
        this.timeMicros = lastTimeMicros;
    }

    /**
     * Runs one tick.
     *
     * @param nowMicros what the clock says; time does not go back behind what earlier ticks saw
     * @param rate ticks a second, as systems see it
     * @param drainNs how long commands may take, from {@code startNs} on
     */
    void tick(final long nowMicros, final int rate, final long startNs, final long drainNs) {
        watch.start(startNs);
        tick = Math.max(tick, applier.restoredTick()) + 1;
        commandNumber = 0;
        timeMicros = Math.max(timeMicros, nowMicros);
        drain(startNs + drainNs);
        watch.end(Stage.DRAIN);
        runSchedules(startNs + drainNs);
        final int[] failedSystems = systems.run(new SystemContext(tick, timeMicros, 1f / rate, seed));
        watch.end(Stage.SYSTEMS);
        final State state = commit();
        watch.end(Stage.COMMIT);
        handOver.committed(state, applied, timeMicros, rate, true, failedSystems);
        watch.end(Stage.ANSWER);
        CommitHandOver.call(tickListeners);
        schemas.advance(System.nanoTime() + 1_000_000_000L / rate / SchemaWork.TICK_SHARE);
        watch.end(Stage.LISTEN);
    }

    /** Applies and commits what has arrived, until a time. */
    void arrived(final long untilNs, final int rate) {
        drain(untilNs);
        boolean changed = false;
        for (int i = 0; i < applied.size(); i++) {
            changed |= applied.get(i).error() == null;
        }
        if (changed) {
            handOver.committed(commit(), applied, timeMicros, rate, false, JournalCommit.NO_SYSTEMS);
        } else if (!applied.isEmpty()) {
            handOver.refused(database.states().newest(), applied);
        }
    }

    /** Applies queued commands until a time, or the journal's room is used up. */
    private void drain(final long untilNs) {
        DbException refusal = journal.refusal();
        long roomBytes = journal.roomBytes();
        int left = config.commandsPerCommit();
        long nowNs = System.nanoTime();
        while (left-- > 0 && roomBytes > 0) {
            if (refusal != null && (refusal = journal.refusal()) == null) {
                roomBytes = journal.roomBytes(); // it has opened since: what comes now is taken
            }
            final Submission event = refusal == null ? clients.poll() : null;
            final Submission prepared = event == null ? schemas.takeReady() : null;
            final Submission ready = event == null ? prepared : event;
            final Submission next = ready == null ? queue.poll() : ready;
            if (next == null) {
                return;
            }
            if (ready == null && refusal == null && schemas.takes(next)) {
                continue;
            }
            if (refusal != null) {
                next.refuse(refusal);
            } else if (next.error() == null) {
                applier.apply(next, tick, timeMicros, commandNumber++);
                roomBytes -= next.length();
            }
            if (prepared != null) {
                schemas.ended();
            }
            applied.add(next);
            final long endNs = System.nanoTime();
            if (endNs - nowNs > slowestNs) {
                slowest = next;
                slowestNs = endNs - nowNs;
            }
            nowNs = endNs;
            if (untilNs != Long.MAX_VALUE && nowNs - untilNs >= 0) {
                return;
            }
        }
    }

    /** Calls what is due: one at least, and more until a time; the rest is due in the next tick, too. */
    private void runSchedules(final long untilNs) {
        final LongArrayList due = schedules.find(tick, timeMicros, config.commandsPerCommit());
        if (due.isEmpty() || journal.refusal() != null || journal.roomBytes() <= 0) {
            return;
        }
        for (int i = 0; i < due.size() && (i == 0 || System.nanoTime() - untilNs < 0); i++) {
            if (schedules.exists(due.getLong(i))) { // none before has ended it
                runSchedule(due.getLong(i));
            }
        }
    }

    private void runSchedule(final long id) {
        final CommandWriter run = new CommandWriter(16);
        run.putRunSchedule(id);
        final Submission done = apply(run);
        if (done.error() != null) {
            final CommandWriter skip = new CommandWriter();
            skip.putSkipSchedule(id, Schedules.shortened(done.error().getMessage()));
            apply(skip);
        }
    }

    private Submission apply(final CommandWriter command) {
        final Submission own = command.ack(Ack.TICK).toSubmission(done -> {});
        applier.apply(own, tick, timeMicros, commandNumber++);
        applied.add(own);
        return own;
    }

    private State commit() {
        applier.committing(tick);
        final State state = database.commit(tick);
        reservedBytes = database.reservedBytes();
        heldVersions = database.heldVersions();
        return state;
    }

    /** The newest tick as an overrun, with the one who used its time. */
    Overrun overrun(final long lateNs, final long workNs, final long periodNs) {
        final Stage stage = watch.longest();
        String cause = null;
        long causeNs = 0;
        final int system = systems.longest();
        if (workNs <= periodNs) {
            if (slowest != null && slowestNs >= lateNs / 2) {
                cause = CommandName.of(slowest.command(), slowest.length());
                causeNs = slowestNs;
            }
        } else if (stage == Stage.SYSTEMS && system >= 0) {
            cause = "system " + systems.name(system);
            causeNs = systems.lastNs(system);
        } else if (stage == Stage.DRAIN && slowest != null) {
            cause = CommandName.of(slowest.command(), slowest.length());
            causeNs = slowestNs;
        }
        return new Overrun(tick, lateNs, workNs, periodNs, stage, watch.ns(stage), cause, causeNs);
    }

    /** The slowest command is looked for anew, among those that come until the next tick ends. */
    void forgetSlowest() {
        slowest = null;
        slowestNs = 0;
    }

    /** Schema changes that are being prepared. */
    SchemaWork schemas() {
        return schemas;
    }

    /** Times of the newest tick. */
    StageWatch watch() {
        return watch;
    }

    /** The newest tick. */
    long tick() {
        return tick;
    }

    /** Calls {@code listener} on the tick thread after the commit of each tick. */
    void onTick(final Runnable listener) {
        tickListeners.add(listener);
    }

    /** Off-heap bytes reserved at the newest commit. */
    long reservedBytes() {
        return reservedBytes;
    }

    /** Distinct old versions that leases held at the newest commit. */
    int heldVersions() {
        return heldVersions;
    }
}
