package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.cli.command.TaktCommand;
import io.taktdb.cli.view.Console;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import io.taktdb.types.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line client against a server that runs: what goes in comes out equal. */
class CliTest {
    @TempDir
    private Path folder;

    private TaktServer server;

    @BeforeEach
    void open() {
        server = TaktServer.start(ServerConfig.of(folder.resolve("data")).withPort(0), List.of());
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** Runs a command, which must succeed; answers what it printed. */
    private String run(final String... args) {
        final List<String> line = new ArrayList<>(Arrays.asList(args));
        line.add("--server=" + server.url());
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        final int code = TaktCommand.run(console, line.toArray(new String[0]));
        assertEquals(0, code, () -> line + ": " + err.toString(StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<String> lines(final String text) {
        return text.lines().toList();
    }

    @Test
    void shouldBringZipcodesInAndOutAsCsv() throws IOException {
        final Path zipcodes = SharedData.file("vega-datasets/zipcodes.csv");
        final String said = run("import", "zip", zipcodes.toString());
        assertTrue(said.startsWith("imported 42049 records into zip ("), said);
        final String names = Files.readAllLines(zipcodes).get(0);
        final Path out = folder.resolve("zip.csv");
        run("export", "zip", out.toString(), "--fields", names);
        assertEquals(lines(Files.readString(zipcodes)), lines(Files.readString(out)));
        assertEquals(
                "zip_code,city\r\n10001,New York\r\n",
                run("query", "zip", "zip_code=10001", "--fields", "zip_code,city", "--format", "csv")
                        .replace("id,zip_code", "zip_code")
                        .replaceAll("(?m)^[0-9]+,(?=[0-9]+,)", ""));
    }

    @Test
    void shouldBringJsonInAndOutEqual() throws IOException {
        for (final String name : List.of(
                "vega-datasets/flights-5k.json",
                "vega-datasets/us-state-capitals.json",
                "vega-datasets/earthquakes.json")) {
            final Path file = SharedData.file(name);
            final JsonNode before = StrictJson.mapper().readTree(Files.readAllBytes(file));
            if (!before.isArray()) {
                continue;
            }
            run("import", "data", file.toString());
            final Path out = folder.resolve("data.json");
            run("export", "data", out.toString(), "--force");
            final ArrayNode after = (ArrayNode) StrictJson.mapper().readTree(Files.readAllBytes(out));
            assertEquals(before.size(), after.size(), name);
            for (int i = 0; i < before.size(); i++) {
                final ObjectNode record = (ObjectNode) after.get(i);
                before.get(i).properties().forEach(member -> {
                    if (member.getValue().isNumber()) {
                        assertEquals(
                                0,
                                member.getValue()
                                        .decimalValue()
                                        .compareTo(record.get(member.getKey()).decimalValue()),
                                name);
                    } else {
                        assertEquals(member.getValue(), record.get(member.getKey()), name);
                    }
                });
            }
            new Client(server.port()).send("DELETE", "/v1/tables/data", null).expect(204);
        }
    }

    @Test
    void shouldRestoreChinookAndExportItAgain() throws IOException {
        final Path chinook = SharedData.file("chinook/Chinook_Sqlite.sqlite");
        final String said = run("restore", chinook.toString(), "--yes");
        assertTrue(said.contains("restored 11 tables, 15607 rows from tables; saved as snapshot "), said);
        final Path dump = folder.resolve("world.db");
        run("dump", dump.toString());
        final String tracks = run("export", "Track", "-", "--format", "ndjson");
        assertEquals(3503, lines(tracks).size());
        run("restore", dump.toString(), "--yes");
        assertEquals(tracks, run("export", "Track", "-", "--format", "ndjson"));
        final Path out = folder.resolve("Track.ndjson");
        Files.writeString(out, tracks);
        new Client(server.port())
                .send("DELETE", "/v1/tables/InvoiceLine?cascade=true", null)
                .expect(204);
        final String described = run("describe", "Track");
        assertTrue(described.startsWith("Track: 3503 rows of "), described);
        assertTrue(described.contains("AlbumId"), described);
    }

    @Test
    void shouldMoveTheSchemaAndTheRecordsOfATable() throws IOException {
        final Path wanted = folder.resolve("schema.json");
        createHero();
        run("insert", "hero", "{}");
        final String schema = run("schema", "--json");
        Files.writeString(wanted, schema.replace("\"hp\"", "\"health\""));
        final String diff = run("schema", "diff", "@" + wanted);
        assertTrue(diff.contains("! "), diff);
        run("schema", "apply", "@" + wanted, "--allow-drop");
        assertTrue(run("describe", "hero").contains("health"));
        assertEquals("no difference\n", run("schema", "diff", "@" + wanted));
        run("update", "hero", "1", "{\"health\":7}");
        assertTrue(run("get", "hero", "1").contains("7"));
        final String snapshot = run("snapshot", "--json");
        final String id = Client.json(snapshot).get("id").asText();
        run("delete", "hero", "1");
        assertTrue(run("snapshot", "list").contains(id));
        run("restore", "--snapshot", id, "--yes");
        assertTrue(run("get", "hero", "1").contains("7"));
        run("snapshot", "delete", id);
    }

    private void createHero() {
        new Client(server.port())
                .post("/v1/tables", "{\"name\":\"hero\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\",\"default\":1}]}")
                .expect(201);
    }
}
