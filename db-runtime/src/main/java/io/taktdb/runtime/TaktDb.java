package io.taktdb.runtime;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.change.ChangeFeed;
import io.taktdb.runtime.change.ChangeListener;
import io.taktdb.runtime.command.CallCommand;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.journal.Journal;
import io.taktdb.runtime.journal.JournalStatus;
import io.taktdb.runtime.journal.WorldSource;
import io.taktdb.runtime.procedure.Procedure;
import io.taktdb.runtime.procedure.ProcedureInfo;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.tick.ClientSession;
import io.taktdb.runtime.tick.TickFigures;
import io.taktdb.runtime.tick.TickLoop;
import io.taktdb.runtime.tick.TickStatus;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole engine: one world, its loop, and the ways in and out. The server and Java games that embed it use this.
 *
 * <pre>{@code
 * try (TaktDb db = TaktDb.open(TaktConfig.inMemory(new MyWorld()))) {
 *     try (Lease lease = db.lease()) { lease.state().table("mob").rowCount(); }
 * }
 * }</pre>
 *
 * Threading: any thread.
 */
public final class TaktDb implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaktDb.class);

    private final Database database;
    private final Registry registry;
    private final TickLoop loop;
    private final Journal journal;
    private final LoopThread thread;
    private final ChangeFeed feed;
    private volatile boolean closed;

    private TaktDb(
            final Database database,
            final Registry registry,
            final TickLoop loop,
            final Journal journal,
            final boolean stepped) {
        this.journal = journal;
        this.database = database;
        this.registry = registry;
        this.loop = loop;
        this.thread = new LoopThread(loop, stepped);
        this.feed = new ChangeFeed(database.states());
        loop.onTick(feed::tickEnded);
    }

    /** Opens a world, replays what its journal holds, and starts its loop; DbException: it cannot be loaded or run. */
    public static TaktDb open(final TaktConfig config) {
        final TaktDb db = opened(config, false, System.currentTimeMillis() * 1000);
        db.thread.start();
        return db;
    }

    /** Opens a world whose ticks the caller runs, one by one, with {@link #tick}; commands wait for it. */
    public static TaktDb openStepped(final TaktConfig config) {
        return openStepped(config, System.currentTimeMillis() * 1000);
    }

    /** The same; code that runs once in a new world sees the given time, in microseconds since 1970. */
    public static TaktDb openStepped(final TaktConfig config, final long timeMicros) {
        return opened(config, true, timeMicros);
    }

    private static TaktDb opened(final TaktConfig config, final boolean stepped, final long timeMicros) {
        final Registry registry = new Registry();
        for (final WorldModule module : config.modules()) {
            module.register(registry);
        }
        final WorldSource source = config.source();
        final Database database = new Database(config.memory(), Math.max(0, source.commit() - 1), source.tick());
        try {
            final TickLoop loop = Opening.loop(config, registry, database, timeMicros);
            return new TaktDb(database, registry, loop, config.journal(), stepped);
        } catch (final RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /**
     * Runs one tick of a stepped world on the calling thread; time does not go back.
     *
     * @throws DbException CONFLICT the world has a loop of its own, or a tick is running; UNAVAILABLE it is closed
     */
    public void tick(final long timeMicros) {
        thread.step(timeMicros);
    }

    /**
     * A hold on the newest committed state. Close it.
     *
     * @throws DbException OVERLOADED too many leases; UNAVAILABLE the engine is closed
     */
    public Lease lease() {
        requireOpen();
        final Lease lease = database.states().lease();
        if (closed) {
            lease.close();
            requireOpen();
        }
        return lease;
    }

    private void requireOpen() {
        if (closed) {
            throw new DbException(ErrorCode.UNAVAILABLE, "the engine is closed");
        }
    }

    /**
     * Queues a command; its reply comes after the commit that it became part of.
     *
     * @throws DbException OVERLOADED, UNAVAILABLE, READ_ONLY, NOT_DURABLE; the command is not taken then
     */
    public void submit(final Submission submission) {
        loop.submit(submission);
    }

    /**
     * Queues a command and promises its reply, or the {@link DbException} that refused it. Dependents run on the tick
     * thread: use the {@code Async} methods for anything but a hand-over.
     */
    public CompletableFuture<Submission> send(final CommandWriter command) {
        final CompletableFuture<Submission> reply = new CompletableFuture<>();
        submit(command.toSubmission(new Promise(reply)));
        return reply;
    }

    /**
     * Calls a procedure with the record that it takes, and promises what it returns.
     *
     * @throws DbException PROCEDURE_NOT_FOUND; SCHEMA_MISMATCH another record; else as {@link #submit}
     */
    public CompletableFuture<Object> call(final String procedure, final Record parameters) {
        return send(CallCommand.of(registry, procedure, parameters)).thenApply(Submission::result);
    }

    /**
     * A client of a name, which may be empty, has come: modules hear of it in the next tick, and of its going once the
     * session is closed.
     *
     * @throws DbException UNAVAILABLE, OVERLOADED, LIMIT_EXCEEDED
     */
    public ClientSession connect(final String name) {
        return loop.connect(name);
    }

    /**
     * Puts another world in the place of this one, in one commit: readers see the old one or the new one, whole. Tables
     * of modules that it lacks are made. Time goes on: the tick is never less than before, nor than the world's. The
     * loop stands still while pages are copied. Take a snapshot afterwards: it is not durable before.
     *
     * @param world of another database; its lease must stay open until the future is complete
     * @return fails with OUT_OF_MEMORY, and nothing has changed
     */
    public CompletableFuture<Submission> replaceBy(final State world) {
        final CompletableFuture<Submission> reply = new CompletableFuture<>();
        submit(Submission.restore(world, new Promise(reply)));
        return reply;
    }

    /** What clients may call. */
    public List<ProcedureInfo> procedures() {
        return registry.procedures().stream().map(Procedure::info).toList();
    }

    /** A procedure with its figures, or null. */
    public Procedure<?, ?> procedureFigures(final String name) {
        return registry.procedure(name);
    }

    /** A procedure by name, or null. */
    public ProcedureInfo procedure(final String name) {
        final Procedure<?, ?> procedure = registry.procedure(name);
        return procedure == null ? null : procedure.info();
    }

    /** The error for a procedure name that is not registered. */
    public DbException procedureNotFound(final String name) {
        return registry.procedureNotFound(name);
    }

    /** The figures now. */
    public TickStatus status() {
        return loop.status();
    }

    /** How late the newest tick that is complete started. */
    public long latenessNs() {
        return loop.latenessNs();
    }

    /** Calls {@code listener} on the tick thread after the commit of each tick; it must not block. */
    public void onTick(final Runnable listener) {
        loop.onTick(listener);
    }

    /** Where the time of ticks goes, now. */
    public TickFigures tickFigures() {
        return loop.figures();
    }

    /** The journal's figures now. */
    public JournalStatus journalStatus() {
        return journal.status();
    }

    /** Why writes are refused now, or null when they are taken. */
    public DbException refusal() {
        return journal.refusal();
    }

    /** Calls {@code listener} on the journal's thread after it answered commands that became durable; no blocking. */
    public void onDurable(final Runnable listener) {
        journal.onAnswered(listener);
    }

    /** Calls {@code listener} on the tick thread after the replies of each commit; it must not block. */
    public void onCommit(final Runnable listener) {
        loop.onCommit(listener);
    }

    /**
     * Has a listener follow a table: first the state that this tick leaves, then what every later one changes.
     *
     * @throws DbException TABLE_NOT_FOUND; OVERLOADED too many listeners; UNAVAILABLE the engine is closed
     */
    public ChangeFeed.Subscription listen(final String table, final ChangeListener listener) {
        try (Lease lease = lease()) {
            return feed.listen(lease.state().schema().requireTable(table).id(), listener);
        }
    }

    /** Figures of the feed of changes. */
    public ChangeFeed.Figures changeFigures() {
        return feed.figures();
    }

    /** Changes the rate from the next tick on; INVALID_REQUEST if it is out of range. */
    public void changeTickRate(final int rate) {
        loop.changeRate(rate);
    }

    /** Whether the loop runs. */
    public boolean isRunning() {
        return thread.isStepped() ? !closed : thread.isAlive();
    }

    /** Ends the loop after what is queued; the last state can still be leased. */
    public void stop() {
        if (thread.stop()) {
            journal.flush();
        }
    }

    /** Stops, and returns all memory once no lease is open. */
    @Override
    public void close() {
        stop();
        if (closed) {
            return;
        }
        closed = true;
        feed.close();
        loop.endHashing();
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        int open = database.states().openLeases();
        for (;
                open > 0 && System.nanoTime() - untilNs < 0;
                open = database.states().openLeases()) {
            Thread.onSpinWait();
        }
        if (open == 0 && !thread.isAlive()) {
            database.close();
            return;
        }
        LOG.error("memory is not returned, it is still in use: leases={}, looping={}", open, thread.isAlive());
    }
}
