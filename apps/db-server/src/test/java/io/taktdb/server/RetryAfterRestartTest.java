package io.taktdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Idempotency keys through HTTP, before and after the server was started again. */
final class RetryAfterRestartTest {
    private static final String UNITS = "/v1/tables/unit/records";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    private TaktServer server;

    @BeforeEach
    void start() {
        server = TaktServer.start(ServerConfig.of(data).withPort(0), List.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void restart() {
        stop();
        start();
    }

    private HttpResponse<String> send(final String path, final String key, final String body) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return client.send(
                key == null
                        ? request.build()
                        : request.header("Idempotency-Key", key).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int count() throws Exception {
        final HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(server.url() + UNITS + "?limit=1"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return Integer.parseInt(answer.headers().firstValue("x-total-count").orElseThrow());
    }

    private static final Map<String, String> REQUESTS = Map.of(
            "{'hp':1}",
            UNITS,
            "[{'hp':1},{'hp':2}]",
            UNITS,
            "{'hp':3,'other':true}",
            "/v1/push/unit",
            "{'operations':[{'insert':{'table':'unit','record':{'hp':4}}}]}",
            "/v1/transactions",
            "{'jsonrpc':'2.0','id':1,'method':'table.insert','params':['unit',{'hp':5}]}",
            "/rpc",
            "[{'jsonrpc':'2.0','id':1,'method':'table.insert','params':['unit',{'hp':5}]},"
                    + "{'jsonrpc':'2.0','id':2,'method':'table.insert','params':['unit',{'hp':6}]}]",
            "/rpc",
            "{'name':'more','fields':[{'name':'n','type':'i64'}]}",
            "/v1/tables");

    private HttpResponse<String> keyed(final String quoted, final String end) throws Exception {
        return send(REQUESTS.get(quoted), "key-" + quoted.hashCode(), quoted.replace('\'', '"') + end);
    }

    @Test
    void shouldAnswerTheSameAfterRestarts() throws Exception {
        send("/v1/tables", null, "{\"name\":\"unit\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"}]}");
        send("/v1/push/unit", null, "{\"hp\":0}");
        final Map<String, HttpResponse<String>> first = new HashMap<>();
        for (final String request : REQUESTS.keySet()) {
            first.put(request, keyed(request, ""));
            assertTrue(first.get(request).statusCode() < 300, first.get(request).body());
        }
        final int rows = count();
        for (int i = 0; i < 2; i++) {
            restart();
            for (final String request : REQUESTS.keySet()) {
                final HttpResponse<String> before = first.get(request);
                final HttpResponse<String> again = keyed(request, "");
                assertEquals(before.statusCode(), again.statusCode(), again.body());
                assertEquals(before.body(), again.body());
                assertEquals(
                        before.headers().firstValue("takt-commit"),
                        again.headers().firstValue("takt-commit"));
                assertEquals(
                        "true",
                        again.headers().firstValue("idempotency-replayed").orElse(""));
                assertTrue(keyed(request, " ").body().contains("belongs to another request"), request);
            }
            assertEquals(rows, count());
        }
        restart();
        for (final String request : REQUESTS.keySet()) {
            assertTrue(keyed(request, " ").body().contains("belongs to another request"), request);
        }
        assertEquals(rows, count());
    }

    @Test
    void shouldSayWhenTheTableIsGone() throws Exception {
        final String table = "{\"name\":\"unit\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"}]}";
        send("/v1/tables", null, table);
        assertEquals(201, send(UNITS, "a-key", "{\"hp\":1}").statusCode());
        restart();
        client.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/v1/tables/unit"))
                        .DELETE()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(404, send(UNITS, "a-key", "{\"hp\":1}").statusCode());
        assertEquals(201, send("/v1/tables", null, table).statusCode());
        final HttpResponse<String> again = send(UNITS, "a-key", "{\"hp\":1}");
        assertEquals(409, again.statusCode(), again.body());
        assertTrue(again.body().contains("dropped since"), again.body());
        assertEquals(0, count());
    }
}
