package io.taktdb.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.command.CommandOp;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.PushResult;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine through its embedded door: commands in, replies and leased states out. */
class TaktDbTest {
    private TaktDb db;

    @BeforeEach
    void open() {
        db = TaktDb.open(TaktConfig.inMemory(new Bank()));
    }

    @AfterEach
    void close() {
        db.close();
        assertFalse(db.isRunning());
    }

    @Test
    @Tag("pr_2:test_procedure_success_auto_commit")
    @Tag("pr_2:test_procedure_return_value_preserved")
    @Tag("pr_1:procedure_execution_with_parameters")
    void shouldCommitBothRowsWhenProcedureSucceeds() throws Exception {
        final Submission done = await(transfer(1, 2, 30));
        assertEquals(new Bank.Balance(70, 130), done.result());
        try (Lease lease = db.lease()) {
            assertTrue(lease.state().commit() >= done.commit());
            assertEquals(70, balance(lease, 1));
            assertEquals(130, balance(lease, 2));
        }
    }

    @Test
    @Tag("pr_2:test_procedure_panic_rollback")
    @Tag("pr_2:test_partial_success_rollback")
    @Tag("pr_1:procedure_panic_handling")
    @Tag("mi_3:test_procedure_transaction")
    @Tag("ao_2:test_procedure_transaction_logging")
    @Tag("rc_3:test_update_rollback_on_panic")
    void shouldTakeBackEverythingWhenProcedureThrows() {
        final DbException error = refusal(transfer(1, 2, 101));
        assertEquals(ErrorCode.PROCEDURE_FAILED, error.code());
        assertTrue(error.getMessage().contains("overdrawn: balance=-1"), error.getMessage());
        try (Lease lease = db.lease()) {
            assertEquals(100, balance(lease, 1));
            assertEquals(100, balance(lease, 2));
        }
    }

    @Test
    @Tag("pr_2:test_panic_recovery_clean_state")
    void shouldGoOnWhenProcedureOverflowsTheStack() throws Exception {
        final CommandWriter call = new CommandWriter();
        call.beginCall("recurse");
        putTransfer(call, 1, 2, 1);
        assertEquals(ErrorCode.PROCEDURE_FAILED, refusal(call).code());
        assertEquals(new Bank.Balance(99, 101), await(transfer(1, 2, 1)).result());
    }

    @Test
    void shouldKnowTimeAndTickWhenCalledBeforeFirstPeriodEnds() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (TaktDb fresh = TaktDb.open(TaktConfig.inMemory(new Bank()))) {
                final CommandWriter call = new CommandWriter();
                call.beginCall("time");
                putTransfer(call, 1, 2, 1);
                final Object result = fresh.send(call).get(10, TimeUnit.SECONDS).result();
                final Bank.Moment moment = assertInstanceOf(Bank.Moment.class, result);
                assertTrue(moment.tick() >= 1 && moment.timeMicros() > 1_600_000_000_000_000L, moment.toString());
            }
        }
    }

    @Test
    void shouldNameNearestProcedureWhenUnknown() {
        final CommandWriter call = new CommandWriter();
        call.beginCall("transfre");
        putTransfer(call, 1, 2, 1);
        final DbException error = refusal(call);
        assertEquals(ErrorCode.PROCEDURE_NOT_FOUND, error.code());
        assertTrue(error.getMessage().contains("did you mean transfer?"), error.getMessage());
    }

    @Test
    @Tag("ao_1:test_create_atomic_success")
    @Tag("ao_1:test_update_atomic_success")
    @Tag("ao_1:test_delete_atomic_success")
    void shouldInsertReplaceMergeAndDeleteWhenCommanded() throws Exception {
        final int table = schemaTable("account");
        final CommandWriter insert = new CommandWriter();
        insert.beginInsert(table, 1);
        insert.beginRow(false, 0).field(1).putScalar((byte) 4, 7).field(2).putString("a longer owner name than twelve");
        insert.endRow();
        final Submission inserted = await(insert);
        final long id = inserted.reply().getLong(0, java.nio.ByteOrder.LITTLE_ENDIAN);
        assertEquals(101, id);
        final CommandWriter merge = new CommandWriter();
        merge.beginUpdate(CommandOp.MERGE, table, id);
        merge.row().field(1).putScalar((byte) 4, 8);
        merge.endRow();
        await(merge);
        try (Lease lease = db.lease()) {
            final RowReader row = lease.state().table("account").reader().require(id);
            assertEquals(8, row.getInt(0));
            assertEquals("a longer owner name than twelve", row.getString(1));
        }
        final CommandWriter delete = new CommandWriter();
        delete.putDelete(table, id);
        await(delete);
        final CommandWriter again = new CommandWriter();
        again.putDelete(table, id);
        assertEquals(ErrorCode.RECORD_NOT_FOUND, refusal(again).code());
    }

    @Test
    void shouldMakeAndWidenColumnsWhenPushed() throws Exception {
        final CommandWriter first = new CommandWriter();
        first.beginPush("item", List.of("name", "size"), 2);
        pushRow(first, "stone", ValueKind.I64, 64);
        pushRow(first, "a rather long name for an item", ValueKind.I64, Long.MAX_VALUE);
        final PushResult result =
                assertInstanceOf(PushResult.class, await(first).result());
        assertTrue(result.createdTable());
        assertEquals("i64", result.added().get(1).type());
        final CommandWriter second = new CommandWriter();
        second.beginPush("item", List.of("name", "size"), 1);
        pushRow(second, "feather", ValueKind.F64, Double.doubleToLongBits(0.5));
        final PushResult widened =
                assertInstanceOf(PushResult.class, await(second).result());
        assertEquals(List.of(new PushResult.Column("size", "string", "i64")), widened.widened());
        try (Lease lease = db.lease()) {
            final TableState items = lease.state().table("item");
            final RowReader row = items.reader();
            assertEquals(
                    "9223372036854775807",
                    row.require(2).getString(items.schema().indexOf("size")));
            assertEquals("0.5", row.require(3).getString(items.schema().indexOf("size")));
            assertEquals("a rather long name for an item", row.require(2).getString(0));
        }
    }

    @Test
    void shouldCommitAllOrNothingWhenBatchFails() {
        final int table = schemaTable("account");
        final CommandWriter batch = new CommandWriter();
        batch.beginBatch(2);
        batch.beginEntry();
        batch.putDelete(table, 5);
        batch.endEntry();
        batch.beginEntry();
        batch.putDelete(table, 5000);
        batch.endEntry();
        final DbException error = refusal(batch);
        assertEquals(ErrorCode.RECORD_NOT_FOUND, error.code());
        assertEquals(1, error.attributes().get("operation"));
        try (Lease lease = db.lease()) {
            assertTrue(lease.state().table("account").rowOf(5) >= 0);
        }
    }

    @Test
    void shouldRefuseCommandsWhenStopped() {
        db.stop();
        final DbException error = assertThrows(DbException.class, () -> db.send(transfer(1, 2, 1)));
        assertEquals(ErrorCode.UNAVAILABLE, error.code());
    }

    private static void pushRow(final CommandWriter push, final String name, final byte kind, final long bits) {
        final RowWriter row = push.beginRow(false, 0);
        row.field(0).putString(name).field(1).putScalar(kind, bits);
        push.endRow();
    }

    private int schemaTable(final String name) {
        try (Lease lease = db.lease()) {
            return lease.state().schema().requireTable(name).id();
        }
    }

    private static int balance(final Lease lease, final long id) {
        return lease.state().table("account").reader().require(id).getInt(0);
    }

    private static CommandWriter transfer(final long from, final long to, final int amount) {
        final CommandWriter call = new CommandWriter();
        call.beginCall("transfer");
        putTransfer(call, from, to, amount);
        return call;
    }

    private static void putTransfer(final CommandWriter call, final long from, final long to, final int amount) {
        call.row()
                .field(0)
                .putScalar(ValueKind.I64, from)
                .field(1)
                .putScalar(ValueKind.I64, to)
                .field(2)
                .putScalar((byte) 4, amount);
        call.endRow();
    }

    private Submission await(final CommandWriter command) throws Exception {
        return db.send(command).get(10, TimeUnit.SECONDS);
    }

    private DbException refusal(final CommandWriter command) {
        final ExecutionException thrown = assertThrows(ExecutionException.class, () -> await(command));
        return assertInstanceOf(DbException.class, thrown.getCause());
    }

    @Test
    void shouldChangeSchemaWhenCommanded() throws Exception {
        final CommandWriter change = new CommandWriter();
        change.putSchema(SchemaJson.changesToBytes(List.of(
                new SchemaChange.AddField("account", FieldSpec.of("level", "u8").withDefault("3")),
                SchemaChange.CreateTable.of("log", FieldSpec.of("line", "string")))));
        final Submission done = await(change);
        assertEquals(2, done.schema().tables().size());
        try (Lease lease = db.lease()) {
            final TableState accounts = lease.state().table("account");
            assertEquals(
                    3, accounts.reader().require(77).getInt(accounts.schema().indexOf("level")));
            assertEquals("owner number 76", accounts.reader().require(77).getString(1));
        }
    }
}
