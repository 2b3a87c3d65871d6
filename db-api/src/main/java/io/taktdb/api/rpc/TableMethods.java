package io.taktdb.api.rpc;

import static io.taktdb.api.rpc.RpcParam.array;
import static io.taktdb.api.rpc.RpcParam.filter;
import static io.taktdb.api.rpc.RpcParam.flag;
import static io.taktdb.api.rpc.RpcParam.id;
import static io.taktdb.api.rpc.RpcParam.integer;
import static io.taktdb.api.rpc.RpcParam.optionalText;
import static io.taktdb.api.rpc.RpcParam.record;
import static io.taktdb.api.rpc.RpcParam.records;
import static io.taktdb.api.rpc.RpcParam.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.api.http.Query;
import io.taktdb.api.http.Role;
import io.taktdb.api.json.JsonSlice;
import io.taktdb.api.json.RecordCommands;
import io.taktdb.api.json.RecordReplies;
import io.taktdb.api.json.RecordWriter;
import io.taktdb.api.push.PushFromJson;
import io.taktdb.api.push.PushReply;
import io.taktdb.api.query.RecordPage;
import io.taktdb.api.query.RecordQuery;
import io.taktdb.api.transaction.Transaction;
import io.taktdb.api.transaction.TransactionReader;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.table.RowFilter;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The methods {@code table.*} and {@code transaction.run}: what the REST routes of records do, with the same errors.
 */
final class TableMethods {
    private static final String RECORD = "{\"type\":\"object\",\"required\":[\"id\"]}";
    private static final String RECORD_OR_RECORDS = "{\"type\":[\"object\",\"array\"]}";

    private final TaktDb db;

    TableMethods(final TaktDb db) {
        this.db = db;
    }

    List<BuiltInMethod> methods() {
        final List<BuiltInMethod> methods = new ArrayList<>(reading());
        methods.addAll(writing());
        return methods;
    }

    private List<BuiltInMethod> reading() {
        return List.of(
                new BuiltInMethod(
                        "table.get",
                        Role.READ,
                        "Reads one record.",
                        List.of(text("table"), id("id", true), optionalText("fields")),
                        RECORD,
                        this::get),
                new BuiltInMethod(
                        "table.query",
                        Role.READ,
                        "Reads records that fulfil all conditions, by id or in another order.",
                        List.of(
                                text("table"),
                                integer("limit"),
                                integer("offset"),
                                id("after", false),
                                optionalText("fields"),
                                filter(),
                                optionalText("order"),
                                flag("explain")),
                        "{\"type\":\"object\",\"required\":[\"total\",\"records\"]}",
                        this::query));
    }

    private List<BuiltInMethod> writing() {
        return List.of(
                new BuiltInMethod(
                        "table.insert",
                        Role.WRITE,
                        "Inserts a record, or all or none of an array; answers what is stored.",
                        List.of(text("table"), records("record")),
                        RECORD_OR_RECORDS,
                        this::insert),
                new BuiltInMethod(
                        "table.update",
                        Role.WRITE,
                        "Merges a patch into a record; absent fields stay.",
                        List.of(text("table"), id("id", true), record("record")),
                        RECORD,
                        (call, params) -> update(call, params, RecordCommands::merge)),
                new BuiltInMethod(
                        "table.upsert",
                        Role.WRITE,
                        "Replaces the record of an id, or inserts it.",
                        List.of(text("table"), id("id", true), record("record")),
                        RECORD,
                        (call, params) -> update(call, params, RecordCommands::upsert)),
                new BuiltInMethod(
                        "table.delete",
                        Role.WRITE,
                        "Deletes the record of an id, or all that fulfil the conditions.",
                        List.of(text("table"), id("id", false), filter()),
                        "{\"type\":\"object\",\"required\":[\"deleted\"]}",
                        this::delete),
                new BuiltInMethod(
                        "table.push",
                        Role.WRITE,
                        "Inserts objects of any shape; makes the table and its columns as needed.",
                        List.of(text("table"), records("records")),
                        "{\"type\":\"object\",\"required\":[\"ids\",\"table\",\"created\",\"added\",\"widened\"]}",
                        this::push),
                new BuiltInMethod(
                        "transaction.run",
                        Role.WRITE,
                        "Does all operations in one commit, or none.",
                        List.of(array("operations")),
                        "{\"type\":\"object\",\"required\":[\"results\"]}",
                        this::run));
    }

    private TableSchema table(final RpcParams params) throws IOException {
        final String name = params.text("table", "");
        try (Lease lease = db.lease()) {
            return lease.state().schema().requireTable(name);
        }
    }

    private void insert(final RpcCall call, final RpcParams params) throws IOException {
        final TableSchema table = table(params);
        final JsonSlice record = params.value("record");
        final boolean isArray = record.token() == JsonToken.START_ARRAY;
        try (JsonParser parser = record.parser()) {
            call.submit(
                    RecordCommands.insert(parser, table),
                    (json, done) -> RecordReplies.write(json, done, table.id(), JsonStyle.PLAIN, isArray));
        }
    }

    private void get(final RpcCall call, final RpcParams params) throws IOException {
        final String name = params.text("table", "");
        final long id = params.id("id");
        final String fields = params.text("fields", null);
        try (Lease lease = db.lease()) {
            final State state = lease.state();
            final TableState table = state.table(name);
            final int[] positions = RecordQuery.positions(fields, table.schema());
            final RecordWriter writer = new RecordWriter(table.schema(), JsonStyle.PLAIN);
            call.reply(
                    state.tick(),
                    state.commit(),
                    (json, target) -> writer.write(json, table.reader().require(id), positions));
        }
    }

    private void query(final RpcCall call, final RpcParams params) throws IOException {
        limit(params);
        offset(params);
        if (isHeavy(params)) {
            call.offload(() -> writePage(call, params));
        } else {
            writePage(call, params);
        }
    }

    private boolean isHeavy(final RpcParams params) throws IOException {
        final String name = params.text("table", "");
        try (Lease lease = db.lease()) {
            final TableState table = lease.state().table(name);
            return query(params, table.schema()).isHeavy(table);
        }
    }

    private static int limit(final RpcParams params) {
        return (int) params.number("limit", 1, RecordQuery.MAX_LIMIT, RecordQuery.DEFAULT_LIMIT);
    }

    private static long offset(final RpcParams params) {
        return params.number("offset", 0, Long.MAX_VALUE, 0);
    }

    private static RecordQuery query(final RpcParams params, final TableSchema table) throws IOException {
        final RecordQuery query = new RecordQuery(table);
        params.filters("filter", table).forEach(query::where);
        return query.orderBy(params.text("order", null))
                .page(limit(params), offset(params))
                .after(params.id("after"))
                .fields(params.text("fields", null));
    }

    private void writePage(final RpcCall call, final RpcParams params) throws IOException {
        final String name = params.text("table", "");
        final boolean explain = params.flag("explain");
        try (Lease lease = db.lease()) {
            final State state = lease.state();
            final TableState table = state.table(name);
            final RecordQuery query = query(params, table.schema());
            call.reply(state.tick(), state.commit(), (json, target) -> {
                json.writeStartObject();
                json.writeNumberField("total", query.total(table));
                if (explain) {
                    json.writeStringField("plan", query.explain(table));
                }
                json.writeFieldName("records");
                new RecordPage(table, query).write(json, target);
                json.writeEndObject();
            });
        }
    }

    /** How a value becomes the update of one record. */
    private interface Update {
        CommandWriter command(JsonParser parser, TableSchema table, long id);
    }

    private void update(final RpcCall call, final RpcParams params, final Update update) throws IOException {
        final TableSchema table = table(params);
        final long id = params.id("id");
        try (JsonParser parser = params.value("record").parser()) {
            call.submit(
                    update.command(parser, table, id),
                    (json, done) -> RecordReplies.write(json, done, table.id(), JsonStyle.PLAIN, false));
        }
    }

    private void delete(final RpcCall call, final RpcParams params) throws IOException {
        final TableSchema table = table(params);
        final Long id = params.id("id");
        final List<RowFilter> filters = params.filters("filter", table);
        if (id == null == filters.isEmpty()) {
            throw Query.fault("table.delete takes an id or a filter; send one of them", "id");
        }
        final CommandWriter command =
                id == null ? RecordCommands.deleteWhere(table, filters) : RecordCommands.delete(table, id);
        call.submit(command, (json, done) -> {
            json.writeStartObject();
            json.writeNumberField("deleted", id == null ? (Long) done.result() : 1);
            json.writeEndObject();
        });
    }

    private void push(final RpcCall call, final RpcParams params) throws IOException {
        final String collection = params.text("table", "");
        try (JsonParser parser = params.value("records").parser()) {
            call.submit(
                    new PushFromJson().read(parser, collection),
                    (json, done) -> PushReply.write(json, done, collection, JsonStyle.PLAIN));
        }
    }

    private void run(final RpcCall call, final RpcParams params) throws IOException {
        final Transaction transaction = TransactionReader.read(db, call.client(), params.array("operations"));
        call.submit(transaction.command(), (json, done) -> transaction.writeResults(json, done, JsonStyle.PLAIN));
    }
}
