package io.taktdb.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a process of its own: what it prints is what one can type. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class MainTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path data;

    private Process run(final String... args) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(data.resolve("stderr").toFile())
                .start();
    }

    private static BufferedReader output(final Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The lines up to the one that ends the welcome. */
    private List<String> welcome(final BufferedReader output) throws IOException {
        final List<String> lines = new ArrayList<>();
        String line = output.readLine();
        while (line != null) {
            lines.add(line);
            line = line.startsWith("Ctrl-C") ? null : output.readLine();
        }
        assertTrue(lines.get(lines.size() - 1).startsWith("Ctrl-C"), () -> lines + "\n" + read(data.resolve("stderr")));
        return lines;
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private static JsonNode shell(final String line) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder("sh", "-c", line).redirectErrorStream(true).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), line + "\n" + text);
        return JSON.readTree(text);
    }

    @Test
    void shouldAnswerEveryLineThatItOffersAndSaveWhenTerminated() throws Exception {
        Assumptions.assumeTrue(new ProcessBuilder("which", "curl").start().waitFor() == 0, "curl is not installed");
        final Path world = data.resolve("world");
        for (int run = 1; run <= 2; run++) {
            final Process demo = run("--port", "0", "--data", world.toString(), "--tick-rate", "30");
            try (BufferedReader output = output(demo)) {
                final List<String> lines = welcome(output);
                final int mobs = 20_000 + 2 * (run - 1);
                assertTrue(
                        lines.get(0).contains(String.format("%,d rows in mob, 1,385 rows in item", mobs)),
                        lines.get(0));
                assertTrue(lines.get(1).startsWith("listening on http://127.0.0.1:"), lines.get(1));
                final List<String> offers = lines.stream()
                        .filter(line -> line.startsWith("  curl "))
                        .toList();
                assertEquals(3, offers.size(), lines::toString);

                final JsonNode near = shell(offers.get(0)).path("result").path("mobs");
                assertEquals(3, near.size(), near::toString);
                final JsonNode spawned = shell(offers.get(1)).path("result");
                assertEquals(mobs + 1, spawned.path("ids").path(0).asInt(), spawned::toString);
                final JsonNode items = shell(offers.get(2));
                assertEquals("air", items.path(0).path("name").asText(), items::toString);

                demo.toHandle().destroy();
                final String last = output.lines().reduce("", (before, line) -> line);
                assertTrue(last.startsWith("saved at tick "), () -> last + "\n" + read(data.resolve("stderr")));
                assertTrue(demo.waitFor(1, TimeUnit.MINUTES));
                assertEquals(0, demo.exitValue());
            } finally {
                demo.destroyForcibly();
            }
        }
    }

    @Test
    void shouldSayWhyWhenOptionsAreOutOfRange() throws Exception {
        final Process demo = run("--tick-rate", "7");

        assertEquals(2, demo.waitFor());
        assertTrue(read(data.resolve("stderr")).contains("15..120"), () -> read(data.resolve("stderr")));
    }
}
