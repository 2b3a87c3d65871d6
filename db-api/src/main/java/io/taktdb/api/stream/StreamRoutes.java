package io.taktdb.api.stream;

import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.Query;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.runtime.tick.ClientSession;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Names;
import java.util.List;
import java.util.function.Function;

/** {@code GET /v1/stream/{table}}: live changes as server-sent events. */
public final class StreamRoutes {
    private static final String TYPE = "text/event-stream";
    private static final long NO_TICK = -1;
    private static final int MAX_DIGITS = 18;

    private final Topics topics;

    private final Function<String, ClientSession> comings;

    /**
     * @param comings takes note of a client that has come, by its name
     */
    public StreamRoutes(final Topics topics, final Function<String, ClientSession> comings) {
        this.comings = comings;
        this.topics = topics;
    }

    public List<Route> routes() {
        return List.of(Route.get("/v1/stream/{table}", Role.READ, TYPE, this::stream));
    }

    private void stream(final Exchange exchange) {
        final Query query = exchange.query();
        final String table = exchange.path("table");
        final StreamSpec spec = StreamSpec.of(query);
        topics.check(table, spec);
        final boolean wantsRows = query.text("snapshot") == null || query.flag("snapshot");
        final long since = since(exchange.header("last-event-id"));
        if (exchange.isHeadOnly()) {
            exchange.respond(Response.of(200).described(TYPE));
            return;
        }
        final String name = exchange.caller().name();
        final boolean isChunked = !exchange.head().http10();
        final Response answer = Response.of(200)
                .takeOver(
                        TYPE,
                        new EventStream(
                                topics,
                                exchange.sender(),
                                table,
                                spec,
                                since,
                                wantsRows,
                                isChunked,
                                () -> comings.apply(name)))
                .header("cache-control", "no-store");
        if (isChunked) {
            answer.header("transfer-encoding", "chunked");
        }
        exchange.closeAfterwards();
        exchange.respond(answer);
    }

    private static long since(final String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return NO_TICK;
        }
        for (int i = 0; i < lastEventId.length(); i++) {
            if (lastEventId.charAt(i) < '0' || lastEventId.charAt(i) > '9' || i == MAX_DIGITS) {
                throw new DbException(
                                ErrorCode.INVALID_REQUEST,
                                "last-event-id is not a tick: last-event-id=" + Names.abbreviate(lastEventId)
                                        + "; send the id of the last event, or leave the header out")
                        .with("header", "last-event-id");
            }
        }
        return Long.parseLong(lastEventId);
    }
}
