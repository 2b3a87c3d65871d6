package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.persistence.StoreConfig;
import io.taktdb.persistence.journal.JournalConfig;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When writes are answered, as clients ask for it and as the status shows it. */
class DurableWritesTest {
    private static final String NEW_TABLE = "{\"name\":\"hero\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"}]}";
    private static final String INSERT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"table.insert\","
            + "\"params\":{\"table\":\"hero\",\"record\":{\"hp\":3}}}";

    @TempDir
    private Path data;

    private TaktServer start(final JournalConfig journal) {
        final StoreConfig store = StoreConfig.of(data.resolve("world")).withJournal(journal);
        return TaktServer.start(ServerConfig.of(data).withPort(0).withStore(store), List.of());
    }

    @Test
    void shouldAnswerDurablyByDefaultAndAtTheCommitWhenAsked() {
        try (TaktServer server = start(JournalConfig.ON)) {
            final Client client = new Client(server.port());
            client.post("/v1/tables?ack=durable", NEW_TABLE).expect(201);
            client.post("/v1/tables/hero/records", "{\"hp\":1}").expect(201);
            client.post("/v1/tables/hero/records?ack=tick", "{\"hp\":2}").expect(201);
            client.post("/rpc?ack=durable", INSERT).expect(200);
            client.post("/v1/push/event?ack=durable", "{\"kind\":\"start\"}").expect(201);
            client.post("/v1/tables/hero/records?ack=later", "{\"hp\":1}").expect(400);
            final JsonNode status = client.get("/v1/status").expect(200).json();
            assertFalse(status.get("readOnly").asBoolean(), status::toString);
            assertEquals("on", status.get("journal").get("mode").asText(), status::toString);
            assertTrue(status.get("journalTick").asLong() > 0, status::toString);
            assertTrue(status.get("journal").get("syncs").asLong() > 0, status::toString);
            assertTrue(status.get("journal").get("commit").asLong() > 0, status::toString);
        }
        try (TaktServer server = start(JournalConfig.ON)) {
            assertEquals(3, new Client(server.port()).records("hero").size());
        }
    }

    @Test
    void shouldSayThatNothingIsDurableWithoutAJournal() {
        try (TaktServer server = start(JournalConfig.OFF)) {
            final Client client = new Client(server.port());
            client.post("/v1/tables", NEW_TABLE).expect(201);
            final JsonNode error = client.post("/v1/tables/hero/records?ack=durable", "{\"hp\":1}")
                    .expect(503)
                    .json();
            assertTrue(error.toString().contains("NOT_DURABLE"), error::toString);
            client.post("/v1/tables/hero/records", "{\"hp\":1}").expect(201);
            final JsonNode status = client.get("/v1/status").expect(200).json();
            assertTrue(
                    status.get("journal").isNull() && status.get("journalTick").isNull(), status::toString);
            assertEquals(1, client.records("hero").size());
        }
    }
}
