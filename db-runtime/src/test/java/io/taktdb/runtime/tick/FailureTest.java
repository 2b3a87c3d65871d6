package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.SystemBody;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** User code that fails in tick 5: only its own work of that tick is lost. Ticks are driven: time decides nothing. */
class FailureTest {
    private static final int ROWS = 2_500;
    private static final int BAD_TICK = 5;

    /** Accessors of both tables. */
    public interface CellChunk extends Chunk {
        int age(int row);

        void age(int row, int value);
    }

    /** How user code can go wrong. */
    enum Failure {
        THROWS,
        RECURSES,
        ERRS
    }

    /** No parameters. */
    record Nothing() {}

    private static final class Cells implements WorldModule {
        private final SystemBody<CellChunk> extra;

        Cells(final SystemBody<CellChunk> extra) {
            this.extra = extra;
        }

        @Override
        public String name() {
            return "cells";
        }

        @Override
        public void register(final WorldRegistry world) {
            for (final String table : new String[] {"good", "bad"}) {
                world.table(CreateTable.of(table, FieldSpec.of("age", "i32")));
                world.onCreate(ctx -> {
                    for (int i = 0; i < ROWS; i++) {
                        ctx.table(table).insert(ctx.table(table).draft().set("age", 0));
                    }
                });
            }
            world.system("before", "good", CellChunk.class, (ctx, chunk) -> grow(chunk));
            world.system("bad", "bad", CellChunk.class, (ctx, chunk) -> {
                grow(chunk);
                extra.run(ctx, chunk);
            });
            world.system("after", "good", CellChunk.class, (ctx, chunk) -> grow(chunk));
            world.procedure("recurse", "Never ends.", Nothing.class, Integer.class, (ctx, p) -> {
                ctx.table("good").edit(1).setLong(0, -1);
                ctx.table("good").delete(2);
                return recurse(0);
            });
        }
    }

    private static void grow(final CellChunk chunk) {
        final int rows = Math.min(chunk.rows(), Chunk.MAX_ROWS);
        for (int i = 0; i < rows; i++) {
            chunk.age(i, chunk.age(i) + 1);
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static int recurse(final int depth) {
        return recurse(depth + 1) + 1;
    }

    private static void fail(final Failure how, final CellChunk chunk) {
        switch (how) {
            case THROWS -> throw new IllegalStateException("half-way");
            case RECURSES -> chunk.age(0, recurse(0));
            case ERRS -> throw new AssertionError("half-way");
        }
    }

    private static TaktDb open(final SystemBody<CellChunk> extra) {
        final LoopConfig loop = LoopConfig.atRate(60).withWorkers(2);
        return TaktDb.openStepped(TaktConfig.inMemory(new Cells(extra)).withLoop(loop), 1_000_000);
    }

    private static void tick(final TaktDb db, final int count) {
        for (int i = 0; i < count; i++) {
            db.tick(2_000_000);
        }
    }

    private static void assertAges(final TaktDb db, final String table, final int age) {
        try (Lease lease = db.lease()) {
            final RowReader row = lease.state().table(table).reader();
            long rows = 0;
            while (row.seekRow(rows)) {
                assertEquals(age, row.getInt(0), () -> table + ", id=" + row.id());
                rows++;
            }
            assertEquals(ROWS, rows);
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void shouldTakeBackOnlyTheRunOfTheSystemThatFails(final Failure how) {
        try (TaktDb db = open((ctx, chunk) -> {
            if (ctx.tick() == BAD_TICK && chunk.firstRow() > 0) {
                fail(how, chunk);
            }
        })) {
            tick(db, BAD_TICK);
            assertAges(db, "good", 2 * BAD_TICK);
            assertAges(db, "bad", BAD_TICK - 1);
            tick(db, 3);
            assertAges(db, "good", 2 * (BAD_TICK + 3));
            assertAges(db, "bad", BAD_TICK + 2);
            final SystemFigures bad = db.tickFigures().systems().get(1);
            assertEquals("bad", bad.name());
            assertEquals(1, bad.failures());
            assertEquals(BAD_TICK + 3, bad.runs());
        }
    }

    @Test
    void shouldNameTheSystemThatOverrunsAndLoseNothing() {
        final LoopConfig loop = LoopConfig.atRate(60);
        try (TaktDb db = open((ctx, chunk) -> {
            if (ctx.tick() == BAD_TICK && chunk.firstRow() == 0) {
                final long untilNs = System.nanoTime() + 3 * 1_000_000_000L / loop.tickRate();
                while (System.nanoTime() < untilNs) {
                    Thread.onSpinWait();
                }
            }
        })) {
            tick(db, BAD_TICK);
            final Overrun overrun = db.tickFigures().lastOverrun();
            assertEquals(BAD_TICK, overrun.tick());
            assertEquals("system bad", overrun.cause());
            assertTrue(overrun.workNs() >= 3 * overrun.periodNs(), overrun::toString);
            assertTrue(db.status().overruns() >= 1);
            assertAges(db, "bad", BAD_TICK);
            tick(db, 1);
            assertAges(db, "bad", BAD_TICK + 1);
        }
    }

    @Test
    void shouldTakeBackAProcedureThatRecursesForEver() {
        try (TaktDb db = open((ctx, chunk) -> {})) {
            tick(db, 1);
            final CompletableFuture<Object> answer = db.call("recurse", new Nothing());
            tick(db, 1);
            final CompletionException error = assertThrows(CompletionException.class, answer::join);
            assertEquals(ErrorCode.PROCEDURE_FAILED, ((DbException) error.getCause()).code());
            assertTrue(error.getCause().getMessage().contains("StackOverflowError"), error::toString);
            assertAges(db, "good", 4);
            tick(db, 2);
            assertAges(db, "good", 8);
        }
    }
}
