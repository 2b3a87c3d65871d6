package io.taktdb.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.testing.RawClient;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Idempotency keys, conditions and compression, through HTTP. */
final class RetryTest {
    private static final String UNITS = "/v1/tables/unit/records";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(new HttpLimits().idempotencyKeys(50).idempotencyBytes(200_000));
        final Answer made = server.post(
                "/v1/tables",
                "{\"name\":\"unit\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"},"
                        + "{\"name\":\"name\",\"type\":\"string\",\"optional\":true}]}");
        assertEquals(201, made.status(), made.toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer keyed(final String path, final String key, final String body) {
        return server.send("POST", path, body, "Idempotency-Key", key);
    }

    private static int count(final String filter) {
        return Integer.parseInt(server.get(UNITS + "?limit=1&" + filter).header("x-total-count"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                UNITS + "|{'hp':1001}|hp=1001",
                UNITS + "|[{'hp':1002}]|hp=1002",
                "/v1/push/unit|{'hp':1003}|hp=1003",
                "/v1/transactions|{'operations':[{'insert':{'table':'unit','record':{'hp':1004}}}]}|hp=1004",
                "/rpc|{'jsonrpc':'2.0','id':1,'method':'table.insert','params':['unit',{'hp':1005}]}|hp=1005"
            })
    void shouldDoItOnceAndAnswerTheSameWhenRepeated(final String path, final String body, final String filter) {
        final String json = body.replace('\'', '"');
        final Answer first = keyed(path, "once-" + filter, json);
        assertTrue(first.status() < 300, first.toString());
        assertNull(first.header("idempotency-replayed"));
        final Answer again = keyed(path, "once-" + filter, json);
        assertEquals(first.status(), again.status(), again.toString());
        assertEquals(first.body(), again.body());
        assertEquals(first.header("location"), again.header("location"));
        assertEquals(first.header("takt-commit"), again.header("takt-commit"));
        assertEquals("true", again.header("idempotency-replayed"));
        assertEquals(1, count(filter));
        final Answer other = keyed(path, "once-" + filter, json + " ");
        assertEquals(409, other.status(), other.toString());
        assertEquals("CONFLICT", other.code());
        assertEquals(409, keyed(path + "?ack=tick", "once-" + filter, json).status());
        assertEquals(1, count(filter));
        assertTrue(keyed(path, "twice-" + filter, json).status() < 300);
        assertEquals(2, count(filter));
    }

    @Test
    void shouldTryAgainWhenTheFirstWasRefused() {
        assertEquals(
                404, keyed("/v1/tables/later/records", "later", "{\"hp\":1}").status());
        server.post("/v1/tables", "{\"name\":\"later\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"}]}");
        assertEquals(
                201, keyed("/v1/tables/later/records", "later", "{\"hp\":1}").status());
        final String rpc = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"table.get\",\"params\":[\"later\",2]}";
        assertTrue(keyed("/rpc", "rpc-later", rpc).json().has("error"));
        server.post("/v1/tables/later/records", "{\"hp\":2}");
        assertTrue(keyed("/rpc", "rpc-later", rpc).json().has("result"));
    }

    @Test
    void shouldForgetTheOldestKeysAndKeepNoLargeAnswer() {
        keyed(UNITS, "oldest", "{\"hp\":2001}");
        for (int i = 0; i < 50; i++) {
            keyed(UNITS, "newer-" + i, "{\"hp\":2002}");
        }
        final Answer fromEngine = keyed(UNITS, "oldest", "{\"hp\":2001}");
        assertEquals("true", fromEngine.header("idempotency-replayed"), "the engine remembers more");
        assertEquals(1, count("hp=2001"));
        assertEquals(409, keyed(UNITS, "newer-0", "{\"hp\":2003}").status());
        final String large = "{\"hp\":2003,\"name\":\"" + "x".repeat(60_000) + "\"}";
        assertEquals(201, keyed(UNITS, "large", large).status());
        final Answer again = keyed(UNITS, "large", large);
        assertEquals(409, again.status(), again.toString());
        assertTrue(again.json().get("detail").asText().contains("was done"), again.toString());
        assertEquals(1, count("hp=2003"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void shouldRefuseKeysThatAreNone(final int length) throws IOException {
        try (RawClient client = server.connect()) {
            client.send("POST " + UNITS + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Idempotency-Key: " + "k".repeat(length) + "\r\nContent-Length: 11\r\n\r\n{\"hp\":3001}");
            assertEquals(400, client.receive().status());
        }
        assertEquals(0, count("hp=3001"));
    }

    /** Many at once with one key: one is done; the others get its answer, or are told to ask again. */
    @Test
    void shouldDoItOnceWhenManyComeAtOnce() {
        final ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            final List<CompletableFuture<Answer>> all = IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> keyed(UNITS, "many", "{\"hp\":4001}"), threads))
                    .toList();
            for (final CompletableFuture<Answer> one : all) {
                final int status = one.join().status();
                assertTrue(status == 201 || status == 409, "status=" + status);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, count("hp=4001"));
        assertEquals("true", keyed(UNITS, "many", "{\"hp\":4001}").header("idempotency-replayed"));
    }

    @Test
    void shouldWriteOnlyWhatTheClientKnows() {
        final Answer made = server.post(UNITS, "{\"hp\":1,\"name\":\"a\"}");
        final String path = made.header("location");
        final String tag = made.header("etag");
        assertEquals(tag, server.get(path).header("etag"));
        assertEquals(304, server.send("GET", path, null, "If-None-Match", tag).status());
        assertEquals(
                "",
                server.send("GET", path, null, "If-None-Match", "\"x\", W/" + tag)
                        .body());
        assertEquals(
                200, server.send("GET", path, null, "If-None-Match", "\"x\"").status());
        assertEquals(304, server.send("GET", path, null, "If-None-Match", "*").status());

        final Answer changed = server.send("PATCH", path, "{\"hp\":2}", "If-Match", "\"x\", " + tag);
        assertEquals(200, changed.status(), changed.toString());
        assertNotEquals(tag, changed.header("etag"));
        assertEquals(changed.header("etag"), server.get(path).header("etag"));

        for (final String method : List.of("PATCH", "PUT", "DELETE")) {
            final String body = "DELETE".equals(method) ? null : "{\"hp\":3}";
            final Answer stale = server.send(method, path, body, "If-Match", tag);
            assertEquals(412, stale.status(), stale.toString());
            assertEquals("PRECONDITION_FAILED", stale.code());
            assertEquals(
                    412, server.send(method, path, body, "If-Match", "nonsense").status());
        }
        assertEquals("2", server.get(path).json().get("hp").asText());
        assertEquals(
                200, server.send("PUT", path, "{\"hp\":4}", "If-Match", "*").status());
        final String last = server.get(path).header("etag");
        assertEquals(204, server.send("DELETE", path, null, "If-Match", last).status());
        assertEquals(404, server.send("DELETE", path, null, "If-Match", last).status());
    }

    @Test
    void shouldSendLongAnswersCompressedToThoseWhoTakeIt() throws IOException {
        for (int i = 0; i < 60; i++) {
            server.post(UNITS, "{\"hp\":5001,\"name\":\"a name that comes again and again\"}");
        }
        final String list = UNITS + "?hp=5001&limit=60";
        final String plain = server.get(list).body();
        assertEquals("accept-encoding", server.get(list).header("vary"));
        try (RawClient client = server.connect()) {
            for (final String coding : List.of("gzip", "br, GZIP;q=0.5", "*")) {
                client.send("GET " + list + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: " + coding + "\r\n\r\n");
                final byte[] packed = client.receiveBytes();
                assertTrue(packed.length < plain.length() / 3, "bytes=" + packed.length);
                final byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
                assertEquals(plain, new String(unpacked, StandardCharsets.UTF_8));
            }
            for (final String coding : List.of("identity", "gzip;q=0", "br")) {
                client.send("GET " + list + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: " + coding + "\r\n\r\n");
                assertEquals(plain, client.receive().body(), coding);
            }
            client.send("GET " + UNITS + "?hp=5001&limit=1 "
                    + "HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n");
            assertNull(client.receive().header("content-encoding"), "short answers stay as they are");
        }
    }

    @Test
    void shouldKnowTheTagOfCompressedContent() throws IOException {
        final String body = "{\"hp\":6001,\"name\":\"" + "again ".repeat(500) + "\"}";
        final String path = server.post(UNITS, body).header("location");
        try (RawClient client = server.connect()) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n");
            final RawClient.Answer packed = client.receive();
            assertEquals("gzip", packed.header("content-encoding"));
            final String tag = packed.header("etag");
            assertTrue(tag.endsWith("-gzip\""), tag);
            assertEquals(
                    304, server.send("GET", path, null, "If-None-Match", tag).status());
            assertEquals(
                    200,
                    server.send("PATCH", path, "{\"hp\":1}", "If-Match", tag).status());
        }
    }
}
