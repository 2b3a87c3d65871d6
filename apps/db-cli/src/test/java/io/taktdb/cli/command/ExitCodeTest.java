package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.cli.exit.ExitCode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command against a server that refuses, one that is not there, and with wrong arguments. */
final class ExitCodeTest {
    /** Commands that speak to no server, or only by other commands. */
    private static final Set<String> LOCAL = Set.of(
            "completion", "shell", "token", "token create", "token list", "token revoke", "codegen", "codegen java");

    private final StubServer server = new StubServer();

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> commands() {
        return Stream.of(
                line("GET /v1/status", "status"),
                line("GET /v1/tables", "tables"),
                line("GET /v1/tables/playr/records", "get", "playr"),
                line("GET /v1/tables/playr/records/1", "get", "playr", "1"),
                line("POST /v1/tables/playr/records", "insert", "playr", "{}"),
                line("PUT /v1/tables/playr/records/1", "put", "playr", "1", "{}"),
                line("DELETE /v1/tables/playr/records/1", "delete", "playr", "1"),
                line("POST /v1/push/playr", "push", "playr", "-"),
                line("POST /rpc", "call", "world.damage"),
                line("POST /v1/snapshots", "snapshot"),
                line("GET /v1/snapshots", "snapshot", "list"),
                line("DELETE /v1/snapshots/7", "snapshot", "delete", "7"),
                line("GET /v1/tables/playr", "describe", "playr"),
                line("GET /v1/tables/playr/records?hp.gt=5", "query", "playr", "hp.gt=5"),
                line("PATCH /v1/tables/playr/records/1", "update", "playr", "1", "{}"),
                line("GET /v1/tables", "import", "playr", "-"),
                line("GET /v1/tables/playr", "export", "playr"),
                line("GET /v1/schema", "schema"),
                line("PUT /v1/schema?dryRun=true", "schema", "diff", "{}"),
                line("PUT /v1/schema", "schema", "apply", "{}"),
                line("GET /v1/stream/playr", "subscribe", "playr"),
                line("DELETE /v1/relations/7", "request", "delete", "/v1/relations/7"),
                line("GET /v1/dump.db", "dump", "target/never.db"),
                line("POST /v1/restore", "restore", "--snapshot", "7", "--yes"));
    }

    private static Arguments line(final String route, final String... args) {
        return Arguments.of(route, List.of(args));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldShowProblemAndEndWithOneWhenServerRefuses(final String route, final List<String> args) {
        final String problem = "{\"type\":\"urn:taktdb:error:TABLE_NOT_FOUND\",\"title\":\"Table not found\","
                + "\"status\":404,\"code\":\"TABLE_NOT_FOUND\",\"detail\":\"table not found: table=playr; "
                + "did you mean player?\"}";
        server.on(route, 404, problem, "Content-Type", "application/problem+json");
        final CommandLineRun run = CommandLineRun.withInput(server, "{\"a\":1}", args.toArray(new String[0]));
        assertEquals(1, run.code(), run::err);
        assertTrue(
                run.err().startsWith("error TABLE_NOT_FOUND: table not found: table=playr; did you mean player?"),
                run::err);
        assertEquals("", run.out());

        final List<String> withJson = new ArrayList<>(args);
        withJson.add("--json");
        assertEquals(
                problem + "\n",
                CommandLineRun.withInput(server, "{\"a\":1}", withJson.toArray(new String[0]))
                        .err());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldSayThatTheTokenIsWrongAndEndWithOne(final String route, final List<String> args) {
        final String problem = "{\"type\":\"urn:taktdb:error:UNAUTHORIZED\",\"title\":\"Unauthorized\",\"status\":401,"
                + "\"code\":\"UNAUTHORIZED\",\"detail\":\"token is not known; ask for another\"}";
        server.on(route, 401, problem, "Content-Type", "application/problem+json", "WWW-Authenticate", "Bearer");
        final List<String> line = new ArrayList<>(args);
        line.add("--token=takt_wrong");
        final CommandLineRun run = CommandLineRun.withInput(server, "{\"a\":1}", line.toArray(new String[0]));
        assertEquals(1, run.code(), run::err);
        assertTrue(run.err().startsWith("error UNAUTHORIZED: token is not known; ask for another"), run::err);
        assertEquals("", run.out());
        assertEquals("Bearer takt_wrong", server.requests().get(0).authorization());
    }

    /** A command that is in none of these lists would be tried by none of the tests. */
    @Test
    void shouldTryEveryCommandThatSpeaksToAServer() {
        final Set<String> tried = commands()
                .map(one -> (List<?>) one.get()[1])
                .flatMap(args -> args.size() > 1
                        ? Stream.of(args.get(0).toString(), args.get(0) + " " + args.get(1))
                        : Stream.of(args.get(0).toString()))
                .collect(Collectors.toSet());
        final List<String> missing = new ArrayList<>();
        final CommandLineRun reference = CommandLineRun.plain("", false, "reference");
        reference.out().lines().filter(line -> line.startsWith("## takt cli ")).forEach(line -> {
            final String command = line.substring("## takt cli ".length());
            if (!tried.contains(command) && !LOCAL.contains(command)) {
                missing.add(command);
            }
        });
        assertEquals(List.of(), missing);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldNameUrlAndEndWithThreeWhenNobodyAnswers(final String route, final List<String> args) throws IOException {
        final String url = "http://127.0.0.1:" + unusedPort();
        final List<String> line = new ArrayList<>(args);
        line.addAll(List.of("--server", url));
        final CommandLineRun run = CommandLineRun.plain("{\"a\":1}", false, line.toArray(new String[0]));
        assertEquals(
                "error: server is not reachable: url=" + url + "; start one with ./takt server\n", run.err(), route);
        assertEquals(3, run.code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gte player",
                "get",
                "get player 1 2",
                "get player --limit x",
                "get player 1 --limit 3",
                "put player 1",
                "put player 1 {",
                "insert player",
                "delete player",
                "push item",
                "push item - --batch 0",
                "push item - --split",
                "call",
                "call m novalue",
                "call m a=1 a=2",
                "call m 7",
                "query",
                "query player hp",
                "query player --format xml",
                "update player 1",
                "update player 1 {",
                "import player",
                "import player x.db",
                "import player - --batch 0",
                "export",
                "export player x.sqlite",
                "describe",
                "schema drop",
                "schema diff",
                "schema apply {",
                "snapshot delete",
                "restore",
                "restore w.db",
                "restore w.db --snapshot 7 --yes",
                "subscribe",
                "subscribe mob --count 0",
                "subscribe mob --filter hp",
                "request GET",
                "request FLY /v1/tables",
                "request GET v1/tables",
                "request POST /v1/transactions {",
                "token",
                "token create",
                "token create game write",
                "token create game king --file t",
                "token create ga:me read --file t",
                "token create game read --file t --expires soon",
                "token create game admin --file t --tables a",
                "token list",
                "token revoke game",
                "shell --server nonsense",
                "dump",
                "status --count 3",
                "status --server nonsense",
                "status --server ftp://127.0.0.1",
                "status --server http://127.0.0.1:70000"
            })
    void shouldEndWithTwoAndSendNothingWhenArgumentsAreWrong(final String line) {
        final CommandLineRun run =
                line.isEmpty() ? CommandLineRun.plain("", false) : CommandLineRun.plain("", false, line.split(" "));
        assertEquals(2, run.code(), run::err);
        assertTrue(run.err().startsWith("error: "), run::err);
        assertFalse(run.err().contains("\tat "), run::err);
        assertTrue(run.err().lines().count() <= 3, () -> "more than a few lines: " + run.err());
        assertEquals("", run.out());
    }

    @Test
    void shouldEndWithTwoWhenTableNameIsEmpty() {
        assertEquals(2, CommandLineRun.of(server, "get", "").code());
        assertEquals(2, CommandLineRun.of(server, "delete", "player", " ").code());
        assertEquals(List.of(), server.requests());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "put player 1 @missing.json",
                "push item missing.json",
                "push item .",
                "dump missing/w.db",
                "token list --file missing",
                "token revoke game --file missing",
                "token create game read --file missing/tokens",
                "restore missing.db --yes",
                "schema apply @missing.json",
                "update player 1 @missing.json"
            })
    @Tag("sj_2:test_file_not_found")
    void shouldEndWithFourWhenLocalFileIsAtFault(final String line) {
        final CommandLineRun run = CommandLineRun.of(server, line.split(" "));
        assertEquals(4, run.code(), run::err);
        assertEquals(List.of(), server.requests());
    }

    @Test
    void shouldSayThatItIsHardlyTaktDbWhenAnswerIsNoProblem() {
        server.on("GET /v1/status", 502, "<html>Bad Gateway</html>");
        final CommandLineRun run = CommandLineRun.of(server, "status");
        assertEquals("error HTTP 502: <html>Bad Gateway</html>; is this a TaktDB server?\n", run.err());
        assertEquals(1, run.code());
    }

    @Test
    void shouldSayThatItIsHardlyTaktDbWhenAnswerIsNoJson() {
        server.on("GET /v1/status", 200, "hello");
        final CommandLineRun run = CommandLineRun.of(server, "status");
        assertEquals("error HTTP 200: the answer is not JSON: bytes=5; is this a TaktDB server?\n", run.err());
    }

    @Test
    void shouldListEveryExitCodeWhenHelpIsShown() throws IllegalAccessException {
        final CommandLineRun run = CommandLineRun.plain("", false, "--help");
        assertEquals(0, run.code());
        for (final Field code : ExitCode.class.getFields()) {
            if (Modifier.isStatic(code.getModifiers())) {
                final int number = code.getInt(null);
                assertTrue(run.out().contains("\n  " + number + "   "), () -> number + " is missing: " + run.out());
            }
        }
    }

    @Test
    void shouldHelpWhenCommandIsAskedForHelp() {
        final CommandLineRun run = CommandLineRun.plain("", false, "push", "--help");
        assertEquals(0, run.code(), run::err);
        assertTrue(run.out().contains("--split-values"), run::out);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
