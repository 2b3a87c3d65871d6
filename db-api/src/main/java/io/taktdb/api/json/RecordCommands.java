package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.core.table.RowFilter;
import io.taktdb.runtime.command.CommandOp;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.RowFromJson;
import io.taktdb.types.json.RowMode;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.TableSchema;
import java.nio.ByteOrder;
import java.util.List;

/** From JSON records to the commands that write them. Threading: any; scratch objects are kept per thread. */
public final class RecordCommands {
    /** INSERT: op u8, tableId i32, then the number of rows. */
    private static final int INSERT_ROWS_OFFSET = 1 + Integer.BYTES;

    private static final ThreadLocal<RowFromJson> ROWS = ThreadLocal.withInitial(RowFromJson::new);

    private RecordCommands() {}

    /**
     * INSERT of a record, or of an array of records.
     *
     * @param parser on the value's first token; on its last one afterwards
     * @throws io.taktdb.types.error.DbException SCHEMA_MISMATCH naming all faults of all records, INVALID_JSON
     */
    public static CommandWriter insert(final JsonParser parser, final TableSchema table) {
        final CommandWriter command = new CommandWriter();
        insert(parser, table, command);
        return command;
    }

    /** The same at the end of a command that has begun. */
    public static void insert(final JsonParser parser, final TableSchema table, final CommandWriter command) {
        final int start = command.length();
        command.beginInsert(table.id(), 1);
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            insertRow(parser, table, command, null);
            return;
        }
        final JsonFaults faults = new JsonFaults();
        int rows = 0;
        while (StrictJson.next(parser) != JsonToken.END_ARRAY) {
            faults.atRecord(rows++);
            insertRow(parser, table, command, faults);
        }
        faults.throwIfAny("table=" + table.name());
        command.buffer().putInt(start + INSERT_ROWS_OFFSET, rows, ByteOrder.LITTLE_ENDIAN);
    }

    private static void insertRow(
            final JsonParser parser, final TableSchema table, final CommandWriter command, final JsonFaults faults) {
        final RowFromJson rows = ROWS.get();
        final int head = command.length();
        if (faults == null) {
            rows.read(parser, table, RowMode.INSERT, 0, command.beginRow(false, 0));
        } else {
            rows.read(parser, table, RowMode.INSERT, 0, command.beginRow(false, 0), faults);
        }
        command.endRow();
        if (rows.hasId()) {
            command.buffer().putByte(head, (byte) 1);
            command.buffer().putLong(head + 1, rows.id(), ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** REPLACE of one record, at the end of a command that has begun. */
    public static void replace(
            final JsonParser parser, final TableSchema table, final long id, final CommandWriter command) {
        update(parser, table, id, CommandOp.REPLACE, RowMode.REPLACE, command);
    }

    /** MERGE of a patch into one record. */
    public static CommandWriter merge(final JsonParser parser, final TableSchema table, final long id) {
        return update(parser, table, id, CommandOp.MERGE, RowMode.MERGE);
    }

    /** UPSERT of one record. */
    public static CommandWriter upsert(final JsonParser parser, final TableSchema table, final long id) {
        return update(parser, table, id, CommandOp.UPSERT, RowMode.REPLACE);
    }

    private static CommandWriter update(
            final JsonParser parser, final TableSchema table, final long id, final byte op, final RowMode mode) {
        final CommandWriter command = new CommandWriter();
        update(parser, table, id, op, mode, command);
        return command;
    }

    private static void update(
            final JsonParser parser,
            final TableSchema table,
            final long id,
            final byte op,
            final RowMode mode,
            final CommandWriter command) {
        final int start = command.length();
        final RowFromJson rows = ROWS.get();
        command.beginUpdate(op, table.id(), id);
        rows.read(parser, table, mode, id, command.row());
        command.endRow();
        if (rows.hasPatch()) {
            command.buffer().putByte(start, CommandOp.MERGE_PATCH);
        }
    }

    /** MERGE at the end of a command that has begun. */
    public static void merge(
            final JsonParser parser, final TableSchema table, final long id, final CommandWriter command) {
        update(parser, table, id, CommandOp.MERGE, RowMode.MERGE, command);
    }

    /** UPSERT at the end of a command that has begun. */
    public static void upsert(
            final JsonParser parser, final TableSchema table, final long id, final CommandWriter command) {
        update(parser, table, id, CommandOp.UPSERT, RowMode.REPLACE, command);
    }

    /** DELETE of one record. */
    public static CommandWriter delete(final TableSchema table, final long id) {
        final CommandWriter command = new CommandWriter(32);
        command.putDelete(table.id(), id);
        return command;
    }

    /** DELETE_WHERE of the records that fulfil all conditions. */
    public static CommandWriter deleteWhere(final TableSchema table, final List<RowFilter> filters) {
        final CommandWriter command = new CommandWriter(128);
        command.putDeleteWhere(table, filters);
        return command;
    }

    /** CLEAR of a table. */
    public static CommandWriter clear(final TableSchema table) {
        final CommandWriter command = new CommandWriter(32);
        command.putClear(table.id());
        return command;
    }
}
