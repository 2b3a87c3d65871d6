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
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many procedures and systems, and what one tick does: counted in ticks, which are run one by one. */
class ManyHandlersTest {
    private static final int HANDLERS = 1_000;
    private static final int LONG_RUN = 20_000;
    private static final long START = 1_600_000_000_000_000L;

    /** No parameters. */
    public record Nothing() {}

    /** Accessors of table {@code cell}. */
    public interface CellChunk extends Chunk {
        int count(int row);

        void count(int row, int value);
    }

    private static final WorldModule MANY = new WorldModule() {
        @Override
        public String name() {
            return "many";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("cell", FieldSpec.of("count", "i32")));
            world.onCreate(ctx -> {
                for (int i = 0; i < 100; i++) {
                    ctx.table("cell").insert(ctx.table("cell").draft().set("count", 0));
                }
            });
            for (int i = 0; i < HANDLERS; i++) {
                final int number = i;
                world.procedure("p" + i, "Answers its number.", Nothing.class, Integer.class, (ctx, p) -> number);
                world.system("s" + i, "cell", CellChunk.class, (ctx, cells) -> {
                    for (int row = 0; row < cells.rows(); row++) {
                        cells.count(row, cells.count(row) + 1);
                    }
                });
            }
        }
    };

    /** One system. */
    private static final class Ageing implements WorldModule {
        @Override
        public String name() {
            return "ageing";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("cell", FieldSpec.of("count", "i32")));
            world.onCreate(
                    ctx -> ctx.table("cell").insert(ctx.table("cell").draft().set("count", 0)));
            world.system("age", "cell", CellChunk.class, (ctx, cells) -> {
                for (int row = 0; row < cells.rows(); row++) {
                    cells.count(row, cells.count(row) + 1);
                }
            });
        }
    }

    private static CompletableFuture<Submission> call(final TaktDb db, final String procedure) {
        final CommandWriter command = new CommandWriter();
        command.beginCall(procedure);
        command.row();
        command.endRow();
        return db.send(command);
    }

    private static int count(final TaktDb db) {
        try (Lease lease = db.lease()) {
            return lease.state().table("cell").reader().require(1).getInt(0);
        }
    }

    @Test
    @Tag("el_2:test_handler_registration_scalability")
    void shouldRunAThousandSystemsInEveryTickAndFindEveryProcedure() {
        try (TaktDb db = TaktDb.openStepped(TaktConfig.inMemory(MANY), START)) {
            for (int tick = 1; tick <= 3; tick++) {
                final CompletableFuture<Submission> last = call(db, "p" + (HANDLERS - tick));
                db.tick(START + tick * 16_667L);
                assertEquals(HANDLERS - tick, last.join().result());
                assertEquals(tick * HANDLERS, count(db), "each system ran once in each tick");
            }
        }
    }

    @Test
    @Tag("rc_4:test_delete_latency_measurement")
    void shouldDeleteWithinTheTickThatFollows() {
        try (TaktDb db = TaktDb.openStepped(TaktConfig.inMemory(MANY), START)) {
            final CommandWriter command = new CommandWriter();
            command.putDelete(tableId(db), 7);
            final CompletableFuture<Submission> deleted = db.send(command);
            assertFalse(deleted.isDone());
            db.tick(START + 16_667L);
            assertTrue(deleted.isDone(), "one tick is enough");
            assertEquals(1, db.status().tick());
            try (Lease lease = db.lease()) {
                assertEquals(-1, lease.state().table("cell").rowOf(7));
            }
        }
    }

    @Test
    @Tag("el_1:test_resource_usage")
    void shouldNeedNoMoreMemoryHoweverLongItRuns() {
        try (TaktDb db = TaktDb.openStepped(TaktConfig.inMemory(new Ageing()), START)) {
            long settled = 0;
            for (int tick = 1; tick <= LONG_RUN; tick++) { // three minutes at 120 a second
                db.tick(START + tick * 8_333L);
                settled = tick == LONG_RUN / 10 ? liveBytes(db) : settled;
            }
            assertEquals(LONG_RUN, count(db));
            assertEquals(settled, liveBytes(db));
        }
    }

    private static long liveBytes(final TaktDb db) {
        return db.status().liveBytes();
    }

    private static int tableId(final TaktDb db) {
        try (Lease lease = db.lease()) {
            return lease.state().table("cell").schema().id();
        }
    }

    @Test
    @Tag("pr_1:procedure_max_count_limit")
    void shouldRefuseMoreProceduresThanAWorldMayHave() {
        final Registry registry = new Registry();
        for (int i = 0; i < Registry.MAX_PROCEDURES; i++) {
            registry.procedure("p" + i, "", Nothing.class, Integer.class, (ctx, p) -> 1);
        }
        final DbException refused = assertThrows(
                DbException.class, () -> registry.procedure("more", "", Nothing.class, Integer.class, (ctx, p) -> 1));
        assertEquals(ErrorCode.LIMIT_EXCEEDED, refused.code());
        assertTrue(refused.getMessage().contains("limit=" + Registry.MAX_PROCEDURES), refused::getMessage);
    }
}
