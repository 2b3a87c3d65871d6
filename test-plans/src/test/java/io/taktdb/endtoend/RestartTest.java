package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was there before a stop is there after the next start; and dumps open in SQLite. */
class RestartTest {
    @TempDir
    private Path data;

    @Test
    void shouldShowSameRowsIdsAndSchemaWhenStartedAgain() {
        final JsonNode schema;
        final List<JsonNode> heroes;
        final long tick;
        try (TaktServer server = start()) {
            final Client client = new Client(server.port());
            fill(client);
            client.send("DELETE", "/v1/tables/hero/records/4", null).expect(204);
            schema = client.get("/v1/schema").expect(200).json();
            heroes = client.records("hero");
            tick = client.get("/v1/status").expect(200).json().get("tick").asLong();
        }
        try (TaktServer server = start()) {
            final Client client = new Client(server.port());
            assertEquals(schema, client.get("/v1/schema").expect(200).json());
            assertEquals(heroes, client.records("hero"));
            assertTrue(client.get("/v1/status").json().get("tick").asLong() >= tick);
            client.get("/v1/tables/hero/records/4").expect(404);
            client.post("/v1/tables/hero/records", "{\"id\":4,\"name\":\"again\"}")
                    .expect(409);
            final JsonNode next = client.post("/v1/tables/hero/records", "{\"name\":\"next\"}")
                    .expect(201)
                    .json();
            assertEquals(501, next.get("id").asLong());
        }
    }

    @Test
    void shouldOpenInSqliteWhenDumpedWhileTicking() throws Exception {
        try (TaktServer server = start()) {
            final Client client = new Client(server.port());
            fill(client);
            final Path dump = data.resolve("world.db");
            client.download("/v1/dump.db", dump);
            try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + dump);
                    Statement statement = sqlite.createStatement()) {
                assertEquals("ok", one(statement, "pragma integrity_check"));
                assertEquals("500", one(statement, "select count(*) from hero"));
                assertEquals("hero 17", one(statement, "select name from hero where id = 17"));
            }
        }
    }

    private static String one(final Statement statement, final String sql) throws Exception {
        try (ResultSet rows = statement.executeQuery(sql)) {
            assertTrue(rows.next(), sql);
            return rows.getString(1);
        }
    }

    private static void fill(final Client client) {
        client.post(
                        "/v1/tables",
                        "{\"name\":\"hero\",\"fields\":[{\"name\":\"name\",\"type\":\"string\"},"
                                + "{\"name\":\"hp\",\"type\":\"i32\",\"default\":10},"
                                + "{\"name\":\"place\",\"type\":\"3xf32\",\"optional\":true}]}")
                .expect(201);
        final StringBuilder heroes = new StringBuilder("[");
        for (int i = 1; i <= 500; i++) {
            heroes.append(i == 1 ? "" : ",")
                    .append("{\"name\":\"hero ")
                    .append(i)
                    .append("\",\"place\":[1,2.5,")
                    .append(i)
                    .append("]}");
        }
        client.post("/v1/tables/hero/records", heroes.append(']').toString()).expect(201);
    }

    private TaktServer start() {
        return TaktServer.start(ServerConfig.of(data).withPort(0), List.of());
    }
}
