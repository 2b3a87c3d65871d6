package io.taktdb.persistence.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.persistence.WorldStore;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.disk.SimulatedDisk.Unforced;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a journal knows beyond commands: hashes of states, and schedules, which are rows. */
class HashedReplayTest {
    private static final long GIVE_UP_NS = 60_000_000_000L;

    private final SimulatedDisk disk = new SimulatedDisk();

    /** No parameters. */
    public record Nothing() {}

    /** Chunks of counters. */
    public interface CounterChunk extends Chunk {
        long value(int row);

        void value(int row, long value);
    }

    /**
     * A counter that a system moves, and one that a schedule moves.
     *
     * @param step of the system: another one is another code under the same version
     */
    private record Counters(long step) implements WorldModule {
        @Override
        public String name() {
            return "counters";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("counter", FieldSpec.of("value", "i64")));
            world.table(CreateTable.of("clock", FieldSpec.of("value", "i64")));
            world.system("count", "counter", CounterChunk.class, (ctx, counters) -> {
                for (int i = 0; i < counters.rows(); i++) {
                    counters.value(i, counters.value(i) + step);
                }
            });
            world.procedure("clock.strike", "Counts.", Nothing.class, Void.class, (ctx, nothing) -> {
                final var clock = ctx.table("clock").edit(1);
                clock.setLong(0, clock.read().getLong(0) + 1);
                return null;
            });
            world.onCreate(ctx -> {
                ctx.table("counter").insert(ctx.table("counter").draft().set("value", 0));
                ctx.table("clock").insert(ctx.table("clock").draft().set("value", 0));
                ctx.schedules().every(2, "clock.strike", new Nothing());
            });
        }
    }

    /** A running world on a disk. */
    private record Running(WorldStore store, TaktDb db) implements AutoCloseable {
        static Running open(final SimulatedDisk disk, final long step) {
            final WorldStore store = WorldStore.open(JournalledWorld.config(), disk, Clock.systemUTC());
            try {
                final TaktDb db = TaktDb.open(new TaktConfig(
                        LoopConfig.atRate(120).withWorkers(1).withHashTicks(3),
                        new MemoryBudget(MemoryBudget.UNLIMITED),
                        List.of(new Counters(step)),
                        store.world(),
                        store.journal()));
                store.start(db::lease);
                return new Running(store, db);
            } catch (final RuntimeException | Error e) {
                store.close();
                throw e;
            }
        }

        @Override
        public void close() {
            db.stop();
            store.close(); // while the last state can still be read
            db.close();
        }
    }

    /** A world on a disk, for as long as the body runs. */
    private static <T> T run(final SimulatedDisk disk, final long step, final Function<TaktDb, T> body) {
        try (Running running = Running.open(disk, step)) {
            return body.apply(running.db());
        }
    }

    private static long await(final TaktDb db, final String table, final Predicate<Long> wanted) {
        final long untilNs = System.nanoTime() + GIVE_UP_NS;
        while (System.nanoTime() - untilNs < 0) {
            try (Lease lease = db.lease()) {
                final long value = value(lease.state(), table);
                if (wanted.test(value)) {
                    return value;
                }
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("gave up waiting: table=" + table);
    }

    private static long value(final State state, final String table) {
        return state.table(table).reader().require(1).getLong(0);
    }

    /** What the disk holds once the journal has noted a hash behind the first snapshot. */
    private SimulatedDisk crashedWithHash() {
        return run(disk, 1, db -> {
            final long untilNs = System.nanoTime() + GIVE_UP_NS;
            while (System.nanoTime() - untilNs < 0) {
                final SimulatedDisk crashed = disk.crash(Unforced.KEPT, new Random(1));
                if (hasHashBehindSnapshot(crashed)) {
                    return crashed;
                }
            }
            throw new AssertionError("gave up waiting for a hash in the journal");
        });
    }

    private static boolean hasHashBehindSnapshot(final SimulatedDisk crashed) {
        final SegmentCatalog catalog = new SegmentCatalog(crashed, JournalledWorld.JOURNAL);
        long snapshot = Long.MAX_VALUE;
        long hashed = 0;
        try {
            for (final long number : catalog.numbers()) {
                final SegmentScan scan = SegmentScan.of(crashed, catalog.path(number), number);
                for (final long commit : scan.hashes().keySet()) {
                    snapshot = snapshot == Long.MAX_VALUE ? commit : Math.max(snapshot, commit);
                }
                for (final HashedState state : scan.states()) {
                    hashed = Math.max(hashed, state.commit());
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return hashed > snapshot;
    }

    @Test
    void shouldNameTickAndTablesWhenAReplayGivesAnotherState() {
        final SimulatedDisk crashed = crashedWithHash();
        final DbException error = assertThrows(DbException.class, () -> run(crashed, 2, db -> null));
        assertEquals(ErrorCode.STORAGE_DAMAGED, error.code());
        assertTrue(
                error.getMessage().contains("another state than was recorded: tick=")
                        && error.getMessage().contains("tables=[counter]"),
                error.getMessage());
    }

    @Test
    void shouldGoOnWithSchedulesAfterACrash() {
        final SimulatedDisk crashed = crashedWithHash();
        final long struck = run(crashed, 1, db -> {
            try (Lease lease = db.lease()) {
                final long ticks = value(lease.state(), "counter");
                final long strikes = value(lease.state(), "clock");
                assertEquals(ticks / 2, strikes, "after " + ticks + " ticks");
            }
            final long now = await(db, "clock", value -> value >= 0);
            return await(db, "clock", value -> value > now + 3);
        });
        assertTrue(struck > 4);
    }
}
