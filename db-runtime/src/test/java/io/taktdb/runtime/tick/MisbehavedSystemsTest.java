package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Systems that do what they should not: no state is half changed, the loop goes on, and says why ticks were late. */
class MisbehavedSystemsTest {
    private static final int ROWS = 3_000;
    private static final int TICKS = 30;
    private static final long PERIOD_NS = 1_000_000_000L / 120;

    /** What a system does in the middle of a chunk, every third tick. */
    private enum Habit {
        THROWS {
            @Override
            void act() {
                throw new IllegalStateException("thrown on purpose");
            }
        },
        OVERRUNS {
            @Override
            void act() {
                final long untilNs = System.nanoTime() + 3 * PERIOD_NS;
                while (System.nanoTime() - untilNs < 0) {
                    Thread.onSpinWait();
                }
            }
        },
        ALLOCATES {
            @Override
            void act() {
                for (int i = 0; i < 24; i++) {
                    kept = new byte[1 << 20]; // 24 MiB every third tick of 120 a second: some GB a second
                }
                if (kept.length == 0) {
                    throw new AssertionError("never: it is read so that it must be allocated");
                }
            }
        },
        RECURSES {
            @Override
            void act() {
                depth(0);
            }
        };

        abstract void act();

        @SuppressWarnings("InfiniteRecursion")
        private static int depth(final int from) {
            return depth(from + 1) + 1;
        }
    }

    private static volatile byte[] kept;

    /** Two numbers that are always equal. */
    public interface PairChunk extends Chunk {
        long one(int row);

        void one(int row, long value);

        long two(int row);

        void two(int row, long value);
    }

    /** Counts both numbers of each row; in between, it follows its habit. */
    private record Pairs(Habit habit) implements WorldModule {
        @Override
        public String name() {
            return "pairs";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("pair", FieldSpec.of("one", "i64"), FieldSpec.of("two", "i64")));
            world.onCreate(ctx -> {
                for (int i = 0; i < ROWS; i++) {
                    ctx.table("pair")
                            .insert(ctx.table("pair").draft().set("one", 0).set("two", 0));
                }
            });
            final Habit act = habit;
            world.system("count", "pair", PairChunk.class, (ctx, pairs) -> {
                for (int i = 0; i < pairs.rows(); i++) {
                    pairs.one(i, pairs.one(i) + 1);
                    if (i == pairs.rows() / 2 && pairs.firstRow() == 0 && ctx.tick() % 3 == 0) {
                        act.act();
                    }
                    pairs.two(i, pairs.two(i) + 1);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveNothingHalfChangedWhenASystemMisbehaves(final Habit habit) {
        try (TaktDb db = TaktDb.open(TaktConfig.inMemory(new Pairs(habit))
                .withLoop(LoopConfig.atRate(120).withWorkers(2)))) {
            waitUntil(() -> db.status().tick() >= TICKS);
            final SystemFigures count = db.tickFigures().systems().get(0);
            final boolean fails = habit == Habit.THROWS || habit == Habit.RECURSES;
            assertEquals(fails, count.failures() > 0, count.toString());
            if (habit == Habit.OVERRUNS) {
                assertNotNull(db.tickFigures().lastOverrun(), "the reason is said");
                waitUntil(() ->
                        "system count".equals(db.tickFigures().lastOverrun().cause()));
            }
            requireWhole(db, fails);
        }
    }

    private static void requireWhole(final TaktDb db, final boolean fails) {
        try (Lease lease = db.lease()) {
            final long tick = lease.state().tick();
            final long wanted = fails ? tick - tick / 3 : tick;
            final RowReader row = lease.state().table("pair").reader();
            for (long id = 1; id <= ROWS; id++) {
                row.require(id);
                assertEquals(wanted, row.getLong(0), "tick " + tick + ", id " + id);
                assertEquals(wanted, row.getLong(1), "tick " + tick + ", id " + id);
            }
        }
    }

    @Test
    void shouldFailOnlyItselfWhenItThrows() {
        try (TaktDb db = TaktDb.openStepped(TaktConfig.inMemory(new Pairs(Habit.THROWS))
                .withLoop(LoopConfig.atRate(60).withWorkers(2)))) {
            for (int tick = 1; tick <= 3; tick++) {
                db.tick(tick);
            }
            final SystemFigures count = db.tickFigures().systems().get(0);
            assertEquals(1, count.failures());
            assertTrue(count.lastFailure().contains("thrown on purpose"), count.lastFailure());
        }
    }

    private static void waitUntil(final BooleanSupplier condition) {
        final long untilNs = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - untilNs < 0, "gave up waiting after 60 s");
            Thread.onSpinWait();
        }
    }
}
