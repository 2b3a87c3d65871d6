package io.taktdb.api.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.StreamLimits;
import io.taktdb.api.testing.EventClient;
import io.taktdb.api.testing.EventClient.Event;
import io.taktdb.api.testing.TestServer;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that break and are resumed. */
class StreamCopyTest {
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(new HttpLimits().streams(StreamLimits.DEFAULT.withRetained(1_000_000, 64 << 20)));
        server.post(
                "/v1/tables",
                "{\"name\":\"unit\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"},"
                        + "{\"name\":\"name\",\"type\":\"string\",\"optional\":true}]}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private EventClient open(final String query, final String... headers) throws IOException {
        return new EventClient(server.api().port(), "/v1/stream/unit" + query, headers);
    }

    /** A copy that lives on the stream alone, with connections that break, is what the list route says in the end. */
    @Test
    void shouldKeepACopyEqualOverManyConnections() throws Exception {
        final Random random = new Random(3);
        final Map<Long, JsonNode> copy = new TreeMap<>();
        String last = null;
        long marker = 0;
        for (int round = 0; round < 8; round++) {
            try (EventClient client = last == null ? open("") : open("", "last-event-id: " + last)) {
                if (last == null) {
                    apply(client.next(), copy);
                }
                for (int i = 0; i < 15; i++) {
                    final long id = 1L + random.nextInt(20);
                    if (random.nextInt(3) == 0) {
                        server.delete("/v1/tables/unit/records/" + id);
                    } else if (server.patch("/v1/tables/unit/records/" + id, "{\"hp\":" + i + "}")
                                    .status()
                            == 404) {
                        server.post("/v1/tables/unit/records", "{\"hp\":" + i + ",\"name\":\"r" + round + "\"}");
                    }
                }
                marker = server.post("/v1/tables/unit/records", "{\"hp\":-1,\"name\":\"marker\"}")
                        .json()
                        .get("id")
                        .asLong();
                while (round % 2 == 0 && !copy.containsKey(marker)) {
                    apply(client.next(), copy);
                }
                last = client.lastId() == null ? last : client.lastId();
            }
        }
        try (EventClient client = open("", "last-event-id: " + last)) {
            while (!copy.containsKey(marker)) {
                apply(client.next(), copy);
            }
        }
        final Map<Long, JsonNode> real = new TreeMap<>();
        server.get("/v1/tables/unit/records?limit=1000")
                .json()
                .forEach(row -> real.put(row.get("id").asLong(), row));
        assertEquals(real, copy);
    }

    private static void apply(final Event event, final Map<Long, JsonNode> copy) {
        assertNotNull(event);
        if (event.name().equals("snapshot")) {
            event.data().get("rows").forEach(row -> copy.put(row.get("id").asLong(), row));
            return;
        }
        assertEquals("change", event.name(), event::toString);
        event.data().get("deleted").forEach(id -> assertNotNull(copy.remove(id.asLong()), event::toString));
        event.data()
                .get("inserted")
                .forEach(row -> assertNull(copy.put(row.get("id").asLong(), row), event::toString));
        event.data().get("updated").forEach(row -> {
            final var known = (ObjectNode) copy.get(row.get("id").asLong());
            known.setAll((ObjectNode) row);
        });
    }
}
