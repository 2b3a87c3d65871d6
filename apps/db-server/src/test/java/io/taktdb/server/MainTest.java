package io.taktdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process of its own. */
final class MainTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path data;

    private static Process run(final String... args) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).start();
    }

    private static String firstLine(final Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    private static String errors(final Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int exit(final Process process) throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the process does not end");
        return process.exitValue();
    }

    @Test
    void shouldServeSaveAndExitZeroWhenTerminated() throws Exception {
        final HttpClient client = HttpClient.newHttpClient();
        for (int run = 1; run <= 2; run++) {
            final Process server = run("--port", "0", "--data", data.toString(), "--tick-rate", "30");
            try {
                final String line = firstLine(server);
                assertTrue(line != null && line.startsWith("listening on http://127.0.0.1:"), "line=" + line);
                final String push = line.substring("listening on ".length()) + "/v1/push/item";
                final HttpResponse<String> answer = client.send(
                        HttpRequest.newBuilder(URI.create(push))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertTrue(answer.body().startsWith("{\"ids\":[" + run + "]"), answer.body());
                server.toHandle().destroy(); // SIGTERM; Process.destroy would close its streams, too
                server.toHandle().destroy(); // as timeout(1) does: to the process, and to its group
                assertEquals(0, exit(server), errors(server));
            } finally {
                server.destroyForcibly();
            }
        }
    }

    @Test
    void shouldSayWhyWhenAddressIsNotLoopback() throws Exception {
        final Process server = run("--bind", "0.0.0.0");
        assertEquals(2, exit(server));
        assertTrue(errors(server).contains("address is not loopback"));
    }

    @Test
    void shouldSayWhyWhenOptionsAreOutOfRange() throws Exception {
        final Process server = run("--tick-rate", "121");
        assertEquals(2, exit(server));
        assertTrue(errors(server).contains("15..120"));
        final Process help = run("--help");
        final String first = firstLine(help);
        assertTrue(first.startsWith("Usage: takt server"), first);
        assertEquals(0, exit(help));
    }
}
