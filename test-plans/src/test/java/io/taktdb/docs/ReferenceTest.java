package io.taktdb.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.server.Main;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * {@code docs/REFERENCE.md} is what the code says now: options, routes, methods, metrics.
 *
 * <p>{@code -Dtaktdb.reference=write} writes it anew.
 */
class ReferenceTest {
    private static final Path FILE = Path.of(System.getProperty("taktdb.home"), "docs/REFERENCE.md");
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final String HEAD = """
            # Reference

            Made from the code by a test, which fails when it is not current; run it with `-Dtest=ReferenceTest` and
            `-Dtaktdb.reference=write` to write it anew. The command line client has a page of its own, `docs/CLI.md`;
            routes in full are served as `/openapi.yaml`, methods as `rpc.discover`.

            """;

    @Test
    void shouldBeWhatTheCodeSays(@TempDir final Path data) throws Exception {
        final StringBuilder text = new StringBuilder(HEAD);
        text.append("## Options of `takt server`\n\n```\n")
                .append(new CommandLine(new Main()).getUsageMessage(Ansi.OFF).stripTrailing())
                .append("\n```\n");
        try (TaktServer server = TaktServer.start(ServerConfig.of(data).withPort(0), List.of())) {
            routes(text, StrictJson.mapper().readTree(get(server, "/openapi.json")));
            methods(text, StrictJson.mapper().readTree(discover(server)).get("result"));
            metrics(text, get(server, "/metrics"));
        }
        if ("write".equals(System.getProperty("taktdb.reference"))) {
            Files.writeString(FILE, text);
        }
        assertEquals(text.toString(), Files.readString(FILE), "docs/REFERENCE.md is not current");
    }

    private static void routes(final StringBuilder text, final JsonNode document) {
        text.append("\n## Routes\n\n| | | |\n|---|---|---|\n");
        document.get("paths")
                .properties()
                .forEach(path -> METHODS.forEach(method -> {
                    if (path.getValue().has(method)) {
                        row(
                                text,
                                method.toUpperCase(java.util.Locale.ROOT),
                                '`' + path.getKey() + '`',
                                path.getValue().get(method).path("summary").asText());
                    }
                }));
    }

    private static void methods(final StringBuilder text, final JsonNode document) {
        text.append("\n## Methods of JSON-RPC\n\n| | Parameters | |\n|---|---|---|\n");
        for (final JsonNode method : document.get("methods")) {
            final StringBuilder parameters = new StringBuilder();
            for (final JsonNode one : method.get("params")) {
                parameters
                        .append(parameters.isEmpty() ? "" : ", ")
                        .append(one.get("name").asText());
                parameters.append(one.path("required").asBoolean() ? "" : "?");
            }
            final String summary =
                    method.path("summary").asText(method.path("description").asText());
            row(text, '`' + method.get("name").asText() + '`', parameters.toString(), summary);
        }
    }

    private static void metrics(final StringBuilder text, final String metrics) {
        final Map<String, String> help = new TreeMap<>();
        final Map<String, String> types = new TreeMap<>();
        metrics.lines().filter(line -> line.startsWith("# ")).forEach(line -> {
            final String[] words = line.split(" ", 4);
            ("HELP".equals(words[1]) ? help : types).put(words[2], words[3]);
        });
        text.append("\n## Metrics of `/metrics`\n\n| | | |\n|---|---|---|\n");
        types.forEach((name, type) -> row(text, '`' + name + '`', type, help.getOrDefault(name, "")));
    }

    private static void row(final StringBuilder text, final String... cells) {
        text.append("| ").append(String.join(" | ", cells).replace("\n", " ")).append(" |\n");
    }

    private static String get(final TaktServer server, final String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url() + path)).build());
    }

    private static String discover(final TaktServer server) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url() + "/rpc"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"rpc.discover\"}"))
                .build());
    }

    private static String send(final HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
