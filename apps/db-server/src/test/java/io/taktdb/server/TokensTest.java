package io.taktdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.access.Token;
import io.taktdb.api.http.Role;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tokens from the command line, the environment and a file. */
final class TokensTest {
    private static final String SECRET = "a-secret-of-the-test-0";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    /** A process that only says what it was told. */
    @Command(name = "told")
    private static final class Told implements Runnable {
        @Mixin
        private ServerOptions options;

        private ServerConfig config;

        @Override
        public void run() {
            config = options.config();
        }
    }

    private ServerConfig config(final String... args) {
        final Told told = new Told();
        assertEquals(0, new CommandLine(told).execute(args));
        return told.config;
    }

    private static String refusal(final String... args) {
        final StringWriter errors = new StringWriter();
        assertEquals(
                2,
                new CommandLine(new Told())
                        .setErr(new PrintWriter(errors, true))
                        .execute(args));
        return errors.toString();
    }

    private Path file(final String text) throws Exception {
        return Files.writeString(folder.resolve("tokens"), text);
    }

    private static int status(final TaktServer server, final String secret) throws Exception {
        return CLIENT.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v1/status"))
                                .header("Authorization", "Bearer " + secret)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void shouldListenElsewhereOnlyWhenThereAreTokens() throws Exception {
        final Path tokens = file("# ours\n" + Token.of("game", Role.WRITE, SECRET) + "\n");
        assertTrue(refusal("--bind", "0.0.0.0").contains("there are no tokens: --bind=0.0.0.0"));
        final ServerConfig config = config(
                "--bind",
                "0.0.0.0",
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString(),
                "--tokens",
                tokens.toString());
        try (TaktServer server = TaktServer.start(config, List.of())) {
            assertTrue(server.needsTokens());
            assertEquals(200, status(server, SECRET));
            assertEquals(401, status(server, SECRET + "x"));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> ServerConfig.of(folder).withBind(InetAddress.getByName("0.0.0.0")));
    }

    @Test
    void shouldTakeNewTokensWhenTheFileChanges() throws Exception {
        final Path tokens = file(Token.of("old", Role.READ, SECRET) + "\n");
        final ServerConfig config =
                config("--port", "0", "--data", folder.resolve("data").toString(), "--tokens", tokens.toString());
        try (TaktServer server = TaktServer.start(config, List.of())) {
            assertEquals(200, status(server, SECRET));
            file(Token.of("new", Role.READ, SECRET + "-new") + " tables=a\n"
                    + Token.of("newer", Role.READ, SECRET + "-newer") + "\n");
            final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (status(server, SECRET + "-newer") != 200) {
                assertTrue(System.nanoTime() < deadlineNs, "the file is not read again");
            }
            assertEquals(401, status(server, SECRET));
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenCertificateIsNotValid() {
        assertTrue(refusal("--tls-cert", "cert.pem").contains("a certificate needs its key"));
        assertTrue(refusal("--tls-cert", "none.pem", "--tls-key", "none.pem").contains("certificate=none.pem"));
    }

    @Test
    void shouldSayWhatIsWrongWhenTokensAreNotValid() throws Exception {
        assertTrue(
                refusal("--token", "game write secret-in-clear-text").contains("--token, line 1: token is not given"));
        final String missing = folder.resolve("none").toString();
        assertTrue(refusal("--tokens", missing).contains("cannot be read: --tokens=" + missing));
        assertTrue(refusal("--tokens", file("# empty\n").toString()).contains("file has no tokens"));
        assertTrue(refusal("--allow-origin", "game.example/").contains("not an origin: --allow-origin=game.example/"));
        final TokenSource environment =
                new TokenSource(List.of(), Optional.empty(), Map.of("TAKT_ADMIN_TOKEN", "short"));
        final IllegalArgumentException e = assertThrows(IllegalArgumentException.class, environment::read);
        assertTrue(e.getMessage().contains("name=TAKT_ADMIN_TOKEN, length=5"), e.getMessage());
        assertEquals(
                2,
                new TokenSource(
                                List.of(),
                                Optional.empty(),
                                Map.of("TAKT_READ_TOKEN", SECRET, "TAKT_WRITE_TOKEN", SECRET + "w", "OTHER", "x"))
                        .read()
                        .count());
    }
}
