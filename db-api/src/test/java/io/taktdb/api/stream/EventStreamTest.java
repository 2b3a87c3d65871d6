package io.taktdb.api.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.StreamLimits;
import io.taktdb.api.testing.EventClient;
import io.taktdb.api.testing.EventClient.Event;
import io.taktdb.api.testing.TestServer;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code GET /v1/stream/{table}} as a client sees it. */
class EventStreamTest {
    private TestServer server;

    @BeforeEach
    void start() {
        start(StreamLimits.DEFAULT.withRetained(1_000_000, 64 << 20));
    }

    private void start(final StreamLimits limits) {
        server = TestServer.start(new HttpLimits().streams(limits));
        assertEquals(
                201,
                server.post(
                                "/v1/tables",
                                "{\"name\":\"unit\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"},"
                                        + "{\"name\":\"name\",\"type\":\"string\",\"optional\":true}]}")
                        .status());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private EventClient open(final String query, final String... headers) throws IOException {
        return new EventClient(server.api().port(), "/v1/stream/unit" + query, headers);
    }

    private void insert(final long id, final int hp) {
        final var answer =
                server.post("/v1/tables/unit/records", "{\"id\":" + id + ",\"hp\":" + hp + ",\"name\":\"unit\"}");
        assertEquals(201, answer.status(), answer::body);
    }

    private static String data(final Event event) {
        final JsonNode data = event.data();
        return "+" + data.get("inserted") + " ~" + data.get("updated") + " -" + data.get("deleted");
    }

    @Test
    void shouldBringRowsFirstThenWhatChanges() throws Exception {
        insert(1, 10);
        insert(2, 20);
        try (EventClient client = open("")) {
            assertEquals(200, client.status());
            assertEquals("text/event-stream", client.header("content-type"));
            final Event rows = client.next();
            assertEquals("snapshot", rows.name());
            assertEquals(
                    "[{\"id\":1,\"hp\":10,\"name\":\"unit\"},{\"id\":2,\"hp\":20,\"name\":\"unit\"}]",
                    rows.data().get("rows").toString());
            assertTrue(rows.data().get("done").asBoolean());
            assertEquals(rows.id(), rows.data().get("tick").asText());
            insert(3, 30);
            final Event inserted = client.next();
            assertEquals("change", inserted.name());
            assertEquals("+[{\"id\":3,\"hp\":30,\"name\":\"unit\"}] ~[] -[]", data(inserted));
            assertEquals(inserted.id(), inserted.data().get("tick").asText());
            assertTrue(Long.parseLong(inserted.id()) > Long.parseLong(rows.id()));
            server.patch("/v1/tables/unit/records/1", "{\"hp\":11}");
            assertEquals("+[] ~[{\"id\":1,\"hp\":11}] -[]", data(client.next()));
            server.patch("/v1/tables/unit/records/1", "{\"name\":null}");
            assertEquals("+[] ~[{\"id\":1,\"name\":null}] -[]", data(client.next()));
            server.delete("/v1/tables/unit/records/2");
            assertEquals("+[] ~[] -[2]", data(client.next()));
        }
    }

    @Test
    void shouldBringChangesOnlyWhenRowsAreNotWanted() throws Exception {
        insert(1, 10);
        try (EventClient client = open("?snapshot=false&fields=hp");
                EventClient witness = open("?snapshot=true&fields=hp")) {
            witness.next("snapshot"); // asked for later: the first stream is on its way, too
            server.patch("/v1/tables/unit/records/1", "{\"name\":\"other\"}");
            server.patch("/v1/tables/unit/records/1", "{\"hp\":12}");
            assertEquals("+[] ~[{\"id\":1,\"hp\":12}] -[]", data(client.next()));
            assertEquals("+[] ~[{\"id\":1,\"hp\":12}] -[]", data(witness.next()));
        }
    }

    @Test
    void shouldTellRowsThatComeToMatchAsInsertedAndThoseThatCeaseAsDeleted() throws Exception {
        insert(1, 10);
        insert(2, 99);
        try (EventClient client = open("?hp.lt=50&fields=hp")) {
            assertEquals(
                    "[{\"id\":1,\"hp\":10}]", client.next().data().get("rows").toString());
            server.patch("/v1/tables/unit/records/2", "{\"hp\":98}");
            server.patch("/v1/tables/unit/records/2", "{\"hp\":49}");
            assertEquals("+[{\"id\":2,\"hp\":49}] ~[] -[]", data(client.next()));
            server.patch("/v1/tables/unit/records/2", "{\"hp\":48}");
            assertEquals("+[] ~[{\"id\":2,\"hp\":48}] -[]", data(client.next()));
            server.patch("/v1/tables/unit/records/2", "{\"hp\":50}");
            assertEquals("+[] ~[] -[2]", data(client.next()));
            insert(3, 60);
            server.delete("/v1/tables/unit/records/3");
            insert(4, 5);
            assertEquals("+[{\"id\":4,\"hp\":5}] ~[] -[]", data(client.next()));
        }
    }

    @Test
    void shouldEndWhenAFieldOfTheFilterGoes() throws Exception {
        try (EventClient client = open("?name.like=a%25")) {
            client.next();
            server.delete("/v1/tables/unit/fields/name");
            final Event end = client.next();
            assertEquals("end", end.name());
            assertEquals("INVALID_PARAMETER", end.data().get("code").asText());
        }
    }

    @Test
    void shouldResumeWithoutGapOrRepeat() throws Exception {
        insert(1, 10);
        final String last;
        try (EventClient client = open("")) {
            client.next();
            insert(2, 20);
            client.next();
            last = client.lastId();
        }
        insert(3, 30);
        server.patch("/v1/tables/unit/records/1", "{\"hp\":11}");
        final Map<Long, JsonNode> seen = new TreeMap<>();
        try (EventClient client = open("", "last-event-id: " + last)) {
            while (seen.size() < 2) {
                final Event event = client.next();
                assertEquals("change", event.name());
                event.data()
                        .get("inserted")
                        .forEach(row -> seen.put(row.get("id").asLong(), row));
                event.data()
                        .get("updated")
                        .forEach(row -> seen.put(row.get("id").asLong(), row));
            }
            assertEquals("{1={\"id\":1,\"hp\":11}, 3={\"id\":3,\"hp\":30,\"name\":\"unit\"}}", seen.toString());
            server.delete("/v1/tables/unit/records/3");
            assertEquals("+[] ~[] -[3]", data(client.next()));
        }
    }

    @Test
    void shouldSayResetAndBringRowsWhenTheTickIsNotRetained() throws Exception {
        insert(1, 10);
        try (EventClient client = open("", "last-event-id: 0")) {
            final Event reset = client.next();
            assertEquals("reset", reset.name());
            assertTrue(reset.data().get("reason").asText().contains("tick 0"), () -> reset.toString());
            assertNull(reset.id());
            final Event rows = client.next();
            assertEquals("snapshot", rows.name());
            assertEquals(1, rows.data().get("rows").size());
        }
    }

    @Test
    void shouldResetAndGoOnWhenFieldsChange() throws Exception {
        insert(1, 10);
        try (EventClient client = open("")) {
            client.next();
            assertEquals(
                    201,
                    server.post("/v1/tables/unit/fields", "{\"name\":\"mp\",\"type\":\"i32\",\"default\":5}")
                            .status());
            assertEquals("reset", client.next().name());
            assertEquals(
                    5,
                    client.next("snapshot").data().get("rows").get(0).get("mp").asInt());
            server.patch("/v1/tables/unit/records/1", "{\"mp\":6}");
            assertEquals("+[] ~[{\"id\":1,\"mp\":6}] -[]", data(client.next()));
        }
    }

    @Test
    void shouldEndWithAReasonWhenTheTableIsDropped() throws Exception {
        try (EventClient client = open("")) {
            client.next();
            server.delete("/v1/tables/unit");
            final Event end = client.next();
            assertEquals("end", end.name());
            assertEquals("TABLE_NOT_FOUND", end.data().get("code").asText());
            assertNull(client.next());
        }
    }

    @Test
    @SuppressWarnings("try") // the client must be gone before the server can have stopped
    void shouldEndWithAReasonWhenTheServerStops() throws Exception {
        try (EventClient client = open("")) {
            client.next();
            final Thread stopping = new Thread(server::close);
            stopping.start();
            assertEquals("UNAVAILABLE", client.next("end").data().get("code").asText());
            assertNull(client.next());
            client.hangUp();
            stopping.join();
        }
    }

    @Test
    void shouldRefuseWhatItCannotFollow() throws Exception {
        assertEquals("TABLE_NOT_FOUND", server.get("/v1/stream/unti").code());
        assertEquals(
                "INVALID_PARAMETER", server.get("/v1/stream/unit?fields=xp").code());
        assertEquals("INVALID_PARAMETER", server.get("/v1/stream/unit?limit=3").code());
        assertEquals(
                "INVALID_PARAMETER", server.get("/v1/stream/unit?hp.lt=much").code());
        assertEquals(
                "INVALID_PARAMETER", server.get("/v1/stream/unit?hp.near=3").code());
        assertEquals(
                "INVALID_PARAMETER",
                server.get("/v1/stream/unit?snapshot=maybe").code());
        assertEquals(
                "INVALID_REQUEST",
                server.send("GET", "/v1/stream/unit", null, "Last-Event-ID", "tuesday")
                        .code());
        assertEquals(
                "NOT_ACCEPTABLE",
                server.send("GET", "/v1/stream/unit", null, "Accept", "application/json")
                        .code());
        assertEquals("METHOD_NOT_ALLOWED", server.post("/v1/stream/unit", "{}").code());
        assertEquals(200, server.send("HEAD", "/v1/stream/unit", null).status());
        assertEquals(0, server.api().topics().size());
    }
}
