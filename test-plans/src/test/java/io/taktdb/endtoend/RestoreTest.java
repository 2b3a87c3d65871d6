package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A world put in the place of another over HTTP, and what is there after a restart. */
class RestoreTest {
    @TempDir
    private Path folder;

    private TaktServer server;
    private Client client;

    @BeforeEach
    void open() {
        server = start();
        client = new Client(server.port());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TaktServer start() {
        return TaktServer.start(ServerConfig.of(folder.resolve("data")).withPort(0), List.of());
    }

    private void restart() {
        server.close();
        server = start();
        client = new Client(server.port());
    }

    private void fill() {
        client.post(
                        "/v1/tables",
                        "{\"name\":\"clan\",\"fields\":[{\"name\":\"tag\",\"type\":\"string\",\"unique\":true}]}")
                .expect(201);
        client.post(
                        "/v1/tables",
                        "{\"name\":\"hero\",\"fields\":[{\"name\":\"score\",\"type\":\"u64\"},"
                                + "{\"name\":\"pos\",\"type\":\"3xf32\"},"
                                + "{\"name\":\"clan\",\"type\":\"u64\",\"optional\":true}]}")
                .expect(201);
        client.post(
                        "/v1/relations",
                        "{\"source_table\":\"hero\",\"source_field\":\"clan\",\"destination_table\":\"clan\","
                                + "\"on_delete\":\"restrict\"}")
                .expect(201);
        client.post("/v1/tables/clan/records", "[{\"tag\":\"red\"},{\"tag\":\"blue\"}]")
                .expect(201);
        client.post(
                        "/v1/tables/hero/records",
                        "[{\"score\":18446744073709551615,\"pos\":[1,-0.0,2.5],\"clan\":1},"
                                + "{\"score\":3,\"pos\":[0,0,0]},{\"score\":9,\"pos\":[1,1,1],\"clan\":2}]")
                .expect(201);
        client.send("DELETE", "/v1/tables/hero/records/2", null).expect(204);
    }

    private JsonNode restore(final Path file) {
        return client.upload("/v1/restore", file).expect(200).json();
    }

    /** The state hash that a snapshot's manifest says. */
    private String stateHash(final String snapshot) throws IOException {
        final Path manifest =
                folder.resolve("data/snapshots/" + "0".repeat(20 - snapshot.length()) + snapshot + "/manifest.json");
        return Client.json(Files.readString(manifest)).get("state_hash").asText();
    }

    @Test
    void shouldComeBackExactlyFromItsDump() throws IOException {
        fill();
        final String hash = stateHash(
                client.post("/v1/snapshots", null).expect(202).json().get("id").asText());
        final List<JsonNode> heroes = client.records("hero");
        final Path dump = folder.resolve("world.db");
        client.download("/v1/dump.db", dump);
        client.send("DELETE", "/v1/tables/hero/records?all=true", null);
        client.post("/v1/push/other", "{\"a\":1}").expect(201);
        final JsonNode done = restore(dump);
        assertEquals("dump", done.get("source").asText());
        assertEquals(2, done.get("tables").asInt());
        assertEquals(4, done.get("rows").asLong());
        assertEquals(0, done.get("notes").size());
        assertEquals(hash, stateHash(done.get("snapshot").asText()));
        for (int i = 0; i < 2; i++) {
            assertEquals(heroes, client.records("hero"));
            client.get("/v1/tables/other").expect(404);
            client.post("/v1/tables/hero/records", "{\"id\":2,\"score\":1,\"pos\":[0,0,0]}")
                    .expect(409);
            client.post("/v1/tables/clan/records", "{\"tag\":\"red\"}").expect(409);
            client.send("DELETE", "/v1/tables/clan/records/1", null).expect(409);
            restart();
        }
        final long next = client.post("/v1/tables/hero/records", "{\"score\":1,\"pos\":[0,0,0]}")
                .expect(201)
                .json()
                .get("id")
                .asLong();
        assertEquals(4, next);
    }

    @Test
    void shouldComeBackFromASnapshot() {
        fill();
        final String id =
                client.post("/v1/snapshots", null).expect(202).json().get("id").asText();
        final List<JsonNode> heroes = client.records("hero");
        client.send("DELETE", "/v1/tables/hero", null);
        client.send("DELETE", "/v1/tables/hero?cascade=true", null).expect(204);
        final JsonNode done = client.post("/v1/restore", "{\"snapshot\":\"" + id + "\"}")
                .expect(200)
                .json();
        assertEquals("snapshot", done.get("source").asText());
        assertEquals(heroes, client.records("hero"));
        restart();
        assertEquals(heroes, client.records("hero"));
        final Path dump = folder.resolve("snapshot.db");
        client.download("/v1/snapshots/" + done.get("snapshot").asText() + "/world.db", dump);
        assertEquals("2", one(dump, "select count(*) from hero"));
    }

    @Test
    @Tag("re_2:validation_via_rest_api")
    void shouldLeaveTheWorldAloneWhenTheFileIsBad() throws IOException, SQLException {
        fill();
        final List<JsonNode> heroes = client.records("hero");
        final Path text = Files.writeString(folder.resolve("text.db"), "no database");
        expectRefusal(client.upload("/v1/restore", text), 400, "INVALID_REQUEST");
        final Path dump = folder.resolve("world.db");
        client.download("/v1/dump.db", dump);
        change(dump, "PRAGMA foreign_keys = OFF", "UPDATE hero SET clan = 77 WHERE id = 1");
        expectRefusal(client.upload("/v1/restore", dump), 409, "CONFLICT");
        client.download("/v1/dump.db", dump);
        change(dump, "UPDATE hero SET score = 'many' WHERE id = 1");
        expectRefusal(client.upload("/v1/restore", dump), 422, "SCHEMA_MISMATCH");
        final Path mixed = folder.resolve("mixed.db");
        change(mixed, "CREATE TABLE a (x)", "INSERT INTO a VALUES (1), ('b')");
        expectRefusal(client.upload("/v1/restore", mixed), 400, "INVALID_REQUEST");
        expectRefusal(client.post("/v1/restore", "{\"snapshot\":\"7777777\"}"), 404, "SNAPSHOT_NOT_FOUND");
        expectRefusal(client.post("/v1/restore", "{\"snap\":1}"), 400, "INVALID_REQUEST");
        expectRefusal(client.post("/v1/restore", ""), 400, "INVALID_JSON");
        assertEquals(heroes, client.records("hero"));
        restart();
        assertEquals(heroes, client.records("hero"));
    }

    private static void expectRefusal(final Client.Answer answer, final int status, final String code) {
        assertEquals(code, answer.expect(status).json().get("code").asText(), answer::body);
    }

    @Test
    void shouldTakeChinookWholeAndGiveItBack() throws SQLException {
        final Path chinook = SharedData.file("chinook/Chinook_Sqlite.sqlite");
        final JsonNode done = restore(chinook);
        assertEquals("tables", done.get("source").asText());
        assertEquals(11, done.get("tables").asInt());
        assertEquals(15_607, done.get("rows").asLong());
        assertEquals(11, client.get("/v1/relations").expect(200).json().size());
        final Path dump = folder.resolve("world.db");
        client.download("/v1/dump.db", dump);
        assertEquals("ok", one(dump, "pragma integrity_check"));
        assertEquals(List.of(), rows(dump, "pragma foreign_key_check"));
        for (final String table : List.of(
                "Album",
                "Artist",
                "Customer",
                "Employee",
                "Genre",
                "Invoice",
                "InvoiceLine",
                "MediaType",
                "Playlist",
                "Track")) {
            assertEquals(
                    rows(chinook, "select * from " + table + " order by 1"),
                    rows(dump, "select * from " + table + " order by 1"),
                    table);
        }
        assertEquals(
                rows(chinook, "select PlaylistId, TrackId from PlaylistTrack order by 1, 2"),
                rows(dump, "select PlaylistId, TrackId from PlaylistTrack order by 1, 2"));
        final List<JsonNode> tracks = client.records("Track");
        restart();
        assertEquals(tracks, client.records("Track"));
        client.send("DELETE", "/v1/tables/Artist/records/1", null).expect(409);
        assertTrue(client.get("/v1/tables/Artist/records/1").body().contains("AC/DC"));
        restore(dump);
        assertEquals(tracks, client.records("Track"));
    }

    private static void change(final Path file, final String... statements) throws SQLException {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = sqlite.createStatement()) {
            for (final String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String one(final Path file, final String sql) {
        return String.valueOf(rows(file, sql).get(0).get(0));
    }

    private static List<List<Object>> rows(final Path file, final String sql) {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = sqlite.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            final List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                final List<Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (final SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
