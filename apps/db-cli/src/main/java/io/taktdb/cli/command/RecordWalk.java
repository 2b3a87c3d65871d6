package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import java.util.List;
import java.util.function.Consumer;

/**
 * Walks all records of a table that meet some conditions, page by page in the order of their ids.
 *
 * <p>Each page shows one tick; pages of a table that changes meanwhile may show different ones. Threading: one thread.
 */
final class RecordWalk {
    private static final int PAGE = 1000;

    private RecordWalk() {}

    /** The route of a table's records with conditions, each {@code field[.op]=value}. */
    static Route route(final String table, final List<String> conditions) {
        return conditions(Route.records(table, null), conditions);
    }

    /** A route with conditions, each {@code field[.op]=value}. */
    static Route conditions(final Route unfiltered, final List<String> conditions) {
        Route route = unfiltered;
        for (final String condition : conditions) {
            final int equals = condition.indexOf('=');
            if (equals <= 0) {
                throw io.taktdb.cli.exit.CliFailure.usage("not a condition: " + condition
                        + "; write field=value, or field.op=value with lt, le, gt, ge, ne, in or like");
            }
            route = route.query(condition.substring(0, equals), condition.substring(equals + 1));
        }
        return route;
    }

    /** Hands each page's records over, and the bytes that it took. */
    static void walk(final ServerClient client, final Route route, final Consumer<Answer> page) {
        String after = null;
        while (true) {
            final Answer answer = client.send("GET", route.query("limit", PAGE).query("after", after));
            final JsonNode records = answer.json();
            page.accept(answer);
            if (records.size() < PAGE) {
                return;
            }
            after = records.get(records.size() - 1).get("id").asText();
        }
    }
}
