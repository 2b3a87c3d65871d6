package io.taktdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TaktServerTest {
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    private TaktServer start() {
        return TaktServer.start(ServerConfig.of(data).withPort(0), List.of());
    }

    private HttpResponse<String> send(
            final TaktServer server, final String method, final String path, final String body)
            throws IOException, InterruptedException {
        final HttpRequest.BodyPublisher content =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        final HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .method(method, content)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldHaveRowsIdsAndSchemaWhenStartedAgain() throws Exception {
        final String records;
        final String schema;
        final long tick;
        try (TaktServer server = start()) {
            send(server, "POST", "/v1/push/item", "[{\"name\":\"a\"},{\"name\":\"b\",\"n\":2.5},{\"id\":900}]");
            assertEquals(
                    204,
                    send(server, "DELETE", "/v1/tables/item/records/1", null).statusCode());
            records = send(server, "GET", "/v1/tables/item/records", null).body();
            schema = send(server, "GET", "/v1/schema", null).body();
            tick = server.db().status().tick();
        }
        try (TaktServer server = start()) {
            assertEquals(
                    records,
                    send(server, "GET", "/v1/tables/item/records", null).body());
            assertEquals(schema, send(server, "GET", "/v1/schema", null).body());
            assertTrue(server.db().status().tick() >= tick);
            final HttpResponse<String> next = send(server, "POST", "/v1/tables/item/records", "{}");
            assertEquals(
                    "/v1/tables/item/records/901",
                    next.headers().firstValue("location").orElse(""),
                    next.body());
        }
    }

    @Test
    void shouldHaveListsOptionsOneofsAndRefsWhenStartedAgain() throws Exception {
        final String records;
        final String schema;
        try (TaktServer server = start()) {
            send(server, "POST", "/v1/tables", "{\"name\":\"item\",\"fields\":[]}");
            final String table = """
                    {"name":"hero","fields":[{"name":"tags","type":"list<string>","default":["a"]},
                     {"name":"goal","type":"option<list<2xi32>>"},{"name":"weapon","type":"ref<item>"},
                     {"name":"act","type":"oneof{rest: bool, say: list<oneof{word: string, number: f64}>}"}]}""";
            assertEquals(201, send(server, "POST", "/v1/tables", table).statusCode());
            assertEquals(
                    201, send(server, "POST", "/v1/tables/item/records", "{}").statusCode());
            final String rows = """
                    [{"weapon":1,"act":{"rest":true}},{"tags":[],"goal":[[1,2],[3,4]],"weapon":1,
                     "act":{"say":[{"word":"a word that is long enough for the heap"},{"number":0.5}]}}]""";
            assertEquals(
                    201, send(server, "POST", "/v1/tables/hero/records", rows).statusCode());
            records = send(server, "GET", "/v1/tables/hero/records", null).body();
            schema = send(server, "GET", "/v1/schema", null).body();
        }
        try (TaktServer server = start()) {
            assertEquals(
                    records,
                    send(server, "GET", "/v1/tables/hero/records", null).body());
            assertEquals(schema, send(server, "GET", "/v1/schema", null).body());
            assertTrue(schema.contains("\"type\":\"ref<item>\""), schema);
            assertEquals(
                    409,
                    send(server, "DELETE", "/v1/tables/item/records/1", null).statusCode());
        }
    }

    @Test
    void shouldListSnapshotAndDumpWhenAsked() throws Exception {
        try (TaktServer server = start()) {
            send(server, "POST", "/v1/push/item", "{\"name\":\"a\"}");
            assertEquals(202, send(server, "POST", "/v1/snapshots", null).statusCode());
            final String list = send(server, "GET", "/v1/snapshots", null).body();
            assertTrue(list.startsWith("[{\"id\":\""), list);
            assertEquals(404, send(server, "GET", "/v1/snapshots/x", null).statusCode());
            final HttpResponse<String> dump = send(server, "GET", "/v1/dump.db", null);
            assertEquals(200, dump.statusCode(), dump.body());
            assertTrue(dump.body().startsWith("SQLite format 3"));
        }
    }

    @Test
    void shouldRefuseWhenFolderIsInUse() {
        try (TaktServer server = start()) {
            final DbException refused = assertThrows(DbException.class, this::start);
            assertEquals(ErrorCode.UNAVAILABLE, refused.code(), refused.getMessage());
            assertTrue(server.db().isRunning());
        }
    }

    @Test
    void shouldLetFolderGoWhenPortIsTaken(@TempDir final Path other) {
        try (TaktServer server = start()) {
            final ServerConfig taken = ServerConfig.of(other).withPort(server.port());
            final DbException refused = assertThrows(DbException.class, () -> TaktServer.start(taken, List.of()));
            assertTrue(refused.getMessage().contains("address cannot be listened on"), refused.getMessage());
            TaktServer.start(taken.withPort(0), List.of()).close();
        }
    }

    @Test
    void shouldRefuseWhenAddressIsNotLoopback() throws IOException {
        final InetAddress anywhere = InetAddress.getByAddress(new byte[] {0, 0, 0, 0});
        assertThrows(IllegalArgumentException.class, () -> ServerConfig.of(data).withBind(anywhere));
    }
}
