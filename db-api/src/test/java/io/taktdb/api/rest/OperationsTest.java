package io.taktdb.api.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.http.Route;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Status, health, dumps, snapshots, the front page, and what holds for every route. */
final class OperationsTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void shouldTellFiguresWhenAskedForStatus() {
        final Answer answer = server.get("/v1/status");
        final JsonNode status = answer.json();
        assertEquals(60, status.get("rateWanted").asInt());
        assertTrue(status.get("tick").asLong() > 0, answer.toString());
        assertEquals(status.get("tick").asText(), answer.header("takt-tick"));
        for (final String name : List.of("version", "rate", "overruns", "queueDepth", "leases", "liveBytes", "rows")) {
            assertNotNull(status.get(name), name);
        }
        for (final String name : List.of("p50", "p99", "p999", "max")) {
            assertTrue(status.get("latenessUs").get(name).isNumber(), name);
            assertTrue(status.get("workUs").get(name).isNumber(), name);
        }
        assertEquals(7, status.get("snapshotTick").asInt());
        assertEquals(
                status.get("stateHash").isNull(), status.get("stateHashTick").isNull());
        assertTrue(status.get("clients").isNumber());
    }

    @Test
    void shouldTellTheHashOfASixtiethTickWhenAskedForStatus() {
        final long untilNs = System.nanoTime() + 60_000_000_000L;
        JsonNode status = server.get("/v1/status").json();
        while (status.get("stateHash").isNull() && System.nanoTime() - untilNs < 0) {
            status = server.get("/v1/status").json();
        }
        assertTrue(status.get("stateHash").asText().matches("[0-9a-f]{16}"), status.toString());
        assertEquals(0, status.get("stateHashTick").asLong() % 60);
    }

    @Test
    void shouldShowWorkByStageAndSystemWhenAskedForStatus() {
        final JsonNode status = server.get("/v1/status").json();
        for (final String stage : List.of("drain", "systems", "commit", "answer", "listen")) {
            assertTrue(status.get("stagesUs").get(stage).get("p999").isNumber(), stage);
        }
        assertTrue(status.get("systems").isArray(), status.toString());
        assertTrue(status.has("lastOverrun"));
        assertTrue(status.get("schemaChange").isNull());
    }

    @Test
    void shouldChangeTickRateWhenTold() {
        try (TestServer other = TestServer.start()) {
            final Answer changed = other.put("/v1/tick-rate", "{\"rate\":30}");
            assertEquals(200, changed.status(), changed.toString());
            assertEquals(30, changed.json().get("rateWanted").asInt());
            assertTrue(changed.json().get("rate").isNumber());
            assertEquals(30, other.get("/v1/status").json().get("rateWanted").asInt());
            final Answer called =
                    other.rpc("{\"jsonrpc\":\"2.0\",\"method\":\"server.tickRate\",\"params\":{\"rate\":45},\"id\":1}");
            assertEquals(45, called.json().get("result").get("rateWanted").asInt(), called.toString());
            assertEquals(45, other.get("/v1/status").json().get("rateWanted").asInt());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"14", "121", "0", "-1", "60.5", "\"60\"", "null", "99999999999"})
    void shouldRefuseTickRateThatIsNone(final String rate) {
        final Answer refused = server.put("/v1/tick-rate", "{\"rate\":" + rate + "}");
        assertEquals(422, refused.status(), refused.toString());
        assertTrue(refused.body().contains("integer 15..120"), refused.body());
        assertEquals(60, server.get("/v1/status").json().get("rateWanted").asInt());
        final Answer called = server.rpc(
                "{\"jsonrpc\":\"2.0\",\"method\":\"server.tickRate\",\"params\":{\"rate\":" + rate + "},\"id\":1}");
        assertTrue(called.body().contains("-32602"), called.body());
        assertEquals(60, server.get("/v1/status").json().get("rateWanted").asInt());
    }

    @Test
    void shouldAnswerWhenAskedForHealthReadinessAndFrontPage() {
        assertEquals("{\"status\":\"ok\"}", server.get("/health").body());
        assertEquals("{\"status\":\"ready\"}", server.get("/ready").body());
        assertTrue(server.get("/").body().contains("/v1/push/{collection}"));
    }

    @Test
    void shouldDescribeProceduresWithFiguresWhenAsked() {
        server.rpc("{\"jsonrpc\":\"2.0\",\"method\":\"math.subtract\",\"params\":[2,1],\"id\":1}");
        for (final JsonNode procedure : server.get("/v1/procedures").json()) {
            if ("math.subtract".equals(procedure.get("name").asText())) {
                assertTrue(procedure.get("calls").asLong() >= 1);
                assertEquals(
                        "f64", procedure.get("parameters").get(0).get("type").asText());
                return;
            }
        }
        throw new AssertionError("procedure is not listed");
    }

    @Test
    void shouldSendFileOfPersistenceWhenDumped() {
        for (int i = 0; i < 5; i++) {
            final Answer dump = server.get("/v1/dump.db");
            assertEquals("SQLite format 3", dump.body());
            assertEquals("application/vnd.sqlite3", dump.header("content-type"));
            assertEquals("7", dump.header("takt-tick"));
        }
        final Answer head = server.send("HEAD", "/v1/dump.db", null);
        assertEquals("application/vnd.sqlite3", head.header("content-type"), head.toString());
        assertEquals(
                406,
                server.send("GET", "/v1/dump.db", null, "Accept", "application/json")
                        .status());
    }

    @Test
    void shouldTakeAndListSnapshotsWhenAsked() {
        final Answer taken = server.send("POST", "/v1/snapshots", null);
        assertEquals(202, taken.status(), taken.toString());
        assertEquals("/v1/snapshots/9", taken.header("location"));
        assertEquals("9", server.get("/v1/snapshots").json().get(0).get("id").asText());
        assertEquals(7, server.get("/v1/snapshots/9").json().get("tick").asInt());
        assertEquals("SNAPSHOT_NOT_FOUND", server.get("/v1/snapshots/8").code());
        assertEquals("SQLite format 3", server.get("/v1/snapshots/9/world.db").body());
        assertEquals(404, server.get("/v1/snapshots/8/world.db").status());
        assertEquals(204, server.delete("/v1/snapshots/9").status());
    }

    @Test
    void shouldNameRoleAndRefuseOtherMethodsOnEveryRoute() {
        final Set<String> patterns = new HashSet<>();
        for (final Route route : server.api().router().routes()) {
            assertNotNull(route.role(), route.toString());
            patterns.add(route.pattern());
        }
        for (final String pattern : patterns) {
            final Answer answer = server.send("BREW", pattern.replaceAll("\\{\\w+}", "1"), null);
            assertEquals(405, answer.status(), pattern);
            assertTrue(answer.header("allow").contains("OPTIONS"), answer.toString());
        }
    }
}
