package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.table.RowReader;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Systems: in which order they run, how often, and what one that fails means for the others. */
class SystemsTest {
    private static final int MANY = 100;
    private static final int TICKS = 20;

    /** Accessors of table {@code cell}. */
    public interface CellChunk extends Chunk {
        long step(int row);

        void step(int row, long value);

        long rounds(int row);

        void rounds(int row, long value);

        long seen(int row);

        void seen(int row, long value);
    }

    /** No parameters. */
    record None() {}

    /** A table of some cells, and the systems of a test. */
    private record Cells(int rows, Consumer<WorldRegistry> systems) implements WorldModule {
        @Override
        public String name() {
            return "cells";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of(
                    "cell", FieldSpec.of("step", "i64"), FieldSpec.of("rounds", "i64"), FieldSpec.of("seen", "i64")));
            world.onCreate(ctx -> {
                for (int i = 0; i < rows; i++) {
                    ctx.table("cell")
                            .insert(ctx.table("cell")
                                    .draft()
                                    .set("step", 0)
                                    .set("rounds", 0)
                                    .set("seen", 0));
                }
            });
            systems.accept(world);
        }
    }

    private static void count(final WorldRegistry world, final String name) {
        world.system(name, "cell", CellChunk.class, (ctx, cells) -> {
            for (int i = 0; i < Math.min(cells.rows(), Chunk.MAX_ROWS); i++) {
                cells.rounds(i, cells.rounds(i) + 1);
                cells.seen(i, ctx.tick());
            }
        });
    }

    /** Runs a world for some ticks; hands over its state. */
    private static void afterSomeTicks(
            final int rows, final int workers, final Consumer<WorldRegistry> systems, final Consumer<State> look)
            throws InterruptedException {
        final CountDownLatch ticks = new CountDownLatch(TICKS);
        try (TaktDb db = TaktDb.open(TaktConfig.inMemory(new Cells(rows, systems))
                .withLoop(LoopConfig.atRate(LoopConfig.MAX_RATE).withWorkers(workers)))) {
            db.onCommit(ticks::countDown);
            assertTrue(ticks.await(60, TimeUnit.SECONDS));
            try (Lease lease = db.lease()) {
                look.accept(lease.state());
            }
        }
    }

    private static void assertCells(final State state, final int rows, final long rounds) {
        final RowReader row = state.table("cell").reader();
        for (int i = 0; i < rows; i++) {
            assertTrue(row.seekRow(i));
            assertEquals(rounds, row.getLong(1), "row " + i + " in tick " + state.tick());
        }
        assertEquals(rows, state.table("cell").rowCount());
    }

    @Test
    @Tag("el_2:test_register_multiple_handlers")
    @Tag("el_2:test_handler_execution_order")
    @Tag("el_2:test_handler_registration_before_loop_start")
    void shouldRunAllInTheOrderOfTheirRegistrationFromTheFirstTickOn() throws InterruptedException {
        afterSomeTicks(
                3,
                1,
                world -> {
                    for (int j = 0; j < MANY; j++) {
                        final int mine = j;
                        world.system("step" + j, "cell", CellChunk.class, (ctx, cells) -> {
                            for (int i = 0; i < Math.min(cells.rows(), Chunk.MAX_ROWS); i++) {
                                cells.step(i, cells.step(i) == mine ? mine + 1 : -1000);
                            }
                        });
                    }
                    world.system("last", "cell", CellChunk.class, (ctx, cells) -> {
                        for (int i = 0; i < Math.min(cells.rows(), Chunk.MAX_ROWS); i++) {
                            cells.rounds(i, cells.rounds(i) + (cells.step(i) == MANY ? 1 : 0));
                            cells.step(i, 0);
                        }
                    });
                },
                state -> assertCells(state, 3, state.tick()));
    }

    @Test
    @Tag("el_2:test_handler_receives_tick_context")
    void shouldKnowTheTickThatItRunsIn() throws InterruptedException {
        afterSomeTicks(5, 1, world -> count(world, "count"), state -> {
            final RowReader row = state.table("cell").reader();
            assertTrue(row.seekRow(4));
            assertEquals(state.tick(), row.getLong(2));
        });
    }

    @Test
    @Tag("el_1:test_error_handling")
    void shouldRunTheOthersWhenOneAlwaysFails() throws InterruptedException {
        afterSomeTicks(
                4,
                1,
                world -> {
                    count(world, "before");
                    world.system("bad", "cell", CellChunk.class, (ctx, cells) -> {
                        cells.rounds(0, -1);
                        throw new IllegalStateException("always");
                    });
                    count(world, "after");
                },
                state -> assertCells(state, 4, 2 * state.tick()));
    }

    @Test
    @Tag("pp_1:test_parallel_iter_empty_table")
    @Tag("pp_1:test_parallel_iter_single_record")
    @Tag("pp_1:test_parallel_iter_large_dataset")
    void shouldSeeEachRowOnceHoweverManyThereAre() throws InterruptedException {
        for (final int rows : new int[] {0, 1, 2, 511, 513, 20_001}) {
            afterSomeTicks(rows, 3, world -> count(world, "count"), state -> assertCells(state, rows, state.tick()));
        }
    }

    @Test
    @Tag("el_2:test_duplicate_handler_registration")
    @Tag("el_2:test_handler_categories_separation")
    void shouldRefuseASecondSystemOfTheNameButNotAProcedure() {
        final Registry registry = new Registry();
        count(registry, "count");
        final DbException error = assertThrows(DbException.class, () -> count(registry, "count"));
        assertEquals(ErrorCode.ALREADY_EXISTS, error.code());
        registry.procedure("count", "Of the same name.", None.class, Long.class, (ctx, p) -> 1L);
        assertEquals(1, registry.systems().size());
        assertEquals(1, registry.procedures().size());
    }

    @Test
    @Tag("el_1:test_loop_start_stop")
    @Tag("el_1:test_concurrent_access")
    void shouldStopOnceAndForGoodWhileSystemsRun() {
        final TaktDb db = TaktDb.open(TaktConfig.inMemory(new Cells(1000, world -> count(world, "count"))));
        assertTrue(db.isRunning());
        db.stop();
        assertFalse(db.isRunning());
        final long tick = db.status().tick();
        db.stop();
        try (Lease lease = db.lease()) {
            assertEquals(tick, lease.state().tick());
            assertCells(lease.state(), 1000, tick);
        }
        db.close();
        db.close();
        assertThrows(DbException.class, db::lease);
        assertEquals(List.of(), db.procedures());
    }
}
