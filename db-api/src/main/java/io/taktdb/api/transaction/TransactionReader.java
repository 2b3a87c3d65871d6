package io.taktdb.api.transaction;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.api.json.JsonMembers;
import io.taktdb.api.json.JsonSlice;
import io.taktdb.api.json.ProcedureCall;
import io.taktdb.api.json.RecordCommands;
import io.taktdb.api.query.FilterReader;
import io.taktdb.api.transaction.Operation.Kind;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowFilter;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.procedure.Client;
import io.taktdb.runtime.procedure.ProcedureInfo;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * From a list of operations to one BATCH command.
 *
 * <pre>
 *   {insert: {table, record}}      record: an object, or an array of them
 *   {update: {table, id, record}}  merges
 *   {upsert: {table, id, record}}  replaces or inserts
 *   {delete: {table, id}}          or {table, filter}
 *   {call:   {procedure, params}}
 * </pre>
 *
 * Errors carry the attribute {@code operation}: the index of the one at fault. Threading: one thread, one use.
 */
public final class TransactionReader {
    /** The most operations of one transaction. */
    public static final int MAX_OPERATIONS = 10_000;

    private static final List<String> KINDS = List.of("insert", "update", "upsert", "delete", "call");
    private static final String TABLE = "table";
    private static final String RECORD = "record";
    private static final String ID = "id";
    private static final String FILTER = "filter";

    private final TaktDb db;
    private final Schema schema;
    private final CommandWriter command = new CommandWriter(1024);
    private final List<Operation> operations = new ArrayList<>();

    private TransactionReader(final TaktDb db, final Schema schema) {
        this.db = db;
        this.schema = schema;
    }

    /**
     * Reads the operations.
     *
     * @param client who calls, as procedures are told
     * @param list an array
     * @throws DbException SCHEMA_MISMATCH, TABLE_NOT_FOUND, PROCEDURE_NOT_FOUND, INVALID_JSON; LIMIT_EXCEEDED
     */
    public static Transaction read(final TaktDb db, final Client client, final JsonSlice list) throws IOException {
        final Schema schema;
        try (Lease lease = db.lease()) {
            schema = lease.state().schema();
        }
        final TransactionReader reader = new TransactionReader(db, schema);
        reader.command.putAs(client);
        return reader.readAll(list);
    }

    private Transaction readAll(final JsonSlice list) throws IOException {
        final List<JsonSlice> slices = slices(list);
        command.beginBatch(slices.size());
        for (int i = 0; i < slices.size(); i++) {
            command.beginEntry();
            try {
                operations.add(read(slices.get(i), "operations[" + i + ']'));
            } catch (final DbException e) {
                throw e.with("operation", i);
            }
            command.endEntry();
        }
        return new Transaction(command, operations);
    }

    private static List<JsonSlice> slices(final JsonSlice list) throws IOException {
        final List<JsonSlice> slices = new ArrayList<>();
        try (JsonParser parser = list.parser()) {
            while (StrictJson.next(parser) != JsonToken.END_ARRAY) {
                if (slices.size() == MAX_OPERATIONS) {
                    throw new DbException(
                                    ErrorCode.LIMIT_EXCEEDED,
                                    "too many operations in one transaction: limit=" + MAX_OPERATIONS
                                            + "; send several transactions")
                            .with("limit", MAX_OPERATIONS);
                }
                slices.add(list.within(parser));
            }
            StrictJson.requireEnd(parser);
        }
        return slices;
    }

    private Operation read(final JsonSlice slice, final String path) throws IOException {
        final JsonMembers kind = JsonMembers.of(slice, path, KINDS);
        if (kind.names().size() != 1) {
            throw kind.fault("", "object with exactly one of " + String.join(", ", KINDS), slice);
        }
        final String name = kind.names().get(0);
        final JsonSlice value = kind.value(name);
        final String where = path + '.' + name;
        return switch (name) {
            case "insert" -> insert(JsonMembers.of(value, where, List.of(TABLE, RECORD)));
            case "delete" -> delete(JsonMembers.of(value, where, List.of(TABLE, ID, FILTER)));
            case "call" -> call(JsonMembers.of(value, where, List.of("procedure", "params")));
            default -> update(name, JsonMembers.of(value, where, List.of(TABLE, ID, RECORD)));
        };
    }

    private Operation insert(final JsonMembers members) throws IOException {
        final TableSchema table = schema.requireTable(members.text(TABLE));
        final JsonSlice record = members.required(RECORD, "object, or array of objects");
        try (JsonParser parser = record.parser()) {
            RecordCommands.insert(parser, table, command);
        }
        return new Operation(Kind.INSERT, table.id(), record.token() == JsonToken.START_ARRAY);
    }

    private Operation update(final String name, final JsonMembers members) throws IOException {
        final TableSchema table = schema.requireTable(members.text(TABLE));
        final long id = members.id(ID);
        final boolean isUpsert = "upsert".equals(name);
        try (JsonParser parser = members.required(RECORD, "object").parser()) {
            if (isUpsert) {
                RecordCommands.upsert(parser, table, id, command);
            } else {
                RecordCommands.merge(parser, table, id, command);
            }
        }
        return new Operation(isUpsert ? Kind.UPSERT : Kind.UPDATE, table.id(), false);
    }

    private Operation delete(final JsonMembers members) throws IOException {
        final TableSchema table = schema.requireTable(members.text(TABLE));
        final JsonSlice filter = members.value(FILTER);
        if (filter == null) {
            command.putDelete(table.id(), members.id(ID));
            return new Operation(Kind.DELETE, table.id(), false);
        }
        if (members.value(ID) != null) {
            throw members.fault(FILTER, "either id or filter", filter);
        }
        try (JsonParser parser = filter.parser()) {
            final List<RowFilter> filters = FilterReader.ofObject(table, parser);
            if (filters.isEmpty()) {
                throw members.fault(FILTER, "at least one condition", filter);
            }
            command.putDeleteWhere(table, filters);
        }
        return new Operation(Kind.DELETE_WHERE, table.id(), false);
    }

    private Operation call(final JsonMembers members) throws IOException {
        final String name = members.text("procedure");
        final ProcedureInfo procedure = db.procedure(name);
        if (procedure == null) {
            throw db.procedureNotFound(name);
        }
        ProcedureCall.write(command, procedure, members.value("params"));
        return new Operation(Kind.CALL, 0, false);
    }
}
