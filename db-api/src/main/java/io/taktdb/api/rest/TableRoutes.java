package io.taktdb.api.rest;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.api.http.Answers;
import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.json.JsonBody;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.TaktDb;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tables and their fields: list, make, rename, widen, drop. */
public final class TableRoutes {
    private static final String TABLES = "/v1/tables";
    private static final String TABLE = TABLES + "/{table}";
    private static final String FIELDS = TABLE + "/fields";
    private static final String FIELD = FIELDS + "/{field}";

    private final TaktDb db;

    public TableRoutes(final TaktDb db) {
        this.db = db;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(TABLES, Role.READ, this::list),
                Route.post(TABLES, Role.ADMIN, BodyRule.JSON, this::create),
                Route.get(TABLE, Role.READ, this::get),
                Route.patch(TABLE, Role.ADMIN, this::rename),
                Route.delete(TABLE, Role.ADMIN, this::drop),
                Route.post(FIELDS, Role.ADMIN, BodyRule.JSON, this::addField),
                Route.patch(FIELD, Role.ADMIN, this::changeField),
                Route.delete(FIELD, Role.ADMIN, this::dropField));
    }

    private void list(final Exchange exchange) throws IOException {
        exchange.query().only();
        Answers.read(db, exchange, (json, state, answer) -> {
            json.writeStartArray();
            for (final TableState table : state.tables()) {
                TableJson.write(json, state.schema(), table);
            }
            json.writeEndArray();
        });
    }

    private void get(final Exchange exchange) throws IOException {
        exchange.query().only();
        Answers.read(
                db,
                exchange,
                (json, state, answer) -> TableJson.write(json, state.schema(), PathNames.table(state, exchange)));
    }

    private void create(final Exchange exchange) throws IOException {
        SchemaCommands.begin(exchange);
        final SchemaChange.CreateTable wish;
        try (JsonParser parser = JsonBody.open(exchange.body())) {
            wish = SchemaJson.readCreateTable(parser);
            StrictJson.requireEnd(parser);
        }
        submit(exchange, List.of(wish), wish.table(), 201, TABLES + '/' + wish.table());
    }

    private void rename(final Exchange exchange) throws IOException {
        SchemaCommands.begin(exchange);
        final String table = PathNames.tableSchema(db, exchange).name();
        final String newName = SchemaCommands.readTexts(exchange, "name").get("name");
        submit(exchange, List.of(new SchemaChange.RenameTable(table, newName)), newName, 200, null);
    }

    private void drop(final Exchange exchange) {
        SchemaCommands.begin(exchange, "cascade");
        final boolean cascade = exchange.query().flag("cascade");
        final String table = PathNames.tableSchema(db, exchange).name();
        SchemaCommands.submit(
                exchange,
                List.of(new SchemaChange.DropTable(table, cascade)),
                done -> Answers.noContent(exchange, done));
    }

    private void addField(final Exchange exchange) throws IOException {
        SchemaCommands.begin(exchange);
        final String table = PathNames.tableSchema(db, exchange).name();
        final FieldSpec field;
        try (JsonParser parser = JsonBody.open(exchange.body())) {
            field = SchemaJson.readField(parser);
            StrictJson.requireEnd(parser);
        }
        final String location = TABLES + '/' + table + "/fields/" + field.name();
        submit(exchange, List.of(new SchemaChange.AddField(table, field)), table, 201, location);
    }

    private void changeField(final Exchange exchange) throws IOException {
        SchemaCommands.begin(exchange);
        final TableSchema table = PathNames.tableSchema(db, exchange);
        final String field =
                table.requireField(PathNames.required(exchange, "field")).name();
        final Map<String, String> wanted = SchemaCommands.readTexts(exchange, "type", "name");
        final List<SchemaChange> changes = new ArrayList<>();
        if (wanted.containsKey("type")) {
            changes.add(new SchemaChange.WidenField(table.name(), field, wanted.get("type")));
        }
        if (wanted.containsKey("name")) {
            changes.add(new SchemaChange.RenameField(table.name(), field, wanted.get("name")));
        }
        submit(exchange, changes, table.name(), 200, null);
    }

    private void dropField(final Exchange exchange) {
        SchemaCommands.begin(exchange);
        final String table = PathNames.tableSchema(db, exchange).name();
        final SchemaChange change = new SchemaChange.DropField(table, PathNames.required(exchange, "field"));
        SchemaCommands.submit(exchange, List.of(change), done -> Answers.noContent(exchange, done));
    }

    /** Sends changes; the answer is the table as they left it. */
    private static void submit(
            final Exchange exchange,
            final List<SchemaChange> changes,
            final String table,
            final int status,
            final String location) {
        SchemaCommands.submit(exchange, changes, done -> {
            final Response answer = Answers.json(
                    exchange,
                    status,
                    done,
                    json -> SchemaJson.writeTable(
                            json, done.schema(), done.schema().requireTable(table)));
            if (location != null) {
                answer.header("location", location);
            }
            exchange.respond(answer);
        });
    }
}
