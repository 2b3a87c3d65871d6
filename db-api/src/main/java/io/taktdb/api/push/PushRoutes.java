package io.taktdb.api.push;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.api.http.Answers;
import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.RequestOptions;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.json.JsonBody;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.util.List;

/** {@code POST /v1/push/{collection}}. */
public final class PushRoutes {
    public List<Route> routes() {
        return List.of(Route.post("/v1/push/{collection}", Role.WRITE, BodyRule.BULK_JSON, this::push));
    }

    private void push(final Exchange exchange) throws IOException {
        exchange.query().only(RequestOptions.ACK, RequestOptions.INT64);
        RequestOptions.checkWrite(exchange);
        final String collection = exchange.path("collection");
        try (JsonParser parser = JsonBody.open(exchange.body())) {
            final boolean isArray = parser.isExpectedStartArrayToken();
            final CommandWriter command = new PushFromJson().read(parser, collection);
            StrictJson.requireEnd(parser);
            exchange.submit(command, done -> answer(exchange, collection, done, isArray));
        }
    }

    private static void answer(
            final Exchange exchange, final String collection, final Submission done, final boolean isArray)
            throws IOException {
        final JsonStyle style = RequestOptions.style(exchange.query());
        final Response answer =
                Answers.json(exchange, 201, done, json -> PushReply.write(json, done, collection, style));
        if (!isArray) {
            final String id = Long.toUnsignedString(PushReply.id(done, 0));
            answer.header("location", "/v1/tables/" + collection + "/records/" + id);
        }
        exchange.respond(answer);
    }
}
