package io.taktdb.api.rest;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.api.http.Answers;
import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.json.JsonBody;
import io.taktdb.runtime.TaktDb;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import java.io.IOException;
import java.util.List;

/** Relations between tables, and indexes of a table: list, make, drop. */
public final class RelationRoutes {
    private static final String RELATIONS = "/v1/relations";
    private static final String RELATION = RELATIONS + "/{id}";
    private static final String INDEXES = "/v1/tables/{table}/indexes";
    private static final String INDEX = INDEXES + "/{index}";

    private final TaktDb db;

    public RelationRoutes(final TaktDb db) {
        this.db = db;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(RELATIONS, Role.READ, this::list),
                Route.post(RELATIONS, Role.ADMIN, BodyRule.JSON, this::create),
                Route.get(RELATION, Role.READ, this::get),
                Route.delete(RELATION, Role.ADMIN, this::drop),
                Route.post(INDEXES, Role.ADMIN, BodyRule.JSON, this::createIndex),
                Route.delete(INDEX, Role.ADMIN, this::dropIndex));
    }

    private void list(final Exchange exchange) throws IOException {
        exchange.query().only();
        Answers.read(db, exchange, (json, state, answer) -> {
            json.writeStartArray();
            for (final Relation relation : state.schema().relations()) {
                SchemaJson.writeRelation(json, state.schema(), relation);
            }
            json.writeEndArray();
        });
    }

    private void get(final Exchange exchange) throws IOException {
        exchange.query().only();
        final int id = id(exchange);
        Answers.read(db, exchange, (json, state, answer) -> {
            final Schema schema = state.schema();
            SchemaJson.writeRelation(json, schema, schema.requireRelation(id));
        });
    }

    private static int id(final Exchange exchange) {
        final String text = PathNames.required(exchange, "id");
        try {
            final int id = Integer.parseInt(text);
            if (id >= 0 && text.charAt(0) != '+') {
                return id;
            }
        } catch (final NumberFormatException e) {
            // said below
        }
        throw new DbException(
                        ErrorCode.INVALID_ID,
                        "not a relation id: id=" + Names.abbreviate(text) + "; ids are decimal numbers")
                .with("id", Names.abbreviate(text));
    }

    private void create(final Exchange exchange) throws IOException {
        SchemaCommands.begin(exchange);
        final SchemaChange.CreateRelation wish;
        try (JsonParser parser = JsonBody.open(exchange.body())) {
            wish = SchemaJson.readRelation(parser);
            StrictJson.requireEnd(parser);
        }
        SchemaCommands.submit(exchange, List.of(wish), done -> {
            final List<Relation> relations = done.schema().relations();
            final Relation made = relations.get(relations.size() - 1);
            final Response answer =
                    Answers.json(exchange, 201, done, json -> SchemaJson.writeRelation(json, done.schema(), made));
            exchange.respond(answer.header("location", RELATIONS + '/' + made.id()));
        });
    }

    private void drop(final Exchange exchange) {
        SchemaCommands.begin(exchange);
        final SchemaChange change = new SchemaChange.DropRelation(id(exchange));
        SchemaCommands.submit(exchange, List.of(change), done -> Answers.noContent(exchange, done));
    }

    private void createIndex(final Exchange exchange) throws IOException {
        SchemaCommands.begin(exchange);
        final String table = PathNames.tableSchema(db, exchange).name();
        final IndexSpec index;
        try (JsonParser parser = JsonBody.open(exchange.body())) {
            index = SchemaJson.readIndex(parser);
            StrictJson.requireEnd(parser);
        }
        SchemaCommands.submit(exchange, List.of(new SchemaChange.CreateIndex(table, index)), done -> {
            final Response answer = Answers.json(
                    exchange,
                    201,
                    done,
                    json -> SchemaJson.writeTable(
                            json, done.schema(), done.schema().requireTable(table)));
            exchange.respond(answer.header("location", "/v1/tables/" + table + "/indexes/" + index.name()));
        });
    }

    private void dropIndex(final Exchange exchange) {
        SchemaCommands.begin(exchange);
        final String index = PathNames.required(exchange, "index");
        final SchemaChange change =
                new SchemaChange.DropIndex(PathNames.tableSchema(db, exchange).name(), index);
        SchemaCommands.submit(exchange, List.of(change), done -> Answers.noContent(exchange, done));
    }
}
