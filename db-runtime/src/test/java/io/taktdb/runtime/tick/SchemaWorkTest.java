package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TablePreparation;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandOp;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.ValueKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of a large table's schema beside ticks and other writes, through the embedded door. */
class SchemaWorkTest {
    private static final int ROWS = (int) TablePreparation.MIN_ROWS + 100;
    private static final int MOST_TICKS = 100_000;

    private final TaktDb db = TaktDb.openStepped(TaktConfig.inMemory(new Mobs()));
    private long time;

    /** Places of mobs. */
    public interface Place extends Chunk {
        float x(int row);

        void x(int row, float value);
    }

    /** Many mobs, all of which move in every tick. */
    private static final class Mobs implements WorldModule {
        @Override
        public String name() {
            return "mobs";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of(
                    "mob", FieldSpec.of("x", "f32"), FieldSpec.of("key", "u64"), FieldSpec.of("hp", "i32")));
            world.onCreate(context -> {
                for (int i = 0; i < ROWS; i++) {
                    context.table("mob")
                            .insert(context.table("mob")
                                    .draft()
                                    .set("key", (long) i)
                                    .set("x", 1f)
                                    .set("hp", i));
                }
            });
            world.system("move", "mob", Place.class, (context, mobs) -> {
                for (int i = 0; i < mobs.rows(); i++) {
                    mobs.x(i, mobs.x(i) + 1);
                }
            });
        }
    }

    @AfterEach
    void close() {
        db.close();
    }

    private void tick() {
        db.tick(++time);
    }

    private CompletableFuture<Submission> change(final SchemaChange... changes) {
        final CommandWriter command = new CommandWriter();
        command.putSchema(SchemaJson.changesToBytes(List.of(changes)));
        return db.send(command);
    }

    private CompletableFuture<Submission> write(final long id, final String field, final byte kind, final long value) {
        final CommandWriter command = new CommandWriter();
        final TableSchema mob = schema();
        command.beginUpdate(CommandOp.MERGE, mob.id(), id);
        command.row().field(mob.requireField(field).id()).putScalar(kind, value);
        command.endRow();
        return db.send(command);
    }

    private TableSchema schema() {
        try (Lease lease = db.lease()) {
            return lease.state().schema().requireTable("mob");
        }
    }

    private int ticksUntil(final CompletableFuture<Submission> reply) {
        int ticks = 0;
        while (!reply.isDone()) {
            assertTrue(++ticks < MOST_TICKS, "no answer");
            tick();
        }
        return ticks;
    }

    private static DbException refusal(final CompletableFuture<Submission> reply) {
        return assertInstanceOf(
                DbException.class,
                assertThrows(ExecutionException.class, reply::get).getCause());
    }

    @Test
    void shouldGoOnWithWritesAndSystemsUntilTheChangeIsMade() throws Exception {
        tick();
        final TableSchema before = schema();
        final CompletableFuture<Submission> reply = change(
                new AddField("mob", FieldSpec.of("level", "u16").withDefault("7")),
                new CreateIndex("mob", IndexSpec.unique("by_key", "key")));
        tick();
        assertFalse(reply.isDone(), "a change of a large table is not made in the tick that takes it");
        final SchemaProgress progress = db.tickFigures().schemaChange();
        assertNotNull(progress);
        assertEquals(List.of("mob"), progress.tables());
        int ticks = 0;
        while (!reply.isDone()) {
            assertTrue(++ticks < MOST_TICKS, "no answer");
            assertEquals(before, schema(), "nobody sees anything of it yet");
            final CompletableFuture<Submission> write =
                    write(1 + ticks % 100, "hp", ValueKind.of(ScalarType.I32), -ticks);
            tick();
            assertNull(write.get().error());
        }
        assertNull(db.tickFigures().schemaChange());
        assertEquals(4, schema().fields().size());
        assertEquals(1, schema().indexes().size());
        final long tick;
        try (Lease lease = db.lease()) {
            final RowReader row = lease.state().table("mob").reader();
            tick = lease.state().tick();
            for (int id = 1; id <= ROWS; id++) {
                row.require(id);
                assertEquals(id - 1, row.getLong(schema().indexOf("key")));
                assertEquals(7, row.getLong(schema().indexOf("level")));
                assertEquals(1.0 + tick, row.getDouble(schema().indexOf("x")), "every tick has moved it");
            }
        }
        final CompletableFuture<Submission> equal = write(5, "key", ValueKind.U64, 77);
        tick();
        assertEquals(ErrorCode.CONFLICT, refusal(equal).code(), "the index is used");
    }

    @Test
    void shouldRefuseTheChangeAndNotTheWriteThatBringsEqualValues() throws Exception {
        tick();
        final TableSchema before = schema();
        final CompletableFuture<Submission> reply = change(
                new AddField("mob", FieldSpec.of("level", "u16").withDefault("7")),
                new CreateIndex("mob", IndexSpec.unique("by_key", "key")));
        final CompletableFuture<Submission> write = write(5, "key", ValueKind.U64, 77);
        ticksUntil(reply);
        assertNull(write.get().error(), "the write came when there was no index yet");
        final DbException error = refusal(reply);
        assertEquals(ErrorCode.CONFLICT, error.code());
        assertTrue(error.getMessage().contains("index=by_key"), error.getMessage());
        assertTrue(error.getMessage().contains("values=[77], first ids=[5, 78]"), error.getMessage());
        assertEquals(before, schema());
        assertNull(db.tickFigures().schemaChange());
        assertTrue(1 <= ticksUntil(change(new AddField("mob", FieldSpec.of("level", "u16")))));
        assertEquals(4, schema().fields().size(), "the next change is made");
    }

    @Test
    void shouldKeepTheOrderOfSchemaChanges() throws Exception {
        tick();
        final CompletableFuture<Submission> first = change(new AddField("mob", FieldSpec.of("level", "u16")));
        final CompletableFuture<Submission> second = change(CreateTable.of("small", FieldSpec.of("a", "i32")));
        final CompletableFuture<Submission> third =
                change(new CreateIndex("mob", IndexSpec.ordered("by_level", "level")));
        tick();
        assertFalse(second.isDone(), "it waits for the one before");
        assertEquals(2, db.tickFigures().schemaChange().waiting());
        ticksUntil(third);
        assertTrue(first.get().commit() <= second.get().commit());
        assertTrue(second.get().commit() <= third.get().commit());
        assertTrue(first.get().schema().version() < second.get().schema().version());
    }

    @Test
    void shouldRefuseAtOnceWhatTheSchemaRefuses() {
        tick();
        final CompletableFuture<Submission> reply = change(new AddField("mob", FieldSpec.of("hp", "u16")));
        tick();
        assertEquals(ErrorCode.ALREADY_EXISTS, refusal(reply).code());
    }

    @Test
    void shouldMakeWhatWaitsWhenTheEngineStops() throws Exception {
        tick();
        final CompletableFuture<Submission> first = change(new AddField("mob", FieldSpec.of("level", "u16")));
        tick();
        final CompletableFuture<Submission> second = change(CreateTable.of("small", FieldSpec.of("a", "i32")));
        db.stop();
        assertEquals(4, first.get().schema().requireTable("mob").fields().size());
        assertNotNull(second.get().schema().table("small"));
    }
}
