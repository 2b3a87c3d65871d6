package io.taktdb.runtime.check;

import io.taktdb.core.state.Lease;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.tick.LoopConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a world beside itself, with the same commands in the same ticks, and compares.
 *
 * <pre>{@code
 * @Test
 * void shouldBeTheSameEverywhere() {
 *     new DeterminismCheck(MyWorld::new)
 *             .ticks(600)
 *             .script((tick, db) -> db.send(spawn(tick)))
 *             .require();
 * }
 * }</pre>
 *
 * Times are those of a world that began in 2020 and never was late. Threading: one thread.
 */
public final class DeterminismCheck {
    /** 2020-01-01T00:00:00Z in microseconds. */
    private static final long START_MICROS = 1_577_836_800_000_000L;

    private static final long SECOND_MICROS = 1_000_000;

    private final Supplier<? extends WorldModule> world;
    private Script script = (tick, db) -> {};
    private int ticks = 600;
    private int every = 60;
    private int[] workers = {1, 2, 4};

    /** What clients do. Must do the same in every run. */
    @FunctionalInterface
    public interface Script {
        /**
         * Sends commands that the next tick takes. Do not wait for their answers here: the tick brings them.
         *
         * @param tick the tick that comes
         */
        void beforeTick(long tick, TaktDb db);
    }

    /**
     * @param world makes a new module for each run
     */
    public DeterminismCheck(final Supplier<? extends WorldModule> world) {
        this.world = world;
    }

    /** Sets how many ticks to run; 600 unless said otherwise. */
    public DeterminismCheck ticks(final int count) {
        ticks = count;
        return this;
    }

    /** Sets after how many ticks to compare; 60 unless said otherwise. The first tick that differs is found anyway. */
    public DeterminismCheck every(final int count) {
        every = count;
        return this;
    }

    /** Sets the numbers of workers to compare with one worker; 1 (the same again), 2 and 4 unless said otherwise. */
    public DeterminismCheck workers(final int... counts) {
        workers = counts.clone();
        return this;
    }

    /** Sets what clients do. */
    public DeterminismCheck script(final Script commands) {
        script = commands;
        return this;
    }

    /** Runs all comparisons. Returns the first difference, if there is any. */
    public Optional<Difference> run() {
        for (final int count : workers) {
            final Difference found = compare(count, ticks, every);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /**
     * Runs all comparisons.
     *
     * @throws AssertionError two runs differ; the text names tick, table, record and values
     */
    public void require() {
        run().ifPresent(found -> {
            throw new AssertionError(found.toString());
        });
    }

    private Difference compare(final int otherWorkers, final int untilTick, final int step) {
        try (TaktDb one = open(1);
                TaktDb other = open(otherWorkers)) {
            for (int tick = 1; tick <= untilTick; tick++) {
                tick(one, tick);
                tick(other, tick);
                if (tick % step != 0 && tick != untilTick) {
                    continue;
                }
                try (Lease mine = one.lease();
                        Lease theirs = other.lease()) {
                    final StateComparison states = new StateComparison(mine.state(), theirs.state(), otherWorkers);
                    if (!states.isSame()) {
                        final Difference earlier = step == 1 ? null : compare(otherWorkers, tick, 1);
                        return earlier == null ? states.find() : earlier;
                    }
                }
            }
            return null;
        }
    }

    private TaktDb open(final int count) {
        final LoopConfig loop = LoopConfig.atRate(LoopConfig.DEFAULT_RATE)
                .withWorkers(count)
                .withAloneBelow(Duration.ZERO); // short systems too are spread over all workers
        return TaktDb.openStepped(TaktConfig.inMemory(world.get()).withLoop(loop), START_MICROS);
    }

    private void tick(final TaktDb db, final int tick) {
        script.beforeTick(tick, db);
        db.tick(START_MICROS + tick * SECOND_MICROS / LoopConfig.DEFAULT_RATE);
    }
}
