package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DumpCommandTest {
    private static final String ROUTE = "GET /v1/dump.db";

    private final StubServer server = new StubServer();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldWriteEveryByteWhenServerSendsDump() throws IOException {
        final byte[] dump = new byte[300_000];
        new Random(7).nextBytes(dump);
        server.on(ROUTE, 200, dump);
        final Path file = folder.resolve("w.db");
        final CommandLineRun run = CommandLineRun.of(server, "dump", file.toString());
        assertEquals("wrote " + file + " (300000 bytes)\n", run.out(), run::err);
        assertArrayEquals(dump, Files.readAllBytes(file));
        assertEquals(List.of("w.db"), names());
    }

    @Test
    void shouldKeepFileWhenItExistsAndForceIsNotGiven() throws IOException {
        server.on(ROUTE, 200, "new");
        final Path file = Files.writeString(folder.resolve("w.db"), "old");
        final CommandLineRun run = CommandLineRun.of(server, "dump", file.toString());
        assertEquals(4, run.code());
        assertTrue(run.err().contains("--force"), run::err);
        assertEquals("old", Files.readString(file));
        assertEquals(List.of(), server.requests());
    }

    @Test
    void shouldReplaceFileWhenForceIsGiven() throws IOException {
        server.on(ROUTE, 200, "new");
        final Path file = Files.writeString(folder.resolve("w.db"), "old");
        assertEquals(
                0, CommandLineRun.of(server, "dump", file.toString(), "--force").code());
        assertEquals("new", Files.readString(file));
    }

    @Test
    void shouldLeaveNothingBehindWhenServerRefuses() throws IOException {
        server.on(ROUTE, 503, "{\"code\":\"UNAVAILABLE\",\"detail\":\"stopping\"}");
        final CommandLineRun run =
                CommandLineRun.of(server, "dump", folder.resolve("w.db").toString());
        assertEquals("error UNAVAILABLE: stopping\n", run.err());
        assertEquals(1, run.code());
        assertEquals(List.of(), names());
    }

    @Test
    void shouldLeaveNothingBehindWhenConnectionBreaks() throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final Thread half = new Thread(() -> answerHalf(socket));
            half.start();
            final CommandLineRun run = CommandLineRun.plain(
                    "",
                    false,
                    "dump",
                    folder.resolve("w.db").toString(),
                    "--server",
                    "http://127.0.0.1:" + socket.getLocalPort());
            half.join();
            assertEquals(3, run.code(), run::err);
            assertTrue(run.err().startsWith("error: connection lost"), run::err);
            assertEquals(List.of(), names());
        }
    }

    @Test
    void shouldNotTouchPartWhenAnotherDumpWritesIt() throws IOException {
        server.on(ROUTE, 200, "new");
        final Path part = Files.writeString(folder.resolve("w.db.part"), "half");
        final CommandLineRun run =
                CommandLineRun.of(server, "dump", folder.resolve("w.db").toString());
        assertEquals(4, run.code(), run::err);
        assertEquals("half", Files.readString(part));
        assertFalse(Files.exists(folder.resolve("w.db")));
    }

    private static void answerHalf(final ServerSocket socket) {
        try (Socket client = socket.accept();
                OutputStream out = client.getOutputStream()) {
            client.getInputStream().read(new byte[1000]);
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
