package io.taktdb.demo;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.table.TableState;
import io.taktdb.server.TaktServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The first lines: what is served, where, and what to try. */
final class Welcome {
    private Welcome() {}

    static List<String> lines(final TaktServer server, final Path data) {
        try (Lease lease = server.db().lease()) {
            final State state = lease.state();
            return List.of(
                    "TaktDB demo world, saved in " + data + ": "
                            + state.tables().stream().map(Welcome::described).collect(Collectors.joining(", ")),
                    "listening on " + server.url(),
                    "",
                    "try in another terminal:",
                    "  " + call(server, "world.near", "\"x\":0,\"z\":0,\"radius\":30,\"limit\":3"),
                    "  " + call(server, "world.spawn", "\"kind\":\"creeper\",\"x\":0,\"z\":0,\"count\":2"),
                    "  curl -s '" + server.url() + "/v1/tables/item/records?limit=3'",
                    "",
                    "Ctrl-C stops and saves");
        }
    }

    private static String described(final TableState table) {
        return String.format(
                Locale.ROOT, "%,d rows in %s", table.rowCount(), table.schema().name());
    }

    private static String call(final TaktServer server, final String method, final String parameters) {
        return "curl -s " + server.url() + "/rpc -H 'Content-Type: application/json'"
                + " -d '{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + parameters + "}}'";
    }
}
