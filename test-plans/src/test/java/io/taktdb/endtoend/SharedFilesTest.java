package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.command.TaktCommand;
import io.taktdb.cli.view.Console;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import io.taktdb.types.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files of every form go in through the command line, and come out equal. */
class SharedFilesTest {
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

    private String run(final boolean watched, final String... args) {
        final List<String> line = new ArrayList<>(Arrays.asList(args));
        line.add("--server=" + server.url());
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                watched);
        final int code = TaktCommand.run(console, line.toArray(new String[0]));
        assertEquals(0, code, () -> line + ": " + err.toString(StandardCharsets.UTF_8));
        return (watched ? err : out).toString(StandardCharsets.UTF_8);
    }

    /** What a file of lines says, without the quotes that a value may have or not. */
    private static List<String> lines(final Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.replace("\"", ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vega-datasets/airports.csv",
                "vega-datasets/birdstrikes.csv",
                "chess-openings/a.tsv",
                "chess-openings/b.tsv",
                "chess-openings/c.tsv",
                "chess-openings/d.tsv",
                "chess-openings/e.tsv"
            })
    void shouldComeBackLineByLine(final String name) throws IOException {
        final Path file = SharedData.file(name);
        final String names = folder.resolve("names.json").toString();
        final String said = run(false, "import", "data", file.toString(), "--names", names);
        assertTrue(said.startsWith("imported " + (lines(file).size() - 1) + " records into data ("), said);
        assertTrue(said.contains("/s)"), said);
        assertEquals(name.contains("birdstrikes"), said.contains("  renamed  Airport Name → Airport_Name"), said);
        final Path out = folder.resolve("out" + name.substring(name.lastIndexOf('.')));
        final List<String> fields = new ArrayList<>();
        new Client(server.port())
                .get("/v1/tables/data")
                .expect(200)
                .json()
                .get("fields")
                .forEach(field -> fields.add(field.get("name").asText()));
        fields.remove("created_at");
        run(
                false,
                "export",
                "data",
                out.toString(),
                "--names",
                names,
                "--fields",
                String.join(",", ordered(file, fields)));
        assertEquals(lines(file), lines(out));
    }

    /** The fields in the order of the file's first line, of which they are the valid names. */
    private static List<String> ordered(final Path file, final List<String> fields) throws IOException {
        final String separator = file.toString().endsWith(".tsv") ? "\t" : ",";
        final List<String> ordered = new ArrayList<>();
        for (final String name : Files.readAllLines(file).get(0).split(separator, -1)) {
            final String valid = name.replaceAll("[^A-Za-z0-9_]", "_");
            assertTrue(fields.contains(valid), () -> valid + " in " + fields);
            ordered.add(valid);
        }
        return ordered;
    }

    @ParameterizedTest
    @ValueSource(strings = {"vectors/glove.6B.100d_100.txt", "vectors/usps-zip.test"})
    void shouldComeBackVectorByVector(final String name) throws IOException {
        final Path file = SharedData.file(name);
        run(false, "import", "near", file.toString(), "--format", "VECTORS");
        final Path out = folder.resolve("out.vec");
        run(false, "export", "near", out.toString());
        final List<String> before = Files.readAllLines(file);
        final List<String> after = Files.readAllLines(out);
        assertEquals(before.size(), after.size());
        for (int i = 0; i < before.size(); i++) {
            assertSameVector(before.get(i).strip().split(" ", -1), after.get(i).split(" ", -1), name + ":" + (i + 1));
        }
    }

    /** Labels are equal, and numbers by value: 1e-5 may come back as 0.00001. */
    private static void assertSameVector(final String[] before, final String[] after, final String where) {
        assertEquals(before.length, after.length, where);
        assertEquals(before[0], after[0], where);
        for (int i = 1; i < before.length; i++) {
            assertEquals(0, new BigDecimal(before[i]).compareTo(new BigDecimal(after[i])), where + ", word " + (i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minecraft-data-1.21.4/biomes.json",
                "minecraft-data-1.21.4/blocks.json",
                "minecraft-data-1.21.4/effects.json",
                "minecraft-data-1.21.4/enchantments.json",
                "minecraft-data-1.21.4/entities.json",
                "minecraft-data-1.21.4/foods.json",
                "minecraft-data-1.21.4/items.json",
                "minecraft-data-1.21.4/language.json",
                "minecraft-data-1.21.4/recipes.json",
                "vega-datasets/earthquakes.json",
                "vega-datasets/miserables.json",
                "vega-datasets/world-110m.json",
                "natural-earth/ne_110m_populated_places_simple.json",
                "replays/kore_fleets-replay.json",
                "replays/ant_foraging-replay.json"
            })
    void shouldComeBackAsAWhole(final String name) throws IOException {
        final Path file = SharedData.file(name);
        run(false, "import", "doc", file.toString(), "--wrap", "body");
        final Path out = folder.resolve("out.ndjson");
        run(false, "export", "doc", out.toString(), "--fields", "body");
        final JsonNode came =
                StrictJson.mapper().readTree(Files.readAllBytes(out)).get("body");
        assertEquals(StrictJson.mapper().readTree(Files.readAllBytes(file)), came);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minecraft-data-1.21.4/blocks.json",
                "minecraft-data-1.21.4/items.json",
                "minecraft-data-1.21.4/entities.json",
                "vega-datasets/flights-5k.json"
            })
    void shouldComeBackRecordByRecord(final String name) throws IOException {
        final Path file = SharedData.file(name);
        run(false, "import", "data", file.toString());
        final Path out = folder.resolve("out.json");
        run(false, "export", "data", out.toString());
        final JsonNode before = StrictJson.mapper().readTree(Files.readAllBytes(file));
        final JsonNode after = StrictJson.mapper().readTree(Files.readAllBytes(out));
        assertEquals(before.size(), after.size());
        for (int i = 0; i < before.size(); i++) {
            for (final Map.Entry<String, JsonNode> member : before.get(i).properties()) {
                assertSame(
                        member.getValue(), after.get(i).path(member.getKey()), name + "[" + i + "]." + member.getKey());
            }
        }
    }

    /** Numbers are equal by value; the order of members and what is null are the same as well. */
    private static void assertSame(final JsonNode before, final JsonNode after, final String where) {
        if (before.isNumber() && after.isNumber()) {
            assertEquals(0, before.decimalValue().compareTo(after.decimalValue()), where);
        } else {
            assertEquals(before, before.isNull() && after.isMissingNode() ? before : after, where);
        }
    }

    @Test
    void shouldShowHowFarItIsWhenSomebodyWatches() {
        final Path zipcodes = SharedData.file("vega-datasets/zipcodes.csv");
        final String painted = run(true, "import", "zip", zipcodes.toString());
        assertTrue(painted.matches("(?s).*zip  [0-9,]+ records  [0-9,]+/s  [0-9.]+ MiB  [0-9]+ %.*"), painted);
    }
}
