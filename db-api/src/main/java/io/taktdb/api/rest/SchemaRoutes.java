package io.taktdb.api.rest;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.api.http.Answers;
import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.json.JsonBody;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.runtime.TaktDb;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import java.io.IOException;
import java.util.List;

/** The schema as a whole, and named types. */
public final class SchemaRoutes {
    private static final String TYPES = "/v1/types";

    private final TaktDb db;

    public SchemaRoutes(final TaktDb db) {
        this.db = db;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/schema", Role.READ, this::get),
                Route.post(TYPES, Role.ADMIN, BodyRule.JSON, this::createType),
                Route.delete(TYPES + "/{type}", Role.ADMIN, this::dropType));
    }

    private void get(final Exchange exchange) throws IOException {
        final boolean download = exchange.query().only("download").flag("download");
        if (isUnchanged(exchange)) {
            return;
        }
        Answers.read(db, exchange, (json, state, answer) -> {
            SchemaJson.write(json, state.schema());
            answer.header("etag", tag(state.schema()));
            if (download) {
                answer.header("content-disposition", "attachment; filename=\"schema.json\"");
            }
        });
    }

    /** Answers 304 when the client knows this schema already. */
    private boolean isUnchanged(final Exchange exchange) {
        final String known = exchange.head().headers().list("if-none-match");
        if (known == null) {
            return false;
        }
        try (Lease lease = db.lease()) {
            final State state = lease.state();
            final String tag = tag(state.schema());
            for (final String one : known.split(",", -1)) {
                final String wanted = one.trim();
                if ("*".equals(wanted) || tag.equals(wanted) || ("W/" + tag).equals(wanted)) {
                    exchange.respond(Response.of(304).header("etag", tag).state(state.tick(), state.commit()));
                    return true;
                }
            }
        }
        return false;
    }

    private static String tag(final Schema schema) {
        return "\"schema-" + schema.version() + '"';
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
