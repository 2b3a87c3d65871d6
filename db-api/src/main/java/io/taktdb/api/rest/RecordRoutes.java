package io.taktdb.api.rest;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.api.http.Answers;
import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.EntityTags;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.Query;
import io.taktdb.api.http.RequestOptions;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.json.JsonBody;
import io.taktdb.api.json.RecordCommands;
import io.taktdb.api.json.RecordIds;
import io.taktdb.api.json.RecordReplies;
import io.taktdb.api.json.RecordTag;
import io.taktdb.api.json.RecordWriter;
import io.taktdb.api.query.RecordPage;
import io.taktdb.api.query.RecordQuery;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowFilter;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;

/** Records of one table: list, read, insert, replace, patch, delete. */
public final class RecordRoutes {
    private static final String RECORDS = "/v1/tables/{table}/records";
    private static final String ALL = "all";
    private static final List<String> CLEAR_OPTIONS = List.of(ALL, RequestOptions.ACK);
    private static final String RECORD = RECORDS + "/{id}";

    private final TaktDb db;

    public RecordRoutes(final TaktDb db) {
        this.db = db;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(RECORDS, Role.READ, this::list),
                Route.post(RECORDS, Role.WRITE, BodyRule.BULK_JSON, this::insert),
                Route.delete(RECORDS, Role.WRITE, this::clear),
                Route.get(RECORD, Role.READ, this::get),
                Route.put(RECORD, Role.WRITE, exchange -> update(exchange, RecordCommands::replace))
                        .asConditional(),
                Route.patch(RECORD, Role.WRITE, exchange -> update(exchange, RecordCommands::merge))
                        .asConditional(),
                Route.delete(RECORD, Role.WRITE, this::delete).asConditional());
    }

    private static String path(final TableSchema table) {
        return "/v1/tables/" + table.name() + "/records";
    }

    private void list(final Exchange exchange) throws IOException {
        if (isHeavy(exchange)) {
            exchange.offload(() -> writePage(exchange));
        } else {
            writePage(exchange);
        }
    }

    /** Whether the list takes long; false if it cannot be answered anyway. */
    private boolean isHeavy(final Exchange exchange) {
        try (Lease lease = db.lease()) {
            final TableState table = PathNames.table(lease.state(), exchange);
            return PageQuery.of(exchange.query(), table.schema()).isHeavy(table);
        } catch (final DbException e) {
            return false;
        }
    }

    private void writePage(final Exchange exchange) throws IOException {
        Answers.read(db, exchange, (json, state, answer) -> {
            final TableState table = PathNames.table(state, exchange);
            final RecordQuery query = PageQuery.of(exchange.query(), table.schema());
            final RecordPage page = new RecordPage(table, query);
            page.write(json, answer.content());
            answer.header("x-page-limit", Integer.toString(query.limit()));
            answer.header("x-page-offset", Long.toString(query.offset()));
            if (exchange.query().text(PageQuery.COUNT) == null
                    || exchange.query().flag(PageQuery.COUNT)) {
                answer.header("x-total-count", Long.toString(query.total(table)));
            }
            if (exchange.query().flag(PageQuery.EXPLAIN)) {
                answer.header("takt-plan", query.explain(table));
            }
            if (page.hasMore()) {
                final String next = PageQuery.next(query, page.lastId(), exchange.query());
                answer.header("link", '<' + path(table.schema()) + '?' + next + ">; rel=\"next\"");
            }
        });
    }

    private void get(final Exchange exchange) throws IOException {
        final Query query = exchange.query().only("fields", RequestOptions.INT64);
        Answers.read(db, exchange, (json, state, answer) -> {
            final TableState table = PathNames.table(state, exchange);
            final int[] positions = RecordQuery.positions(query.text("fields"), table.schema());
            final long id = RecordIds.parse(exchange.path("id"));
            final JsonStyle style = RequestOptions.style(query);
            final RowReader reader = table.reader().require(id);
            final String tag = RecordTag.of(reader, table.schema());
            answer.header("etag", tag);
            if (EntityTags.isKnown(exchange, tag)) {
                answer.notModified();
            } else {
                new RecordWriter(table.schema(), style).write(json, reader, positions);
            }
        });
    }

    private void insert(final Exchange exchange) throws IOException {
        final TableSchema table = beginWrite(exchange);
        try (JsonParser parser = JsonBody.open(exchange.body())) {
            final boolean isArray = parser.isExpectedStartArrayToken();
            final CommandWriter command = RecordCommands.insert(parser, table);
            StrictJson.requireEnd(parser);
            exchange.submit(command, done -> answerInsert(exchange, table, done, isArray));
        }
    }

    private static void answerInsert(
            final Exchange exchange, final TableSchema table, final Submission done, final boolean isArray)
            throws IOException {
        final Response answer = answer(exchange, 201, table, done, isArray);
        if (!isArray) {
            final long id = done.reply().getLong(0, ByteOrder.LITTLE_ENDIAN);
            answer.header("location", path(table) + '/' + Long.toUnsignedString(id));
        }
        exchange.respond(answer);
    }

    /** How a body becomes the update of one record. */
    private interface Update {
        void write(JsonParser parser, TableSchema table, long id, CommandWriter command);
    }

    private void update(final Exchange exchange, final Update update) throws IOException {
        final TableSchema table = beginWrite(exchange);
        final long id = RecordIds.parse(exchange.path("id"));
        final CommandWriter command = conditional(exchange, table, id);
        try (JsonParser parser = JsonBody.open(exchange.body())) {
            update.write(parser, table, id, command);
            StrictJson.requireEnd(parser);
        }
        exchange.submit(command, done -> exchange.respond(answer(exchange, 200, table, done, false)));
    }

    private void delete(final Exchange exchange) {
        final TableSchema table = beginWrite(exchange);
        final long id = RecordIds.parse(exchange.path("id"));
        final CommandWriter command = conditional(exchange, table, id);
        command.putDelete(table.id(), id);
        exchange.submit(command, done -> Answers.noContent(exchange, done));
    }

    /** The start of a command on one record: what the client asks to hold. */
    private static CommandWriter conditional(final Exchange exchange, final TableSchema table, final long id) {
        final CommandWriter command = new CommandWriter();
        final List<String> tags = EntityTags.required(exchange);
        if (tags != null) {
            command.putIfRecord(table.id(), id, RecordTag.hashes(tags));
        }
        return command;
    }

    private void clear(final Exchange exchange) {
        RequestOptions.checkWrite(exchange);
        final TableSchema table = PathNames.tableSchema(db, exchange);
        final List<RowFilter> filters = PageQuery.filters(exchange.query(), table, CLEAR_OPTIONS);
        final boolean all = exchange.query().flag(ALL);
        if (all == !filters.isEmpty()) {
            throw Query.fault(
                    all
                            ? "all=true and filters exclude each other; send one of them"
                            : "nothing says which records to delete; send a filter, or all=true to delete all of them",
                    ALL);
        }
        exchange.submit(
                all ? RecordCommands.clear(table) : RecordCommands.deleteWhere(table, filters),
                done -> exchange.respond(Answers.json(exchange, 200, done, json -> {
                    json.writeStartObject();
                    json.writeNumberField("deleted", (Long) done.result());
                    json.writeEndObject();
                })));
    }

    private TableSchema beginWrite(final Exchange exchange) {
        exchange.query().only(RequestOptions.ACK, RequestOptions.INT64);
        RequestOptions.checkWrite(exchange);
        return PathNames.tableSchema(db, exchange);
    }

    private static Response answer(
            final Exchange exchange,
            final int status,
            final TableSchema table,
            final Submission done,
            final boolean isArray)
            throws IOException {
        final JsonStyle style = RequestOptions.style(exchange.query());
        final Response answer = Answers.json(
                exchange, status, done, json -> RecordReplies.write(json, done, table.id(), style, isArray));
        return isArray ? answer : answer.header("etag", RecordTag.of(done.reply(), done.replyLength()));
    }
}
