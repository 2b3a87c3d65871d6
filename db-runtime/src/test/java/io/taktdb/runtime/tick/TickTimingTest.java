package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.state.Lease;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a tick's time goes, who used it up, and how often ticks come. */
class TickTimingTest {
    private static final long TOO_LONG_NS = 20_000_000;

    /** Accessors of table {@code hole}. */
    public interface HoleChunk extends Chunk {
        void seconds(int row, float value);
    }

    /** No parameters. */
    record Nothing() {}

    /** One row that knows how long a tick is; digging takes too long. */
    private static final class Holes implements WorldModule {
        private final boolean digs;

        Holes(final boolean digs) {
            this.digs = digs;
        }

        @Override
        public String name() {
            return "holes";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("hole", FieldSpec.of("seconds", "f32")));
            world.onCreate(
                    ctx -> ctx.table("hole").insert(ctx.table("hole").draft().set("seconds", 0)));
            world.system("rest", "hole", HoleChunk.class, (ctx, chunk) -> chunk.seconds(0, ctx.tickSeconds()));
            if (digs) {
                world.system("dig", "hole", HoleChunk.class, (ctx, chunk) -> spin());
            }
            world.procedure("hole.dig", "Takes too long.", Nothing.class, Void.class, (ctx, nothing) -> {
                spin();
                return null;
            });
        }

        private static void spin() {
            final long untilNs = System.nanoTime() + TOO_LONG_NS;
            while (System.nanoTime() - untilNs < 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void shouldNameSystemWhenItUsesTheBudget() {
        try (TaktDb db = open(true, CommitMode.ARRIVAL)) {
            waitUntil(() -> names(db.tickFigures().lastOverrun(), "system dig"));
            assertTrue(db.status().overruns() > 0);
            final SystemFigures dig = db.tickFigures().systems().get(1);
            assertEquals("dig", dig.name());
            assertTrue(dig.runs() > 0 && dig.maxNs() >= TOO_LONG_NS && dig.totalNs() >= dig.maxNs(), dig.toString());
            final String text = db.tickFigures().lastOverrun().toString();
            assertTrue(text.contains("tick overran"), text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARRIVAL", "TICK"})
    void shouldNameProcedureWhenItUsesTheBudget(final String commits) {
        try (TaktDb db = open(false, CommitMode.valueOf(commits))) {
            waitUntil(() -> {
                final CommandWriter call = new CommandWriter();
                call.beginCall("hole.dig");
                call.row();
                call.endRow();
                db.send(call).join();
                return names(db.tickFigures().lastOverrun(), "procedure hole.dig");
            });
        }
    }

    @Test
    @Tag("el_2:test_handler_execution_overhead")
    void shouldShowWorkOfEachStage() {
        try (TaktDb db = open(false, CommitMode.ARRIVAL)) {
            waitUntil(() -> db.status().tick() >= 5);
            for (final Stage stage : Stage.values()) {
                final TickStatus.Percentiles work = db.tickFigures().stages().get(stage);
                assertTrue(work.maxNs() > 0 && work.p50Ns() <= work.maxNs(), stage + " " + work);
            }
        }
    }

    @Test
    void shouldGoOnAtAnotherRateWhenItChanges() {
        try (TaktDb db = open(false, CommitMode.ARRIVAL)) {
            waitUntil(() -> seconds(db) == 1f / 120);
            db.changeTickRate(15);
            assertEquals(15, db.status().tickRate());
            waitUntil(() -> seconds(db) == 1f / 15);
            db.changeTickRate(60);
            waitUntil(() -> seconds(db) == 1f / 60);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 121, 0, -60, Integer.MAX_VALUE})
    void shouldRefuseRateOutOfRange(final int rate) {
        try (TaktDb db = open(false, CommitMode.ARRIVAL)) {
            final DbException refusal = assertThrows(DbException.class, () -> db.changeTickRate(rate));
            assertEquals(ErrorCode.INVALID_REQUEST, refusal.code());
            assertTrue(refusal.getMessage().contains("tickRate=" + rate + ", limit=15..120"), refusal.getMessage());
            assertEquals(120, db.status().tickRate());
        }
    }

    @Test
    void shouldTellLateStartFromOwnWork() {
        final Overrun late = new Overrun(7, 20_000_000, 1_000_000, 8_333_333, Stage.COMMIT, 500_000, null, 0);
        assertTrue(late.startedLate());
        assertTrue(late.toString().contains("started late: tick=7, workMs=1.00"), late.toString());
        final Overrun own = new Overrun(8, 0, 9_000_000, 8_333_333, Stage.SYSTEMS, 8_500_000, "system dig", 8_400_000);
        assertFalse(own.startedLate());
        assertTrue(own.toString().contains("stage=systems, stageMs=8.50, cause=system dig, causeMs=8.40"));
    }

    private static boolean names(final Overrun overrun, final String cause) {
        return overrun != null && cause.equals(overrun.cause());
    }

    private static float seconds(final TaktDb db) {
        try (Lease lease = db.lease()) {
            return lease.state().table("hole").reader().require(1).getFloat(0);
        }
    }

    private static TaktDb open(final boolean digs, final CommitMode commits) {
        return TaktDb.open(TaktConfig.inMemory(new Holes(digs))
                .withLoop(LoopConfig.atRate(120).withWorkers(1).withCommits(commits)));
    }

    private static void waitUntil(final BooleanSupplier condition) {
        final long untilNs = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < untilNs, "gave up waiting after 60 s");
            Thread.onSpinWait();
        }
    }
}
