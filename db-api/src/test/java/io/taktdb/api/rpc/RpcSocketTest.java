package io.taktdb.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.StreamLimits;
import io.taktdb.api.testing.JdkSocket;
import io.taktdb.api.testing.RawSocketClient;
import io.taktdb.api.testing.TestServer;
import java.net.http.WebSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** JSON-RPC and live changes over {@code GET /ws}, with the JDK's client. */
class RpcSocketTest {
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(
                new HttpLimits().streams(StreamLimits.DEFAULT.withCounts(2, 100).withRetained(1_000_000, 64 << 20)));
        server.post("/v1/tables", "{\"name\":\"unit\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"}]}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JdkSocket open() {
        return new JdkSocket(server.api().port());
    }

    private static String call(final int id, final String method, final String params) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + ",\"id\":" + id + "}";
    }

    private long subscribe(final JdkSocket client, final String params) throws Exception {
        final JsonNode answer = client.send(call(1, "subscribe", params)).next();
        assertTrue(answer.path("result").has("subscription"), answer::toString);
        return answer.get("result").get("subscription").asLong();
    }

    @Test
    void shouldAnswerManyCallsInFlight() throws Exception {
        try (JdkSocket client = open()) {
            for (int i = 0; i < 500; i++) {
                client.send(call(i, "table.insert", "{\"table\":\"unit\",\"record\":{\"hp\":" + i + "}}"));
            }
            final Set<Integer> answered = new HashSet<>();
            final Set<Long> ids = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                final JsonNode answer = client.next();
                answered.add(answer.get("id").asInt());
                ids.add(answer.get("result").get("id").asLong());
            }
            assertEquals(500, answered.size());
            assertEquals(500, ids.size());
            client.send(call(1, "math.subtract", "[42,23]"));
            assertEquals(19, client.next().get("result").asInt());
        }
    }

    @Test
    void shouldAnswerErrorsAndBatchesAndKeepQuietAboutNotifications() throws Exception {
        try (JdkSocket client = open()) {
            client.send("{\"jsonrpc\":\"2.0\",\"method\":\"math.subtract\",\"params\":[1,2]}");
            client.send("no json");
            assertEquals(-32700, client.next().get("error").get("code").asInt());
            client.send(call(7, "no.such", "[]"));
            assertEquals(-32601, client.next().get("error").get("code").asInt());
            client.send("[" + call(1, "math.subtract", "[5,2]") + "," + call(2, "math.subtract", "[9,2]") + "]");
            final JsonNode batch = client.next();
            assertEquals(3, batch.get(0).get("result").asInt());
            assertEquals(7, batch.get(1).get("result").asInt());
        }
    }

    @Test
    void shouldBringRowsThenChangesToEachSubscription() throws Exception {
        server.post("/v1/tables/unit/records", "{\"id\":1,\"hp\":10}");
        try (JdkSocket client = open()) {
            final long all = subscribe(client, "{\"table\":\"unit\"}");
            final JsonNode rows = client.event("snapshot");
            assertEquals(all, rows.get("subscription").asLong());
            assertEquals("[{\"id\":1,\"hp\":10}]", rows.get("data").get("rows").toString());
            final long strong = subscribe(client, "{\"table\":\"unit\",\"filter\":{\"hp.ge\":100},\"snapshot\":true}");
            assertEquals("[]", client.event("snapshot").get("data").get("rows").toString());
            server.patch("/v1/tables/unit/records/1", "{\"hp\":100}");
            final JsonNode one = client.event("change");
            final JsonNode other = client.event("change");
            final boolean inOrder = one.get("subscription").asLong() == all;
            final JsonNode first = inOrder ? one : other;
            final JsonNode second = inOrder ? other : one;
            assertEquals(
                    "[{\"id\":1,\"hp\":100}]", first.get("data").get("updated").toString());
            assertEquals(strong, second.get("subscription").asLong());
            assertEquals(
                    "[{\"id\":1,\"hp\":100}]",
                    second.get("data").get("inserted").toString());
            client.send(call(2, "unsubscribe", "{\"subscription\":" + strong + "}"));
            assertEquals("{\"unsubscribed\":true}", client.next().get("result").toString());
            server.patch("/v1/tables/unit/records/1", "{\"hp\":101}");
            assertEquals(all, client.event("change").get("subscription").asLong());
            client.send(call(3, "server.status", "{}"));
            assertEquals(3, client.next().get("id").asInt());
        }
    }

    @Test
    void shouldGoOnWhereItStopped() throws Exception {
        final long tick;
        try (JdkSocket client = open()) {
            subscribe(client, "{\"table\":\"unit\"}");
            tick = client.event("snapshot").get("data").get("tick").asLong();
        }
        server.post("/v1/tables/unit/records", "{\"id\":5,\"hp\":50}");
        try (JdkSocket client = open()) {
            subscribe(client, "{\"table\":\"unit\",\"since\":" + tick + "}");
            assertEquals(
                    "[{\"id\":5,\"hp\":50}]",
                    client.event("change").get("data").get("inserted").toString());
            subscribe(client, "{\"table\":\"unit\",\"since\":0,\"snapshot\":false}");
            assertTrue(client.event("reset").get("data").get("reason").asText().contains("tick 0"));
        }
    }

    @Test
    void shouldRefuseWhatItCannotFollow() throws Exception {
        try (JdkSocket client = open()) {
            client.send(call(1, "subscribe", "{\"table\":\"unti\"}"));
            assertEquals("TABLE_NOT_FOUND", code(client.next()));
            client.send(call(1, "subscribe", "{\"table\":\"unit\",\"filter\":{\"xp\":1}}"));
            assertEquals("INVALID_PARAMETER", code(client.next()));
            client.send(call(1, "subscribe", "{\"table\":\"unit\",\"filter\":[]}"));
            assertEquals("INVALID_PARAMETER", code(client.next()));
            client.send(call(1, "subscribe", "{}"));
            assertEquals(-32602, client.next().get("error").get("code").asInt());
            client.send(call(1, "unsubscribe", "{\"subscription\":1}"));
            assertEquals("INVALID_PARAMETER", code(client.next()));
            subscribe(client, "{\"table\":\"unit\",\"snapshot\":false}");
            subscribe(client, "{\"table\":\"unit\",\"snapshot\":false}");
            client.send(call(1, "subscribe", "{\"table\":\"unit\",\"snapshot\":false}"));
            final JsonNode tooMany = client.next();
            assertEquals("OVERLOADED", code(tooMany));
            assertTrue(tooMany.toString().contains("limit=2"), tooMany::toString);
        }
        assertEquals(
                "INVALID_REQUEST",
                code(server.rpc(call(1, "subscribe", "{\"table\":\"unit\"}")).json()));
    }

    private static String code(final JsonNode answer) {
        return answer.path("error").path("data").path("code").asText();
    }

    @Test
    void shouldCloseWithACodeWhenMessagesAreNotText() throws Exception {
        try (JdkSocket client = open()) {
            client.socket()
                    .sendBinary(java.nio.ByteBuffer.wrap(new byte[] {1}), true)
                    .join();
            assertEquals(1003, client.closeCode());
        }
    }

    @Test
    void shouldCloseOrderlyWhenTheClientDoes() throws Exception {
        try (JdkSocket client = open()) {
            subscribe(client, "{\"table\":\"unit\"}");
            client.event("snapshot");
            client.socket().sendClose(WebSocket.NORMAL_CLOSURE, "enough").join();
            assertEquals(1000, client.closeCode());
        }
    }

    @Test
    void shouldSayThatTheServerStopsOrATableIsGone() throws Exception {
        try (JdkSocket client = open()) {
            subscribe(client, "{\"table\":\"unit\"}");
            client.event("snapshot");
            server.delete("/v1/tables/unit");
            assertEquals(
                    "TABLE_NOT_FOUND",
                    client.event("end").get("data").get("code").asText());
            final Thread stopping = new Thread(server::close);
            stopping.start();
            assertEquals(1001, client.closeCode());
            client.socket().abort();
            stopping.join();
        }
    }

    @Test
    void shouldNotLetPagesOfOtherOriginsIn() throws Exception {
        final String request = RawSocketClient.handshake("/ws", "Origin: http://evil.example\r\n");
        try (RawSocketClient client = new RawSocketClient(server.api().port(), request)) {
            assertEquals(403, client.status());
        }
        final String own = RawSocketClient.handshake("/ws", "Origin: http://localhost\r\n");
        try (RawSocketClient client = new RawSocketClient(server.api().port(), own)) {
            assertEquals(101, client.status());
            client.text(call(1, "math.subtract", "[3,1]"));
            assertTrue(client.next().text().contains("\"result\":2"));
        }
    }
}
