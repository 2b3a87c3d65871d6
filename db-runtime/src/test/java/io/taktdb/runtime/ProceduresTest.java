package io.taktdb.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.procedure.ProcedureInfo;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.value.ValueKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Procedures: how they come in, what they may do, and what is left when they fail. */
class ProceduresTest {
    /** How a procedure ends. */
    record Ending(long how) {}

    /** No parameters. */
    record None() {}

    @TempDir
    private static Path folder;

    private TaktDb db;

    /** A ledger whose procedure writes twice and then ends in one of many ways. */
    private static final class Ledger implements WorldModule {
        private long calls;

        @Override
        public String name() {
            return "ledger";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("line", FieldSpec.of("n", "i64")));
            world.procedure("ledger.end", "Writes, then ends so.", Ending.class, Long.class, (ctx, p) -> {
                final ProcedureTable lines = ctx.table("line");
                final long first = lines.insert(lines.draft().set("n", 1));
                lines.edit(first).setLong(lines.field("n"), 2);
                final long second = lines.insert(lines.draft().set("n", 3));
                assertEquals(2, lines.edit(first).read().getLong(lines.field("n")), "its own writes show");
                lines.delete(second);
                assertFalse(lines.exists(second));
                touch(p.how());
                return end(p.how(), lines);
            });
            world.procedure("ledger.count", "How often it was called.", None.class, Long.class, (ctx, p) -> ++calls);
            world.procedure("ledger.none", "Gives nothing.", None.class, Void.class, (ctx, p) -> null);
        }

        private static void touch(final long how) {
            try {
                Files.writeString(folder.resolve("touched"), "by ending " + how);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static long end(final long how, final ProcedureTable lines) {
            return switch ((int) how) {
                case 0 -> lines.rowCount();
                case 1 -> throw new IllegalStateException("thrown");
                case 2 -> List.of(how).get((int) how);
                case 3 -> lines.schema().field("none").id();
                case 4 -> throw new DbException(ErrorCode.CONFLICT, "refused by the module");
                case 5 -> throw new AssertionError("an error");
                case 6 -> end(how, lines) + 1;
                default -> lines.edit(4711).read().getLong(0);
            };
        }
    }

    @BeforeEach
    void open() {
        db = TaktDb.open(TaktConfig.inMemory(new Ledger()));
    }

    @AfterEach
    void close() {
        db.close();
    }

    private Object call(final String name, final Long how) throws Exception {
        final CommandWriter call = new CommandWriter();
        call.beginCall(name);
        if (how == null) {
            call.row();
        } else {
            call.row().field(0).putScalar(ValueKind.I64, how);
        }
        call.endRow();
        try {
            final Submission done = db.send(call).get(60, TimeUnit.SECONDS);
            return done.result();
        } catch (final ExecutionException e) {
            throw assertInstanceOf(DbException.class, e.getCause());
        }
    }

    private long rows() {
        try (Lease lease = db.lease()) {
            return lease.state().table("line").rowCount();
        }
    }

    @Test
    @Tag("pr_2:test_procedure_with_crud_operations")
    @Tag("pr_1:procedure_return_values")
    @Tag("pr_1:register_procedure_transaction_context")
    void shouldCommitWhatItInsertedChangedAndDeleted() throws Exception {
        assertEquals(1L, call("ledger.end", 0L));
        assertEquals(1, rows());
        assertEquals(2L, call("ledger.end", 0L));
        assertNull(call("ledger.none", null));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7})
    @Tag("pr_2:test_procedure_error_types")
    @Tag("pr_2:test_procedure_memory_safety")
    @Tag("el_2:test_custom_procedure_handler_registration")
    void shouldLeaveNothingWhateverItFailsBy(final long how) throws Exception {
        final DbException error = assertThrows(DbException.class, () -> call("ledger.end", how));
        assertEquals(
                how == 4 ? ErrorCode.CONFLICT : how == 7 ? ErrorCode.RECORD_NOT_FOUND : ErrorCode.PROCEDURE_FAILED,
                error.code(),
                error.getMessage());
        assertEquals(0, rows());
        assertEquals(1L, call("ledger.end", 0L), "the next one works at once");
    }

    @Test
    @Tag("pr_2:test_procedure_with_side_effects")
    void shouldNotTakeBackWhatHappenedOutside() throws IOException {
        assertThrows(DbException.class, () -> call("ledger.end", 1L));
        assertEquals("by ending 1", Files.readString(folder.resolve("touched")));
        assertEquals(0, rows());
    }

    @Test
    @Tag("pr_1:register_procedure_with_closure")
    @Tag("pr_1:procedure_registry_persistence")
    void shouldKeepItsModuleAcrossCallsAndSchemaChanges() throws Exception {
        assertEquals(1L, call("ledger.count", null));
        final CommandWriter change = new CommandWriter();
        change.putSchema(io.taktdb.types.json.SchemaJson.changesToBytes(List.of(CreateTable.of("other"))));
        db.send(change).get(60, TimeUnit.SECONDS);
        assertEquals(2L, call("ledger.count", null));
    }

    @Test
    @Tag("pr_1:list_registered_procedures")
    @Tag("pr_1:register_procedure_basic")
    void shouldListProceduresInTheirOrderWithTheirParameters() {
        assertEquals(
                List.of("ledger.end", "ledger.count", "ledger.none"),
                db.procedures().stream().map(ProcedureInfo::name).toList());
        final ProcedureInfo end = db.procedure("ledger.end");
        assertEquals("Writes, then ends so.", end.description());
        assertEquals("how", end.parameters().get(0).name());
        assertNull(db.procedure("ledger.nothing"));
        assertEquals(List.of(), new Registry().procedures());
    }

    @Test
    @Tag("pr_1:register_procedure_duplicate_name")
    void shouldRefuseASecondProcedureOfTheName() {
        final Registry registry = new Registry();
        registry.procedure("a", "First.", None.class, Long.class, (ctx, p) -> 1L);
        final DbException error = assertThrows(
                DbException.class, () -> registry.procedure("a", "Second.", None.class, Long.class, (ctx, p) -> 2L));
        assertEquals(ErrorCode.ALREADY_EXISTS, error.code());
        assertEquals("First.", registry.procedure("a").info().description());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1a", "a b", "a-b", "rpc.x", "ä", ".a"})
    @Tag("pr_1:procedure_name_validation")
    void shouldRefuseNamesThatAreNone(final String name) {
        final Registry registry = new Registry();
        final DbException error = assertThrows(
                DbException.class, () -> registry.procedure(name, "", None.class, Long.class, (ctx, p) -> 1L));
        assertEquals(ErrorCode.INVALID_NAME, error.code(), error.getMessage());
        assertTrue(registry.procedures().isEmpty());
    }
}
