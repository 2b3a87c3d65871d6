package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records on their way out: every form, filters, and what happens to files. */
final class ExportCommandTest {
    private static final String RECORDS = "[{\"id\":1,\"name\":\"a,\\\"b\\\"\",\"hp\":null,\"pos\":[1.5,2]},"
            + "{\"id\":18446744073709551615,\"name\":\"\",\"hp\":1.10,\"pos\":[0,0]}]";

    private final StubServer server = new StubServer();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private void hero() {
        server.on(
                "GET /v1/tables/hero",
                200,
                "{\"name\":\"hero\",\"rows\":2,\"rowBytes\":20,\"bytes\":99,\"fields\":["
                        + "{\"name\":\"name\",\"type\":\"string\","
                        + "\"unique\":true},{\"name\":\"hp\",\"type\":\"f64\",\"optional\":true,\"default\":3},"
                        + "{\"name\":\"pos\",\"type\":\"2xf32\"}],"
                        + "\"indexes\":[{\"name\":\"by_hp\",\"fields\":[\"hp\",\"name\"],\"unique\":false}]}");
        server.on("GET /v1/tables/hero/records?limit=1000", 200, RECORDS);
    }

    @Test
    void shouldWriteCsvByTheNameOfTheFile() throws IOException {
        hero();
        final Path file = folder.resolve("hero.csv");
        final CommandLineRun run = CommandLineRun.of(server, "export", "hero", file.toString());
        assertEquals(0, run.code(), run::err);
        assertEquals("wrote " + file + " (2 records)\n", run.out());
        assertEquals(
                "id,name,hp,pos\r\n1,\"a,\"\"b\"\"\",,\"[1.5,2]\"\r\n18446744073709551615,\"\",1.10,\"[0,0]\"\r\n",
                Files.readString(file));
    }

    @Test
    void shouldSayWhatIsMissingWhenATableHasNoVectors() {
        hero();
        final CommandLineRun run = CommandLineRun.of(server, "export", "hero", "--format", "VECTORS");
        assertEquals(2, run.code(), run::err);
        assertTrue(run.err().contains("needs a field label without spaces and a field vector: table=hero"), run::err);
    }

    @Test
    void shouldWriteJsonAndNdjsonToStandardOutput() {
        hero();
        final CommandLineRun json = CommandLineRun.of(server, "export", "hero");
        assertEquals(
                RECORDS.replace("[{\"id\":1,", "[\n{\"id\":1,")
                                .replace("},{", "},\n{")
                                .replace("]}]", "]}\n]") + "\n",
                json.out());
        final CommandLineRun lines = CommandLineRun.of(server, "export", "hero", "-", "--format", "ndjson");
        assertEquals(2, lines.out().lines().count(), lines::out);
    }

    @Test
    void shouldGoOnBehindTheLastRecordAndKeepConditions() {
        hero();
        final StringBuilder full = new StringBuilder("[");
        for (int i = 1; i <= 1000; i++) {
            full.append(i == 1 ? "" : ",").append("{\"id\":").append(i).append(",\"hp\":0}");
        }
        server.on(
                "GET /v1/tables/hero/records?hp.ge=0&fields=id%2Chp&limit=1000",
                200, full.append(']').toString());
        server.on(
                "GET /v1/tables/hero/records?hp.ge=0&fields=id%2Chp&limit=1000&after=1000",
                200, "[{\"id\":2000,\"hp\":5}]");
        final CommandLineRun run = CommandLineRun.of(
                server, "export", "hero", "-", "--format", "csv", "--where", "hp.ge=0", "--fields", "hp");
        assertEquals(0, run.code(), run::err);
        assertTrue(run.out().startsWith("hp\r\n0\r\n0\r\n"), run::out);
        assertTrue(run.out().endsWith("\r\n5\r\n"), run::out);
        assertEquals(1002, run.out().lines().count());
    }

    @Test
    void shouldLeaveAFileAloneUnlessForced() throws IOException {
        hero();
        final Path file = Files.writeString(folder.resolve("hero.json"), "mine");
        final CommandLineRun run = CommandLineRun.of(server, "export", "hero", file.toString());
        assertEquals(4, run.code(), run::err);
        assertEquals("mine", Files.readString(file));
        assertEquals(
                0,
                CommandLineRun.of(server, "export", "hero", file.toString(), "--force")
                        .code());
        assertTrue(Files.readString(file).startsWith("[\n{\"id\":1,"));
    }

    @Test
    void shouldLeaveNothingBehindWhenItFails() {
        hero();
        server.on(
                "GET /v1/tables/hero/records?x=1&limit=1000",
                400,
                "{\"code\":\"INVALID_PARAMETER\",\"detail\":\"no\"}");
        final Path file = folder.resolve("hero.json");
        final CommandLineRun run = CommandLineRun.of(server, "export", "hero", file.toString(), "--where", "x=1");
        assertEquals(1, run.code(), run::err);
        assertFalse(Files.exists(file));
        assertFalse(Files.exists(folder.resolve("hero.json.part")));
    }

    @Test
    void shouldShowWhatAQueryFinds() {
        server.on(
                "GET /v1/tables/hero/records?hp.gt=1&name=x%20y&order=-hp&limit=2", 200, RECORDS, "X-Total-Count", "7");
        final String[] query = {"query", "hero", "hp.gt=1", "name=x y", "--order=-hp", "--limit=2"};
        assertEquals(
                """
                                  id  name     hp  pos
                                   1  a,"b"        [1.5,2]
                18446744073709551615         1.10  [0,0]
                (2 of 7 records)
                """,
                CommandLineRun.of(server, query).out(),
                () -> CommandLineRun.of(server, query).err());
        assertEquals(
                RECORDS + "\n", CommandLineRun.of(server, with(query, "--json")).out());
        assertEquals(
                "id,name,hp,pos\r\n1,\"a,\"\"b\"\"\",,\"[1.5,2]\"\r\n18446744073709551615,\"\",1.10,\"[0,0]\"\r\n",
                CommandLineRun.of(server, with(query, "--format=CSV")).out());
    }

    private static String[] with(final String[] line, final String more) {
        final String[] longer = java.util.Arrays.copyOf(line, line.length + 1);
        longer[line.length] = more;
        return longer;
    }

    @Test
    void shouldDescribeATable() {
        hero();
        assertEquals("""
                hero: 2 rows of 20 bytes, 99 bytes in all
                FIELD  TYPE    OPTIONAL  DEFAULT  UNIQUE
                id     u64                        yes
                name   string                     yes
                hp     f64     yes             3
                pos    2xf32
                index by_hp on hp, name
                """, CommandLineRun.of(server, "describe", "hero").out());
    }
}
