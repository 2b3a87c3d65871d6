package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files on their way into tables: what is sent for each form, and what bad ones get. */
final class ImportCommandTest {
    private final StubServer server = new StubServer();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private String file(final String name, final String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private void known(final String tables) {
        server.on("GET /v1/tables", 200, tables);
        server.on("POST /v1/push/item", 201, "{}");
        server.on("POST /v1/tables/item/records", 201, "[]");
    }

    private String lastBody() {
        return server.bodies().get(server.bodies().size() - 1);
    }

    @Test
    void shouldPushWhatACsvFileShowsWhenTheTableIsNew() throws IOException {
        known("[]");
        final CommandLineRun run = CommandLineRun.of(
                server,
                "import",
                "item",
                file(
                        "i.csv",
                        "\uFEFFname,zip,n,x,ok,more\r\n\"a,\"\"b\"\"\",00501,7,1.5,true,\r\n"
                                + "\"\",\" 1\",-0,1.50,TRUE,\"x\ny\"\r\n"));
        assertEquals(0, run.code(), run::err);
        assertTrue(run.out().startsWith("imported 2 records into item ("), run::out);
        assertEquals(
                "[{\"name\":\"a,\\\"b\\\"\",\"zip\":\"00501\",\"n\":7,\"x\":1.5,\"ok\":true},"
                        + "{\"name\":\"\",\"zip\":\" 1\",\"n\":\"-0\",\"x\":\"1.50\",\"ok\":\"TRUE\","
                        + "\"more\":\"x\\ny\"}]",
                lastBody());
    }

    @Test
    void shouldFollowTheTypesWhenTheTableIsThere() throws IOException {
        known("[{\"name\":\"item\",\"fields\":[{\"name\":\"zip\",\"type\":\"string\"},"
                + "{\"name\":\"hp\",\"type\":\"i32\"},"
                + "{\"name\":\"pos\",\"type\":\"2xf32\"},{\"name\":\"f\",\"type\":\"f64\"}]}]");
        final CommandLineRun run = CommandLineRun.of(
                server, "import", "item", file("i.csv", "id,zip,hp,pos,f\n3,501,7,\"[1,2]\",NaN\n"), "--json");
        assertEquals(0, run.code(), run::err);
        assertEquals("{\"table\":\"item\",\"imported\":1}\n", run.out());
        assertEquals("POST /v1/tables/item/records", server.requests().get(1).line());
        assertEquals("[{\"id\":3,\"zip\":\"501\",\"hp\":7,\"pos\":[1,2],\"f\":\"NaN\"}]", lastBody());
    }

    @Test
    void shouldSendBatchesOfEveryForm() throws IOException {
        known("[]");
        for (final String name : List.of("i.json", "i.ndjson")) {
            final String content =
                    name.equals("i.json") ? "[{\"a\":1},{\"a\":2},{\"a\":3}]" : "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n";
            final CommandLineRun run = CommandLineRun.of(server, "import", "item", file(name, content), "--batch", "2");
            assertEquals(0, run.code(), run::err);
            assertEquals("[{\"a\":3}]", lastBody());
        }
        final CommandLineRun input =
                CommandLineRun.withInput(server, "a\n1\n2\n", "import", "item", "-", "--format=csv");
        assertEquals(0, input.code(), input::err);
        assertEquals("[{\"a\":1},{\"a\":2}]", lastBody());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''             | first line does not name every field once",
                "'a,a\n1,2\n'   | first line does not name every field once",
                "'a,b\n1\n'     | another number of fields than the first line: file=",
                "'a\n\"x\n'     | a quoted field does not end, line=2",
                "'a\n\"x\"y\n'  | something follows a quoted field, line=2",
            })
    void shouldEndWithFourWhenAFileIsNoCsv(final String content, final String cause) throws IOException {
        known("[]");
        final CommandLineRun run = CommandLineRun.of(server, "import", "item", file("i.csv", content));
        assertEquals(4, run.code(), run::err);
        assertTrue(run.err().contains(cause), run::err);
    }

    @Test
    void shouldPushALabelAndItsNumbersWhenAFileHoldsVectors() throws IOException {
        known("[]");
        final CommandLineRun run =
                CommandLineRun.of(server, "import", "item", file("i.vec", "the -0.038 1e-5  3\n\"q\" 0.10\n"));
        assertEquals(0, run.code(), run::err);
        assertEquals(
                "[{\"label\":\"the\",\"vector\":[-0.038,1e-5,3]},{\"label\":\"\\\"q\\\"\",\"vector\":[0.10]}]",
                lastBody());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a 1\nb 1 x2\n' | not a number: file=, line=2, word=3, value=x2",
                "'a 1\n\n'       | line is not a label and numbers: file=, line=2, words=1",
                "'a NaN\n'       | not a number: file=, line=1, word=2, value=NaN",
            })
    void shouldEndWithFourWhenALineIsNoVector(final String content, final String cause) throws IOException {
        known("[]");
        final String file = file("i.vec", content);
        final CommandLineRun run = CommandLineRun.of(server, "import", "item", file);
        assertEquals(4, run.code(), run::err);
        assertTrue(run.err().contains(cause.replace("file=", "file=" + file)), run::err);
    }

    @Test
    void shouldEndWithFourWhenAFileIsNoUtf8() throws IOException {
        known("[]");
        final Path file = folder.resolve("i.csv");
        Files.write(file, "a\nö\n".getBytes(StandardCharsets.ISO_8859_1));
        final CommandLineRun run = CommandLineRun.of(server, "import", "item", file.toString());
        assertEquals(4, run.code(), run::err);
        assertTrue(run.err().contains("file is no UTF-8"), run::err);
    }

    @Test
    void shouldSayHowFarItWasWhenTheServerRefuses() throws IOException {
        server.on("GET /v1/tables", 200, "[]");
        server.on("POST /v1/push/item", 201, "{}");
        server.on("POST /v1/push/item", 422, "{\"code\":\"SCHEMA_MISMATCH\",\"detail\":\"no\"}");
        final CommandLineRun run = CommandLineRun.of(server, "import", "item", file("i.csv", "a\n1\n2\n"), "--batch=1");
        assertEquals(1, run.code());
        assertEquals(
                "error SCHEMA_MISMATCH: no; refused: records 1 to 1 of the input; stored before this: records=1\n",
                run.err());
    }
}
