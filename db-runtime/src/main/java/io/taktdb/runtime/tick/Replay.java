package io.taktdb.runtime.tick;

import io.taktdb.core.state.State;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.command.CommandApplier;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.journal.ReplayTarget;
import io.taktdb.runtime.parallel.Workers;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The loop without time: makes recorded commits again, as fast as it can.
 *
 * <p>Commands and systems run by the same code as in the loop, so the states are the same. Threading: the opening
 * thread, before the loop starts.
 */
public final class Replay implements ReplayTarget, AutoCloseable {
    private static final String ADVICE =
            "; start it with the code that it ran with, and with as much memory (--max-memory)";

    private final Database database;
    private final CommandApplier applier;
    private final List<String> modules;
    private final long seed;
    private final Workers workers;
    private final SystemRunner systems;
    private final UnsafeBuffer command = new UnsafeBuffer(0, 0);
    private long commit;
    private long tick;
    private long timeMicros;
    private int rate;
    private long commits;

    /**
     * @param database holds the stored world, published
     * @param modules the running code, see {@link ReplayTarget#modules}
     */
    public Replay(
            final Database database,
            final Registry registry,
            final CommandApplier applier,
            final List<String> modules,
            final LoopConfig config,
            final long seed) {
        this.database = database;
        this.applier = applier;
        this.modules = List.copyOf(modules);
        this.seed = seed;
        this.workers = new Workers(config.workers());
        this.systems = new SystemRunner(database, workers, registry.systems(), config, applier.watch());
        this.commit = database.states().newest().commit();
        this.tick = database.states().newest().tick();
    }

    @Override
    public void modules(final List<String> recorded) {
        if (!recorded.equals(modules)) {
            throw new DbException(
                    ErrorCode.STORAGE_FAILED,
                    "journal was written by other code: recorded=" + recorded + ", running=" + modules + ", commit="
                            + commit + "; start that code once and stop it, which leaves nothing to replay, or give up"
                            + " what followed the last snapshot with --salvage");
        }
    }

    @Override
    public void begin(final long newCommit, final long newTick, final long newTimeMicros, final int newRate) {
        if (newCommit != commit + 1 || newTick < tick) {
            throw new IllegalStateException("commits are out of order: commit=" + newCommit + ", tick=" + newTick
                    + ", before=" + commit + ", " + tick);
        }
        commit = newCommit;
        tick = newTick;
        timeMicros = newTimeMicros;
        rate = newRate;
        commits++;
    }

    @Override
    public void command(
            final long number, final byte[] key, final DirectBuffer buffer, final int offset, final int length) {
        command.wrap(buffer, offset, length);
        final Submission submission = Submission.replayed(command, length, key);
        applier.apply(submission, tick, timeMicros, number);
        if (submission.error() != null) {
            throw new DbException(
                    ErrorCode.STORAGE_FAILED,
                    "replay differs: a command that was applied is refused now: commit=" + commit + ", tick=" + tick
                            + ", command=" + number + ", cause="
                            + submission.error().getMessage() + ADVICE,
                    submission.error());
        }
    }

    @Override
    public void end(final boolean isTick, final int[] failedSystems) {
        if (isTick) {
            final int[] failed = systems.run(new SystemContext(tick, timeMicros, 1f / rate, seed), failedSystems);
            if (failed.length > 0) {
                throw new DbException(
                        ErrorCode.STORAGE_FAILED,
                        "replay differs: systems that ran fail now: commit=" + commit + ", tick=" + tick + ", systems="
                                + Arrays.toString(failed) + ADVICE);
            }
        }
        applier.committing(tick);
        final State state = database.commit(tick);
        if (state.commit() != commit) {
            throw new IllegalStateException("commit numbers differ: made=" + state.commit() + ", recorded=" + commit);
        }
    }

    @Override
    public long stateHash() {
        return StateHash.of(List.copyOf(database.tables()));
    }

    @Override
    public List<String> different(final List<HashedState.Table> recorded) {
        final Map<String, Long> before = new TreeMap<>();
        recorded.forEach(table -> before.put(table.name(), table.hash()));
        final List<String> different = new ArrayList<>();
        for (final Table table : database.tables()) {
            final Long hash = before.remove(table.schema().name());
            if (hash == null || hash != StateHash.ofTable(table)) {
                different.add(table.schema().name());
            }
        }
        different.addAll(before.keySet());
        return different;
    }

    /** The tick that the world stands at now. */
    public long tick() {
        return tick;
    }

    /** The time of that tick; 0 when nothing was replayed. */
    public long timeMicros() {
        return timeMicros;
    }

    /** How many commits were made again. */
    public long commits() {
        return commits;
    }

    /** Ends the workers. */
    @Override
    public void close() {
        workers.close();
    }
}
