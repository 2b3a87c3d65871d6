package io.taktdb.api.rest;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.api.http.Answers;
import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.EntityTags;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.json.JsonBody;
import io.taktdb.api.json.SchemaSteps;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.runtime.TaktDb;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.evolution.SchemaDiff;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import java.io.IOException;
import java.util.List;

/** The schema as a whole, and named types. */
public final class SchemaRoutes {
    private static final String TYPES = "/v1/types";
    private static final String DRY_RUN = "dryRun";
    private static final String ALLOW_DROP = "allowDrop";

    private final TaktDb db;

    public SchemaRoutes(final TaktDb db) {
        this.db = db;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/schema", Role.READ, this::get),
                Route.put("/v1/schema", Role.ADMIN, this::put).asConditional(),
                Route.get(TYPES, Role.READ, this::listTypes),
                Route.get(TYPES + "/{type}", Role.READ, this::getType),
                Route.post(TYPES, Role.ADMIN, BodyRule.JSON, this::createType),
                Route.delete(TYPES + "/{type}", Role.ADMIN, this::dropType));
    }

    private void get(final Exchange exchange) throws IOException {
        final boolean download = exchange.query().only("download").flag("download");
        Answers.read(db, exchange, (json, state, answer) -> {
            final String tag = tag(state.schema());
            answer.header("etag", tag);
            if (EntityTags.isKnown(exchange, tag)) {
                answer.notModified();
                return;
            }
            SchemaJson.write(json, state.schema());
            if (download) {
                answer.header("content-disposition", "attachment; filename=\"schema.json\"");
            }
        });
    }

    private void put(final Exchange exchange) throws IOException {
        SchemaCommands.begin(exchange, DRY_RUN, ALLOW_DROP);
        final boolean dryRun = exchange.query().flag(DRY_RUN);
        final boolean allowDrop = exchange.query().flag(ALLOW_DROP);
        final Schema wanted;
        try (JsonParser parser = JsonBody.open(exchange.body())) {
            wanted = SchemaJson.readSchema(parser);
            StrictJson.requireEnd(parser);
        }
        final Schema current;
        final Response nothing;
        final List<SchemaDiff.Step> steps;
        try (Lease lease = db.lease()) {
            final State state = lease.state();
            current = state.schema();
            requireTag(exchange, current);
            steps = SchemaDiff.between(current, wanted);
            nothing = Answers.json(exchange, 200, json -> SchemaSteps.write(json, current, steps, dryRun))
                    .state(state.tick(), state.commit())
                    .header("etag", tag(current));
        }
        if (dryRun || steps.isEmpty()) {
            exchange.respond(nothing);
            return;
        }
        nothing.release();
        if (!allowDrop) {
            SchemaSteps.requireNoLoss(steps);
        }
        exchange.submit(
                SchemaSteps.command(current, steps),
                done -> exchange.respond(
                        Answers.json(exchange, 200, done, json -> SchemaSteps.write(json, done.schema(), steps, false))
                                .header("etag", tag(done.schema()))));
    }

    private static void requireTag(final Exchange exchange, final Schema current) {
        final List<String> tags = EntityTags.required(exchange);
        if (tags != null && !tags.contains(tag(current))) {
            throw new DbException(
                            ErrorCode.PRECONDITION_FAILED,
                            "schema has changed: if-match=" + Names.abbreviate(String.join(", ", tags)) + ", etag="
                                    + tag(current) + "; read it again")
                    .with("version", current.version());
        }
    }

    private static String tag(final Schema schema) {
        return "\"schema-" + schema.version() + '"';
    }

    private void listTypes(final Exchange exchange) throws IOException {
        exchange.query().only();
        Answers.read(db, exchange, (json, state, answer) -> {
            json.writeStartArray();
            for (final FieldType type : state.schema().types().values()) {
                SchemaJson.writeType(json, type);
            }
            json.writeEndArray();
        });
    }

    private void getType(final Exchange exchange) throws IOException {
        exchange.query().only();
        final String name = PathNames.required(exchange, "type");
        Answers.read(
                db,
                exchange,
                (json, state, answer) ->
                        SchemaJson.writeType(json, state.schema().requireType(name)));
    }

    private void createType(final Exchange exchange) throws IOException {
        SchemaCommands.begin(exchange);
        final SchemaChange change;
        try (JsonParser parser = JsonBody.open(exchange.body())) {
            change = SchemaJson.readType(parser);
            StrictJson.requireEnd(parser);
        }
        final String name = change instanceof SchemaChange.CreateEnum listed
                ? listed.type()
                : ((SchemaChange.CreateComposite) change).type();
        SchemaCommands.submit(
                exchange,
                List.of(change),
                done -> exchange.respond(Answers.json(
                                exchange,
                                201,
                                done,
                                json -> SchemaJson.writeType(
                                        json, done.schema().types().get(name)))
                        .header("location", TYPES + '/' + name)));
    }

    private void dropType(final Exchange exchange) {
        SchemaCommands.begin(exchange);
        final SchemaChange change = new SchemaChange.DropType(PathNames.required(exchange, "type"));
        SchemaCommands.submit(exchange, List.of(change), done -> Answers.noContent(exchange, done));
    }
}
