package io.taktdb.demo.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The procedures as a client calls them. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class ProceduresTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    private TaktServer server;

    @BeforeEach
    void startServer() {
        server = TaktServer.start(ServerConfig.of(data).withPort(0), List.of(new DemoWorld()));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private JsonNode call(final String method, final String params) throws IOException, InterruptedException {
        final String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
        return send(HttpRequest.newBuilder(URI.create(server.url() + "/rpc"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode get(final String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server.url() + path)));
    }

    private JsonNode send(final HttpRequest.Builder request) throws IOException, InterruptedException {
        return JSON.readTree(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private static String detail(final JsonNode answer) {
        return answer.path("error").path("data").path("detail").asText(answer.toString());
    }

    @Test
    void shouldShowHitPointsLeftInTheNextReadWhenMobIsDamaged() throws Exception {
        final int before = get("/v1/tables/mob/records/7").path("hp").asInt();

        final JsonNode wound = call("world.damage", "{\"id\":7,\"amount\":1}").path("result");

        assertEquals(before - 1, wound.path("hp").asInt(), wound::toString);
        assertEquals(false, wound.path("died").asBoolean(true), wound::toString);
        assertEquals(before - 1, get("/v1/tables/mob/records/7").path("hp").asInt());
    }

    @Test
    void shouldDeleteMobWhenNoHitPointsAreLeft() throws Exception {
        final JsonNode wound =
                call("world.damage", "{\"id\":7,\"amount\":100000}").path("result");

        assertEquals("{\"hp\":0,\"died\":true}", wound.toString());
        final JsonNode gone = get("/v1/tables/mob/records/7");
        assertEquals(404, gone.path("status").asInt(), gone::toString);
        assertTrue(detail(call("world.damage", "{\"id\":7,\"amount\":1}")).contains("record not found"));
    }

    @Test
    void shouldFindSpawnedMobsNearestFirst() throws Exception {
        final JsonNode one = call("world.spawn", "{\"kind\":\"warden\",\"x\":500,\"z\":-500}")
                .path("result");
        final JsonNode many = call("world.spawn", "{\"kind\":\"bat\",\"x\":500,\"z\":-500,\"count\":5}")
                .path("result");
        assertEquals("{\"kind\":\"warden\",\"ids\":[20001]}", one.toString());
        assertEquals("[20002,20003,20004,20005,20006]", many.path("ids").toString());

        final JsonNode near = call("world.near", "{\"x\":500,\"z\":-500,\"radius\":40,\"limit\":1000}")
                .path("result")
                .path("mobs");

        float last = 0;
        boolean found = false;
        for (final JsonNode mob : near) {
            assertTrue(mob.path("distance").floatValue() >= last, near::toString);
            last = mob.path("distance").floatValue();
            found |= mob.path("id").asInt() == 20_001
                    && mob.path("name").asText().equals("warden");
        }
        assertTrue(found, near::toString);
        assertTrue(last <= 40, near::toString);
        assertEquals(
                2,
                call("world.near", "{\"x\":500,\"z\":-500,\"radius\":40,\"limit\":2}")
                        .path("result")
                        .path("mobs")
                        .size());
    }

    @Test
    void shouldSayWhatIsWrongAndMakeNothing() throws Exception {
        assertTrue(detail(call("world.spawn", "{\"kind\":\"creper\",\"x\":0,\"z\":0}"))
                .contains("did you mean creeper?"));
        assertTrue(detail(call("world.spawn", "{\"kind\":\"arrow\",\"x\":0,\"z\":0}"))
                .contains("does not live"));
        assertTrue(detail(call("world.spawn", "{\"kind\":\"bat\",\"x\":0,\"z\":513}"))
                .contains("outside the world"));
        assertTrue(detail(call("world.spawn", "{\"kind\":\"bat\",\"x\":0,\"z\":0,\"count\":1001}"))
                .contains("1..1000"));
        assertTrue(detail(call("world.damage", "{\"id\":1,\"amount\":0}")).contains("at least 1"));
        assertTrue(detail(call("world.near", "{\"x\":0,\"z\":0,\"radius\":-1}")).contains("at least 0"));
        assertTrue(detail(call("world.near", "{\"x\":0,\"z\":0,\"radius\":1,\"limit\":0}"))
                .contains("1..1000"));

        assertEquals(20_149, server.db().status().rows());
    }
}
