package io.taktdb.runtime.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.value.ValueKind;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Relations through commands and procedures: checked when the whole command is done. */
class RelationCommandsTest {
    private TaktDb db;

    /** Parameters of the procedures. */
    record One(long id) {}

    /** Result of the procedures. */
    record Count(long rows) {}

    /** Users that posts refer to. */
    private static final class Forum implements WorldModule {
        @Override
        public String name() {
            return "forum";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("users", FieldSpec.of("boss", "u64").asOptional()));
            world.table(CreateTable.of("posts", FieldSpec.of("user", "u64").asOptional()));
            world.onCreate(ctx -> {
                for (int i = 1; i <= 3; i++) {
                    ctx.table("users").insert(ctx.table("users").draft());
                    ctx.table("posts").insert(ctx.table("posts").draft().set("user", i));
                }
            });
            world.procedure("remove", "Deletes a user.", One.class, Count.class, (ctx, p) -> {
                ctx.table("users").delete(p.id());
                return new Count(ctx.table("posts").rowCount());
            });
            world.procedure("refer", "Lets a post refer to any user.", One.class, Count.class, (ctx, p) -> {
                ctx.table("posts").edit(1).setLong(0, p.id());
                return new Count(1);
            });
        }
    }

    @BeforeEach
    void open() {
        db = TaktDb.open(TaktConfig.inMemory(new Forum()));
    }

    @AfterEach
    void close() {
        db.close();
    }

    private void relate(final OnDelete onDelete) {
        final SchemaChange change = new CreateRelation("posts", "user", "users", onDelete);
        final CommandWriter command = new CommandWriter();
        command.putSchema(SchemaJson.changesToBytes(List.of(change)));
        db.send(command).join();
    }

    private static CommandWriter call(final String procedure, final long id) {
        final CommandWriter command = new CommandWriter();
        command.beginCall(procedure);
        command.row().field(0).putScalar(ValueKind.I64, id);
        command.endRow();
        return command;
    }

    private DbException refused(final CommandWriter command) {
        final CompletionException error =
                assertThrows(CompletionException.class, () -> db.send(command).join());
        final DbException refusal = assertInstanceOf(DbException.class, error.getCause());
        assertEquals(ErrorCode.CONFLICT, refusal.code(), refusal.getMessage());
        return refusal;
    }

    private long rows(final String table) {
        try (Lease lease = db.lease()) {
            return lease.state().table(table).rowCount();
        }
    }

    private int id(final String table) {
        try (Lease lease = db.lease()) {
            return lease.state().schema().requireTable(table).id();
        }
    }

    @Test
    @Tag("pr_2:test_procedure_with_relation_updates")
    void shouldTakeAlongPostsWhenAProcedureDeletesTheirUser() {
        relate(OnDelete.CASCADE);
        assertEquals(new Count(2), db.send(call("remove", 2)).join().result());
        assertEquals(2, rows("users"));
        assertEquals(2, rows("posts"));
    }

    @Test
    void shouldTakeBackTheCallWhenAProcedureDeletesWhoIsReferredTo() {
        relate(OnDelete.RESTRICT);
        final String message = refused(call("remove", 2)).getMessage();
        assertTrue(message.contains("first ids=[2]"), message);
        assertEquals(3, rows("users"));
    }

    @Test
    void shouldTakeBackTheCallWhenItLeavesADanglingReference() {
        relate(OnDelete.SET_NULL);
        final String message = refused(call("refer", 77)).getMessage();
        assertTrue(message.contains("value=77"), message);
        db.send(call("refer", 3)).join();
        assertEquals(new Count(3), db.send(call("remove", 3)).join().result());
        try (Lease lease = db.lease()) {
            assertTrue(lease.state().table("posts").reader().require(1).isNull(0));
        }
    }

    @Test
    void shouldRefuseDeletesAndInsertsThatBreakARelation() {
        relate(OnDelete.RESTRICT);
        final CommandWriter delete = new CommandWriter();
        delete.putDelete(id("users"), 1);
        refused(delete);
        final CommandWriter clear = new CommandWriter();
        clear.putClear(id("users"));
        refused(clear);
        final CommandWriter insert = new CommandWriter();
        insert.beginInsert(id("posts"), 1);
        insert.beginRow(false, 0).field(1).putScalar(ValueKind.U64, 9);
        insert.endRow();
        refused(insert);
        assertEquals(3, rows("posts"));
    }

    @Test
    void shouldCheckABatchAsAWhole() {
        relate(OnDelete.RESTRICT);
        final CommandWriter batch = new CommandWriter();
        batch.beginBatch(2);
        batch.beginEntry();
        batch.beginInsert(id("posts"), 1);
        batch.beginRow(false, 0).field(1).putScalar(ValueKind.U64, 50);
        batch.endRow();
        batch.endEntry();
        batch.beginEntry();
        batch.beginInsert(id("users"), 1);
        batch.beginRow(true, 50);
        batch.endRow();
        batch.endEntry();
        db.send(batch).join();
        assertEquals(4, rows("posts"));
        assertEquals(4, rows("users"));
    }
}
