package io.taktdb.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.googlecode.jsonrpc4j.JsonRpcClientException;
import com.googlecode.jsonrpc4j.JsonRpcHttpClient;
import io.taktdb.api.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON-RPC clients that others wrote: jsonrpc4j from Maven, jayson from npm where that is to be had. */
final class OutsideClientsTest {
    private static final String JAYSON = "jayson@4.1.3";
    private static final long PATIENCE_S = 60;
    private static TestServer server;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonRpcHttpClient client() throws IOException {
        final JsonRpcHttpClient client = new JsonRpcHttpClient(
                URI.create("http://127.0.0.1:" + server.api().port() + "/rpc").toURL());
        client.setContentType("application/json");
        return client;
    }

    @Test
    void shouldAnswerJsonrpc4jWhenParametersAreNamedOrPositional() throws Throwable {
        final JsonRpcHttpClient client = client();
        assertEquals(19.0, client.invoke("math.subtract", new Object[] {42, 23}, Double.class));
        assertEquals(19.0, client.invoke("math.subtract", Map.of("minuend", 42, "subtrahend", 23), Double.class));
        assertEquals(
                List.of("a", "b"),
                client.invoke("test.echo", Map.of("text", "ab"), Map.class).get("letters"));
    }

    @Test
    void shouldTellJsonrpc4jWhatIsWrong() throws IOException {
        final JsonRpcHttpClient client = client();
        final JsonRpcClientException unknown =
                assertThrows(JsonRpcClientException.class, () -> client.invoke("no.such", new Object[0], Object.class));
        assertEquals(-32601, unknown.getCode());
        final JsonRpcClientException refused = assertThrows(
                JsonRpcClientException.class, () -> client.invoke("test.refuse", new Object[0], Object.class));
        assertEquals("CONFLICT", refused.getData().get("code").asText());
    }

    @Test
    void shouldAnswerJaysonFromNpm() throws IOException, InterruptedException {
        final Path log = folder.resolve("npm.log");
        assumeTrue(run(log, "node", "--version"), "node is not installed");
        assumeTrue(
                run(
                        log,
                        "npm",
                        "install",
                        JAYSON,
                        "--prefix",
                        folder.toString(),
                        "--no-audit",
                        "--no-fund",
                        "--no-package-lock",
                        "--fetch-retries=0",
                        "--fetch-timeout=10000"),
                () -> "npm cannot fetch " + JAYSON + " here: " + text(log));
        final Path script = Files.writeString(folder.resolve("call.js"), """
                const server = {host: '127.0.0.1', port: Number(process.argv[2]), path: '/rpc'};
                const client = require('jayson').Client.http(server);
                client.request('math.subtract', [42, 23], (failed, first) => {
                    if (failed) throw failed;
                    const batch = [
                        client.request('test.echo', {text: 'ab'}, undefined, false),
                        client.request('no.such', [], undefined, false)];
                    client.request(batch, (failedToo, errors, successes) => {
                        if (failedToo) throw failedToo;
                        console.log(JSON.stringify([first.result, successes[0].result.text, errors[0].error.code]));
                    });
                });
                """);
        final Path said = folder.resolve("said.txt");
        final boolean isDone = run(
                said, "node", script.toString(), Integer.toString(server.api().port()));
        assertTrue(isDone, text(said));
        assertEquals("[19,\"ab\",-32601]", text(said).strip());
    }

    private boolean run(final Path log, final String... command) throws InterruptedException {
        final Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (final IOException e) {
            return false; // there is no such program
        }
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
