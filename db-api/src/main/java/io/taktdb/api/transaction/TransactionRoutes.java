package io.taktdb.api.transaction;

import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.api.http.Answers;
import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.RequestOptions;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.json.JsonBody;
import io.taktdb.api.json.JsonMembers;
import io.taktdb.api.json.JsonSlice;
import io.taktdb.runtime.TaktDb;
import io.taktdb.types.json.JsonStyle;
import java.io.IOException;
import java.util.List;

/** {@code POST /v1/transactions}. */
public final class TransactionRoutes {
    private static final String OPERATIONS = "operations";

    private final TaktDb db;

    public TransactionRoutes(final TaktDb db) {
        this.db = db;
    }

    public List<Route> routes() {
        return List.of(Route.post("/v1/transactions", Role.WRITE, BodyRule.BULK_JSON, this::run));
    }

    private void run(final Exchange exchange) throws IOException {
        exchange.query().only(RequestOptions.ACK, RequestOptions.INT64);
        RequestOptions.checkWrite(exchange);
        final JsonStyle style = RequestOptions.style(exchange.query());
        final JsonMembers body = JsonMembers.of(JsonBody.slice(exchange.body()), "body", List.of(OPERATIONS));
        final JsonSlice list = body.required(OPERATIONS, "array of operations");
        if (list.token() != JsonToken.START_ARRAY) {
            throw body.fault(OPERATIONS, "array of operations", list);
        }
        final Transaction transaction =
                TransactionReader.read(db, exchange.caller().client(), list);
        exchange.submit(
                transaction.command(),
                done -> exchange.respond(
                        Answers.json(exchange, 200, done, json -> transaction.writeResults(json, done, style))));
    }
}
