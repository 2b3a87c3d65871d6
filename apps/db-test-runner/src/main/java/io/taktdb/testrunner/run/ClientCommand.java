package io.taktdb.testrunner.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a command of the command line client against the plan's server. Threading: none of its own. */
final class ClientCommand {
    /** What is expected where a plan expects nothing. */
    static final JsonNode SUCCESS = HttpCall.JSON.createObjectNode().put("exit", 0);

    private ClientCommand() {}

    /**
     * Runs it to its end.
     *
     * @return {@code {exit, out, err}}, and {@code json} if out is JSON
     */
    static JsonNode run(final URI server, final JsonNode args, final String input) throws IOException {
        final Path home = Path.of(System.getProperty("taktdb.home", "")).toAbsolutePath();
        final List<String> words = new ArrayList<>(List.of(home.resolve("takt").toString(), "cli"));
        args.forEach(word -> words.add(word.asText()));
        final Path errors = Files.createTempFile("takt-cli", ".err");
        try {
            final ProcessBuilder builder = new ProcessBuilder(words).redirectError(errors.toFile());
            builder.environment().put("TAKT_SERVER", server.toString());
            builder.environment().put("TAKT_BUILD", "never"); // the server that runs is of the same build
            builder.environment().put("TAKT_JAVA_HOME", System.getProperty("java.home"));
            final Process process = builder.start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return came(process.waitFor(), out, Files.readString(errors));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a command was running", e);
        } finally {
            Files.delete(errors);
        }
    }

    private static ObjectNode came(final int exit, final String out, final String err) {
        final ObjectNode came = HttpCall.JSON
                .createObjectNode()
                .put("exit", exit)
                .put("out", out)
                .put("err", err);
        try {
            final JsonNode json = HttpCall.JSON.readTree(out);
            if (json != null && json.isContainerNode()) {
                came.set("json", json);
            }
        } catch (final JsonProcessingException e) {
            came.remove("json"); // a text for people
        }
        return came;
    }
}
