package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code insert}, {@code put}, {@code delete}, {@code call} and {@code snapshot}. */
final class WriteCommandsTest {
    private final StubServer server = new StubServer();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldPostRecordAsGivenWhenInserting() {
        server.on("POST /v1/tables/mob/records", 201, "{\"id\":1,\"hp\":5}");
        final CommandLineRun run = CommandLineRun.of(server, "insert", "mob", "{\"hp\": 5.0}");
        assertEquals("id  1\nhp  5\n", run.out());
        assertEquals(
                List.of(new StubServer.Request(
                        "POST /v1/tables/mob/records", "application/json; charset=utf-8", "{\"hp\": 5.0}")),
                server.requests());
    }

    @Test
    void shouldShowAllRecordsWhenArrayIsInserted() {
        server.on("POST /v1/tables/mob/records", 201, "[{\"id\":1},{\"id\":2}]");
        assertEquals(
                "id\n 1\n 2\n",
                CommandLineRun.of(server, "insert", "mob", "[{},{}]").out());
    }

    @Test
    void shouldReadRecordFromFileWhenPutNamesOne() throws IOException {
        server.on("PUT /v1/tables/mob/records/7", 200, "{\"id\":7}");
        final Path file = Files.writeString(folder.resolve("mob.json"), "{\"hp\":9}\n");
        assertEquals(0, CommandLineRun.of(server, "put", "mob", "7", "@" + file).code());
        assertEquals(List.of("{\"hp\":9}\n"), server.bodies());
    }

    @Test
    void shouldReadRecordFromStandardInputWhenPutSaysSo() {
        server.on("PUT /v1/tables/mob/records/7", 200, "{\"id\":7}");
        assertEquals(
                0,
                CommandLineRun.withInput(server, "{\"hp\":9}", "put", "mob", "7", "-")
                        .code());
        assertEquals(List.of("{\"hp\":9}"), server.bodies());
    }

    @Test
    void shouldConfirmWhenRecordIsDeleted() {
        server.on("DELETE /v1/tables/mob/records/7", 204, "");
        final CommandLineRun run = CommandLineRun.of(server, "delete", "mob", "7");
        assertEquals("deleted mob 7\n", run.out());
        assertEquals(0, run.code(), run::err);
    }

    @Test
    void shouldTakeValuesAsJsonOrTextWhenCalling() {
        server.on("POST /rpc", 200, "{\"jsonrpc\":\"2.0\",\"result\":{\"hp\":4},\"id\":1}");
        final CommandLineRun run = CommandLineRun.of(
                server, "call", "world.damage", "id=7", "by=Ada=x", "at=[1,2]", "note=\"3\"", "none=null", "empty=");
        assertEquals("hp  4\n", run.out());
        assertEquals(
                List.of("{\"jsonrpc\":\"2.0\",\"method\":\"world.damage\",\"params\":{\"id\":7,\"by\":\"Ada=x\","
                        + "\"at\":[1,2],\"note\":\"3\",\"none\":null,\"empty\":\"\"},\"id\":1}"),
                server.bodies());
    }

    @Test
    void shouldSendPositionalParametersWhenArrayIsGiven() {
        server.on("POST /rpc", 200, "{\"jsonrpc\":\"2.0\",\"result\":true,\"id\":1}");
        assertEquals("true\n", CommandLineRun.of(server, "call", "m", "[7,3]").out());
        assertEquals(List.of("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[7,3],\"id\":1}"), server.bodies());
    }

    @Test
    void shouldLeaveParametersOutWhenNoneAreGiven() {
        server.on("POST /rpc", 200, "{\"jsonrpc\":\"2.0\",\"result\":null,\"id\":1}");
        assertEquals("null\n", CommandLineRun.of(server, "call", "m", "--json").out());
        assertEquals(List.of("{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":1}"), server.bodies());
    }

    @Test
    void shouldShowProblemOfMethodWhenItFails() {
        server.on(
                "POST /rpc",
                200,
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32011,\"message\":\"Table not found\","
                        + "\"data\":{\"code\":\"TABLE_NOT_FOUND\",\"detail\":\"table not found: table=x\"}},\"id\":1}");
        final CommandLineRun run = CommandLineRun.of(server, "call", "table.get", "table=x");
        assertEquals("error TABLE_NOT_FOUND: table not found: table=x\n", run.err());
        assertEquals(1, run.code());
    }

    @Test
    void shouldShowCodeOfProtocolWhenMethodIsUnknown() {
        server.on(
                "POST /rpc",
                200,
                "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"Method not found\"},\"id\":1}");
        final CommandLineRun run = CommandLineRun.of(server, "call", "nope");
        assertEquals("error -32601: Method not found\n", run.err());
        assertEquals(1, run.code());
    }

    @Test
    void shouldShowWhatServerSaysOfSnapshotWhenTakingOne() {
        server.on("POST /v1/snapshots", 202, "{\"id\":3,\"state\":\"writing\"}");
        assertEquals(
                "id     3\nstate  writing\n",
                CommandLineRun.of(server, "snapshot").out());
    }
}
