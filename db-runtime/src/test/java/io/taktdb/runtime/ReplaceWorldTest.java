package io.taktdb.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.command.CommandOp;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another world in the place of the running one, through the embedded door. */
class ReplaceWorldTest {
    private static final long FAR_TICK = 1_000_000_000;

    private TaktDb db;
    private Database other;

    /** One table, one procedure. */
    private static final class Mobs implements WorldModule {
        record None() {}

        @Override
        public String name() {
            return "mobs";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(SchemaChange.CreateTable.of("mob", FieldSpec.of("hp", "i32")));
            world.table(SchemaChange.CreateTable.of("boss", FieldSpec.of("hp", "i32")));
            world.procedure(
                    "mobs.count",
                    "How many there are.",
                    None.class,
                    Long.class,
                    (ctx, p) -> ctx.table("mob").rowCount());
        }
    }

    @BeforeEach
    void open() {
        db = TaktDb.open(TaktConfig.inMemory(new Mobs()));
        other = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 5, FAR_TICK);
        other.change(SchemaChange.CreateTable.of("mob", FieldSpec.of("hp", "i32")));
        other.change(SchemaChange.CreateTable.of("other", FieldSpec.of("text", "string")));
        for (int i = 0; i < 100; i++) {
            final ExpandableArrayBuffer row = new ExpandableArrayBuffer();
            final RowWriter writer = new RowWriter().wrap(row, 0);
            writer.field(other.schema().requireTable("mob").requireField("hp").id());
            writer.putScalar(
                    ValueKind.of(other.schema()
                            .requireTable("mob")
                            .requireField("hp")
                            .type()),
                    i);
            other.table("mob").writes().insert(new RowCursor().wrap(row, 0, writer.finish()));
        }
        other.commit(FAR_TICK);
    }

    @AfterEach
    void close() {
        db.close();
        other.close();
    }

    private Submission await(final CompletableFuture<Submission> reply) throws Exception {
        try {
            return reply.get(60, TimeUnit.SECONDS);
        } catch (final ExecutionException e) {
            throw assertInstanceOf(DbException.class, e.getCause());
        }
    }

    private Submission call() throws Exception {
        final CommandWriter command = new CommandWriter();
        command.beginCall("mobs.count");
        command.row();
        command.endRow();
        return await(db.send(command));
    }

    @Test
    @Tag("re_1:test_load_concurrent_access")
    @Tag("re_1:test_load_within_tickrate")
    void shouldShowTheOtherWorldInOneCommit() throws Exception {
        assertEquals(0L, call().result());
        try (Lease before = db.lease();
                Lease world = other.lease()) {
            final Submission done = await(db.replaceBy(world.state()));
            assertTrue(done.commit() > before.state().commit());
            try (Lease after = db.lease()) {
                assertTrue(after.state().commit() >= done.commit());
                assertEquals(
                        Set.of("mob", "other", "boss"),
                        after.state().schema().tables().keySet(),
                        "a module's table that the world lacks is made");
                assertEquals(
                        StateHash.ofTable(world.state().table("mob")),
                        StateHash.ofTable(after.state().table("mob")));
            }
            assertEquals(0, before.state().table("mob").rowCount());
        }
        assertEquals(100L, call().result());
        final CompletableFuture<Long> later = new CompletableFuture<>();
        db.onCommit(() -> {
            if (db.status().tick() > FAR_TICK) {
                later.complete(db.status().tick());
            }
        });
        assertTrue(later.get(60, TimeUnit.SECONDS) > FAR_TICK, "the next tick follows that of the world");
    }

    @Test
    void shouldRefuseWhatWasMeantForTheOldWorld() throws Exception {
        final int mob;
        final int field;
        try (Lease lease = db.lease()) {
            mob = lease.state().schema().requireTable("mob").id();
            field = lease.state()
                    .schema()
                    .requireTable("mob")
                    .requireField("hp")
                    .id();
        }
        try (Lease world = other.lease()) {
            await(db.replaceBy(world.state()));
        }
        final CommandWriter command = new CommandWriter();
        command.beginInsert(mob, 1);
        command.beginRow(false, 0).field(field).putScalar(ValueKind.of(io.taktdb.types.schema.ScalarType.I32), 1);
        command.endRow();
        final DbException error = assertThrows(DbException.class, () -> await(db.send(command)));
        assertEquals(ErrorCode.TABLE_NOT_FOUND, error.code(), error.getMessage());
    }

    @Test
    void shouldRefuseARestoreWithoutItsWorld() {
        final CommandWriter command = new CommandWriter();
        command.putDelete(1, 1);
        command.buffer().putByte(0, CommandOp.RESTORE);
        final DbException error = assertThrows(DbException.class, () -> await(db.send(command)));
        assertEquals(ErrorCode.INVALID_REQUEST, error.code(), error.getMessage());
    }
}
