package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PushCommandTest {
    private static final String ROUTE = "POST /v1/push/item";

    private final StubServer server = new StubServer();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSendArrayInBatchesWhenItIsLonger() throws IOException {
        server.on(ROUTE, 201, "{\"ids\":[1,2],\"added\":[{\"name\":\"a\",\"type\":\"i64\"}],\"widened\":[]}");
        server.on(
                ROUTE,
                201,
                "{\"ids\":[3],\"added\":[],\"widened\":[{\"name\":\"a\",\"from\":\"i64\",\"to\":\"f64\"}]}");
        final Path file = Files.writeString(folder.resolve("items.json"), "[{\"a\":1},{\"a\":2},\n{\"a\":2.50}]");
        final CommandLineRun run = CommandLineRun.of(server, "push", "item", file.toString(), "--batch", "2");
        assertEquals(List.of("[{\"a\":1},{\"a\":2}]", "[{\"a\":2.50}]"), server.bodies());
        assertEquals("""
            pushed 3 records into item in 2 batches
              added    a i64
              widened  a i64 → f64
            """, run.out());
        assertEquals("", run.err(), "no progress where nobody watches");
    }

    @Test
    void shouldSendLinesWhenInputIsNdjson() {
        server.on(ROUTE, 201, "{}");
        CommandLineRun.withInput(server, "{\"a\":1}\n{\"a\":{\"b\":[true,null]}}\n\n", "push", "item", "-");
        assertEquals(List.of("[{\"a\":1},{\"a\":{\"b\":[true,null]}}]"), server.bodies());
    }

    @Test
    void shouldSendEachValueWhenObjectIsSplit() {
        server.on(ROUTE, 201, "{}");
        final String input = "{\"1\":{\"a\":1},\"2\":[{\"a\":2},{\"a\":[3]}],\"3\":[],\"4\":{\"a\":{\"x\":4}}}";
        CommandLineRun.withInput(server, input, "push", "item", "-", "--split-values", "--batch=3");
        assertEquals(List.of("[{\"a\":1},{\"a\":2},{\"a\":[3]}]", "[{\"a\":{\"x\":4}}]"), server.bodies());
    }

    @Test
    void shouldKeepEveryDigitWhenNumbersAreLong() {
        server.on(ROUTE, 201, "{}");
        final String input = "{\"a\":18446744073709551616,\"b\":0.10000000000000000000000001,\"c\":1e400}";
        CommandLineRun.withInput(server, input, "push", "item", "-");
        assertEquals(List.of("[" + input + "]"), server.bodies());
    }

    @Test
    void shouldSendNothingWhenArrayIsEmpty() {
        final CommandLineRun run = CommandLineRun.withInput(server, " [ ] ", "push", "item", "-");
        assertEquals("pushed 0 records into item in 0 batches\n", run.out());
        assertEquals(List.of(), server.requests());
    }

    @Test
    void shouldEndBatchEarlyWhenRecordsAreLarge() {
        server.on(ROUTE, 201, "{}");
        final String record = "{\"a\":\"" + "x".repeat(600_000) + "\"}";
        CommandLineRun.withInput(server, record.repeat(3), "push", "item", "-");
        assertEquals(
                List.of(1_200_019, 600_010),
                server.bodies().stream().map(String::length).toList());
    }

    @Test
    void shouldSayWhatWasStoredWhenLaterBatchIsRefused() {
        server.on(ROUTE, 201, "{}").on(ROUTE, 400, "{\"code\":\"INVALID_NAME\",\"detail\":\"not a name: key=a b\"}");
        final CommandLineRun run =
                CommandLineRun.withInput(server, "{\"a\":1}{\"a b\":2}", "push", "item", "-", "--batch=1");
        assertEquals(
                "error INVALID_NAME: not a name: key=a b; refused: records 1 to 1 of the input; "
                        + "stored before this: records=1\n",
                run.err());
        assertEquals(1, run.code());
    }

    @Test
    void shouldNameLineWhenInputIsBroken() {
        server.on(ROUTE, 201, "{}");
        final CommandLineRun run = CommandLineRun.withInput(server, "{\"a\":1}\n{\"a\":\n", "push", "item", "-");
        assertTrue(run.err().startsWith("error: not JSON: file=standard input, line=3"), run::err);
        assertEquals(4, run.code());
        assertEquals(List.of(), server.requests(), "the batch was not complete");
    }

    @Test
    void shouldRefuseWhenSomethingFollowsArray() {
        server.on(ROUTE, 201, "{}");
        final CommandLineRun run = CommandLineRun.withInput(server, "[{\"a\":1}]\n{\"a\":2}", "push", "item", "-");
        assertTrue(run.err().startsWith("error: something follows the records: file=standard input, line=2"), run::err);
        assertEquals(4, run.code());
    }

    @Test
    void shouldRefuseWhenThereIsNoObjectToSplit() {
        final CommandLineRun run = CommandLineRun.withInput(server, "[1]", "push", "item", "-", "--split-values");
        assertTrue(run.err().startsWith("error: no object to split"), run::err);
        assertEquals(4, run.code());
    }

    @Test
    void shouldShowProgressWhenSomebodyWatches() {
        server.on(ROUTE, 201, "{}");
        final CommandLineRun run =
                CommandLineRun.plain("{\"a\":1}", true, "push", "item", "-", "--server", server.url());
        assertTrue(run.err().contains("\r\u001b[Kitem  1 records"), run::err);
        assertTrue(run.err().endsWith("\r\u001b[K"), "the line is taken away at the end: " + run.err());
    }
}
