package io.taktdb.testrunner.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.testrunner.plan.ServerSettings;
import io.taktdb.testrunner.plan.ServerSettings.World;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ChildServersTest {
    private static ChildServers servers(final String mode) {
        final String java =
                Path.of(System.getProperty("java.home"), "bin", "java").toString();
        final String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ChildServers(
                world -> new ServerCommand(List.of(java, "-cp", classes, ChildMain.class.getName(), mode)));
    }

    private static String get(final URI server, final String path) throws IOException {
        final HttpURLConnection connection =
                (HttpURLConnection) server.resolve(path).toURL().openConnection();
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Path data(final TestServer server) {
        final Matcher data = Pattern.compile("--data (\\S+)").matcher(server.log());
        assertTrue(data.find(), server::log);
        return Path.of(data.group(1));
    }

    @Test
    void shouldKeepDataAcrossRestartAndRemoveItInTheEndWhenServerRuns() throws IOException {
        final Path data;
        try (TestServer server = servers("fine").start(new ServerSettings(30, World.EMPTY))) {
            data = data(server);
            assertTrue(
                    server.log().contains("arguments fine --port 0 --data " + data + " --tick-rate 30"), server::log);
            assertEquals("x", get(server.url(), "/starts"));
            final URI before = server.url();
            server.restart();
            assertEquals("xx", get(server.url(), "/starts"));
            assertNotEquals(null, before);
            server.kill();
            assertEquals("xxx", get(server.url(), "/starts"));
        }
        assertFalse(Files.exists(data), data::toString);
        assertFalse(Files.exists(data.getParent()), data::toString);
    }

    @Test
    void shouldShowWhatServerPrintedWhenItDiesAtStart() {
        final IOException failure =
                assertThrows(IOException.class, () -> servers("dies").start(ServerSettings.DEFAULT));
        assertTrue(
                failure.getMessage().startsWith("server did not get ready: it ended before it was listening"),
                failure::getMessage);
        assertTrue(failure.getMessage().contains("cannot start: reason=test"), failure::getMessage);
    }

    @Test
    void shouldFailWhenCommandDoesNotExist() {
        final ChildServers servers = new ChildServers(world -> new ServerCommand(List.of("no-such-command-of-taktdb")));
        assertThrows(IOException.class, () -> servers.start(ServerSettings.DEFAULT));
    }

    @Test
    void shouldFailWhenServerDoesNotEndCleanly() throws IOException {
        final TestServer server = servers("unclean").start(ServerSettings.DEFAULT);
        final Path data = data(server);
        final IOException failure = assertThrows(IOException.class, server::close);
        assertEquals("server ended by itself, or not cleanly: exit code=7", failure.getMessage());
        assertFalse(Files.exists(data), data::toString);
    }

    @Test
    void shouldFailWhenServerEndedBeforeItWasAsked() throws IOException {
        final TestServer server = servers("fine").start(ServerSettings.DEFAULT);
        assertThrows(IOException.class, () -> get(server.url(), "/exit"));
        final IOException failure = assertThrows(IOException.class, server::close);
        assertEquals("server ended by itself, or not cleanly: exit code=5", failure.getMessage());
    }

    @Test
    void shouldTakeLauncherWhenNoCommandIsConfigured() {
        assertEquals(
                List.of("/home/takt", "demo"),
                ServerCommand.configured(Path.of("/home"), World.DEMO).words());
    }

    @Test
    void shouldSplitCommandAtSpacesButNotInQuotesWhenParsed() {
        assertEquals(
                List.of("java", "-cp", "/a b/x.jar:/c", "io.taktdb.server.Main"),
                ServerCommand.parse("java -cp \"/a b/x.jar:/c\"  io.taktdb.server.Main")
                        .words());
    }
}
