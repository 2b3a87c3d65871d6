package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropIndex;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems over chunks: all rows, every tick, all or nothing, whatever the number of workers. */
class SystemRunTest {
    private static final int ROWS = 5_000;

    /** Accessors of table {@code cell}. */
    public interface CellChunk extends Chunk {
        int age(int row);

        void age(int row, int value);

        long noise(int row);

        void noise(int row, long value);
    }

    /** Cells that age by one each tick; from {@code failFrom} on, one chunk fails half-way. */
    private static final class Cells implements WorldModule {
        private final int failFrom;

        Cells(final int failFrom) {
            this.failFrom = failFrom;
        }

        @Override
        public String name() {
            return "cells";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of(
                    "cell", FieldSpec.of("age", "i32"), FieldSpec.of("noise", "i64"), FieldSpec.of("name", "string")));
            world.onCreate(ctx -> {
                for (int i = 0; i < ROWS; i++) {
                    ctx.table("cell")
                            .insert(ctx.table("cell")
                                    .draft()
                                    .set("age", 0)
                                    .set("noise", 0)
                                    .set("name", "cell with the number " + i));
                }
            });
            world.system("age", "cell", CellChunk.class, (ctx, chunk) -> {
                final int rows = Math.min(chunk.rows(), Chunk.MAX_ROWS);
                for (int i = 0; i < rows; i++) {
                    chunk.age(i, chunk.age(i) + 1);
                    chunk.noise(i, chunk.noise(i) ^ ctx.random(chunk.id(i)));
                    if (ctx.tick() >= failFrom && chunk.firstRow() > 0 && i == 100) {
                        throw new IllegalStateException("chunk fails half-way");
                    }
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    @Tag("pp_1:test_parallel_iter_multiple_records")
    @Tag("el_2:test_register_single_handler")
    @Tag("el_2:test_handlers_invoked_each_tick")
    @Tag("el_1:test_integration_with_arcswap")
    @Tag("lf_1:test_iterator_over_loaded_buffer")
    void shouldAgeAllRowsTogetherWhenTicking(final int workers) {
        try (TaktDb db = open(new Cells(Integer.MAX_VALUE), workers)) {
            waitUntil(() -> db.status().tick() >= 20);
            for (int i = 0; i < 50; i++) {
                try (Lease lease = db.lease()) {
                    final long tick = lease.state().tick();
                    assertEquals(ROWS * tick, sumOfAges(lease.state().table("cell")), "tick " + tick);
                }
            }
        }
    }

    @Test
    @Tag("pp_1:test_parallel_iter_ordering")
    void shouldGiveSameWorldWhenWorkersDiffer() {
        final long one = noiseAfter(30, 1);
        final long four = noiseAfter(30, 4);
        assertEquals(one, four);
    }

    @Test
    @Tag("pp_1:test_parallel_iter_panic_handling")
    @Tag("el_2:test_handler_panic_does_not_crash_loop")
    @Tag("pr_2:test_procedure_with_parallel_iteration")
    void shouldTakeBackWholeRunWhenOneChunkFails() {
        try (TaktDb db = open(new Cells(10), 2)) {
            waitUntil(() -> db.status().tick() >= 30);
            try (Lease lease = db.lease()) {
                final TableState cells = lease.state().table("cell");
                assertEquals(ROWS * 9L, sumOfAges(cells));
                assertEquals(
                        "cell with the number 77", cells.reader().require(78).getString(2));
            }
            assertTrue(db.isRunning());
        }
    }

    @Test
    @Tag("pp_1:test_parallel_iter_buffer_swap_safety")
    @Tag("pp_1:test_parallel_iter_concurrent_reads")
    @Tag("rc_4:test_delete_during_parallel_iteration")
    void shouldKeepLeasedStateReadableWhenLaterTicksPublish() {
        try (TaktDb db = open(new Cells(Integer.MAX_VALUE), 2);
                Lease old = db.lease()) {
            final long tick = old.state().tick();
            waitUntil(() -> db.status().tick() >= tick + 30);
            assertEquals(ROWS * tick, sumOfAges(old.state().table("cell")));
        }
    }

    @Test
    void shouldNotRunWhileAFieldThatItWritesIsIndexed() {
        try (TaktDb db = open(new Cells(Integer.MAX_VALUE), 2)) {
            waitUntil(() -> db.status().tick() >= 5);
            change(db, new CreateIndex("cell", IndexSpec.ordered("by_age", "age")));
            final long age = oldestAge(db);
            final long tick = db.status().tick();
            waitUntil(() -> db.status().tick() >= tick + 20);
            assertEquals(age, oldestAge(db));
            change(db, new DropIndex("cell", "by_age"));
            waitUntil(() -> oldestAge(db) >= age + 10);
        }
    }

    private static void change(final TaktDb db, final SchemaChange change) {
        final CommandWriter command = new CommandWriter();
        command.putSchema(SchemaJson.changesToBytes(List.of(change)));
        db.send(command).join();
    }

    /** The age of all cells; fails if they differ. */
    private static long oldestAge(final TaktDb db) {
        try (Lease lease = db.lease()) {
            final long sum = sumOfAges(lease.state().table("cell"));
            assertEquals(0, sum % ROWS);
            return sum / ROWS;
        }
    }

    private static long noiseAfter(final long tick, final int workers) {
        try (TaktDb db = open(new Cells((int) tick + 1), workers)) {
            waitUntil(() -> db.status().tick() >= tick + 5);
            try (Lease lease = db.lease()) {
                long sum = 0;
                final RowReader row = lease.state().table("cell").reader();
                for (long i = 0; row.seekRow(i); i++) {
                    sum = sum * 31 + row.getLong(1) + row.id();
                }
                return sum;
            }
        }
    }

    private static long sumOfAges(final TableState cells) {
        long sum = 0;
        final RowReader row = cells.reader();
        for (long i = 0; row.seekRow(i); i++) {
            sum += row.getInt(0);
        }
        return sum;
    }

    private static TaktDb open(final WorldModule module, final int workers) {
        return TaktDb.open(
                TaktConfig.inMemory(module).withLoop(LoopConfig.atRate(120).withWorkers(workers)));
    }

    private static void waitUntil(final BooleanSupplier condition) {
        final long untilNs = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < untilNs, "gave up waiting after 30 s");
            Thread.onSpinWait();
        }
    }
}
