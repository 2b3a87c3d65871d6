package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on the whole world: schema, snapshots, restore; and the reference of them all. */
final class WorldCommandsTest {
    private static final String STEPS = "{\"version\":4,\"dryRun\":true,\"steps\":[{\"step\":{\"dropTable\":\"a\"},"
            + "\"losesData\":true},{\"step\":{\"createTable\":\"b\"},\"losesData\":false}]}";

    private final StubServer server = new StubServer();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldRestoreAFileAndShowItsNotes() throws IOException {
        server.on(
                "POST /v1/restore",
                200,
                "{\"source\":\"tables\",\"tables\":2,\"rows\":9,\"snapshot\":\"41\","
                        + "\"notes\":[\"view v is not taken over\"]}");
        final Path file = Files.writeString(folder.resolve("w.db"), "SQLite format 3");
        final CommandLineRun run = CommandLineRun.of(server, "restore", file.toString(), "--yes");
        assertEquals(0, run.code(), run::err);
        assertEquals(
                "note: view v is not taken over\nrestored 2 tables, 9 rows from tables; saved as snapshot 41\n",
                run.out());
        assertEquals("application/vnd.sqlite3", server.requests().get(0).contentType());
        assertEquals("SQLite format 3", server.bodies().get(0));
        CommandLineRun.of(server, "restore", "--snapshot", "7", "--yes");
        assertEquals("{\"snapshot\":\"7\"}", server.bodies().get(1));
    }

    @Test
    void shouldShowStepsAndTakeThem() {
        server.on("PUT /v1/schema?dryRun=true", 200, STEPS);
        server.on("PUT /v1/schema?allowDrop=true", 200, STEPS);
        server.on("GET /v1/schema", 200, "{\"version\":3}");
        assertEquals(
                "! {\"dropTable\":\"a\"}\n  {\"createTable\":\"b\"}\n",
                CommandLineRun.of(server, "schema", "diff", "{}").out());
        assertEquals(
                "! {\"dropTable\":\"a\"}\n  {\"createTable\":\"b\"}\napplied 2 steps\n",
                CommandLineRun.of(server, "schema", "apply", "{}", "--allow-drop")
                        .out());
        assertEquals(
                "{\n  \"version\" : 3\n}\n", CommandLineRun.of(server, "schema").out());
        assertEquals(
                "{\"version\":3}\n",
                CommandLineRun.of(server, "schema", "--json").out());
    }

    @Test
    void shouldListAndDeleteSnapshots() {
        server.on("GET /v1/snapshots", 200, "[{\"id\":\"7\",\"rows\":3}]");
        server.on("DELETE /v1/snapshots/7", 204, "");
        assertEquals(
                "id  rows\n 7     3\n",
                CommandLineRun.of(server, "snapshot", "list").out());
        assertEquals(
                "deleted snapshot 7\n",
                CommandLineRun.of(server, "snapshot", "delete", "7").out());
    }

    @Test
    void shouldReachRoutesThatHaveNoCommand() {
        server.on("POST /v1/transactions", 200, "{\"results\":[]}", "Content-Type", "application/json; charset=utf-8")
                .on("DELETE /v1/relations/7", 204, "")
                .on("GET /metrics?a=b", 200, "takt_ready 1\n", "Content-Type", "text/plain");
        assertEquals(
                "{\"results\":[]}\n",
                CommandLineRun.of(server, "request", "POST", "/v1/transactions", "{\"operations\":[]}", "--json")
                        .out());
        assertEquals(
                "HTTP 204\n",
                CommandLineRun.of(server, "request", "delete", "/v1/relations/7")
                        .out());
        assertEquals(
                "takt_ready 1\n",
                CommandLineRun.of(server, "request", "GET", "/metrics?a=b").out());
        assertEquals("{\"operations\":[]}", server.bodies().get(0));
    }

    @Test
    void shouldPrintACompletionScript() {
        final CommandLineRun run = CommandLineRun.plain("", false, "completion");
        assertEquals(0, run.code(), run::err);
        assertTrue(run.out().contains("complete -F _complete_takt-cli"), run::out);
        assertTrue(run.out().contains("restore"), run::out);
    }

    @Test
    void shouldBeWhatTheDocumentSays() throws IOException {
        final Path document = Path.of(System.getProperty("taktdb.home", "../.."), "docs/CLI.md");
        assertEquals(
                Files.readString(document),
                CommandLineRun.plain("", false, "reference").out(),
                "docs/CLI.md is not current: ./takt cli reference > docs/CLI.md");
    }
}
