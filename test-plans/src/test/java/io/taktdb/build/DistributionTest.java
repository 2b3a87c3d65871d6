package io.taktdb.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.distribution.Distribution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code takt package} makes: the same bytes each time, and it serves from a clean folder. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DistributionTest {
    @TempDir
    private Path folder;

    @Test
    void shouldBeTheSameBytesEachTimeItIsMade() throws IOException {
        final Path one = Files.createDirectory(folder.resolve("one"));
        final Path other = Files.createDirectory(folder.resolve("other"));
        assertArrayEquals(
                Files.readAllBytes(Distribution.of(Repository.ROOT).writeTo(one)),
                Files.readAllBytes(Distribution.of(Repository.ROOT).writeTo(other)));
    }

    @Test
    void shouldHaveManualPagesOfAllCommands() throws IOException {
        final List<String> paths = Distribution.of(Repository.ROOT).paths();
        for (final String page : List.of("takt-server.1", "takt-cli.1", "takt-cli-query.1", "takt-cli-schema-diff.1")) {
            assertTrue(paths.contains("man/man1/" + page), () -> page + " in " + paths);
        }
        assertTrue(paths.contains("service/Dockerfile") && paths.contains("service/taktdb.service"), paths::toString);
    }

    @Test
    @Tag("mi_1:test_build_succeeds")
    void shouldServeFromACleanFolder() throws Exception {
        final Path home = unpacked();
        final Process server = takt(home, "server", "--port", "0", "--data", "world");
        try {
            final String url = listening(server);
            final Path records = Files.writeString(folder.resolve("mob.json"), "[{\"hp\":3},{\"hp\":4}]");
            said(takt(home, "cli", "import", "mob", records.toString(), "--server", url), 0);
            assertTrue(said(takt(home, "cli", "get", "mob", "2", "--server", url), 0)
                    .contains("4"));
        } finally {
            server.destroy();
            assertTrue(server.waitFor(1, TimeUnit.MINUTES), "it ends when it is told to");
        }
        assertTrue(Files.isDirectory(folder.resolve("world")), "data lie where the user was, not in the distribution");
        assertTrue(said(takt(home, "--version"), 0).startsWith("takt "));
        said(takt(home, "bench"), 2);
    }

    /** The distribution, unpacked; the launcher can be run. */
    private Path unpacked() throws IOException {
        final Path zip = Distribution.of(Repository.ROOT).writeTo(folder);
        final Path to = folder.resolve("clean");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                final Path path = to.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(in, path);
                }
            }
        }
        final Path home = to.resolve(zip.getFileName().toString().replace(".zip", ""));
        assertTrue(home.resolve("takt").toFile().setExecutable(true));
        return home;
    }

    private Process takt(final Path home, final String... args) throws IOException {
        final List<String> line = new ArrayList<>(List.of(home.resolve("takt").toString()));
        line.addAll(Arrays.asList(args));
        final ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().put("TAKT_JAVA_HOME", System.getProperty("java.home"));
        builder.redirectError(folder.resolve("errors.txt").toFile());
        final Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Where the server says that it listens. */
    private String listening(final Process server) throws IOException {
        final BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("listening on ")) {
                return line.substring("listening on ".length());
            }
        }
        throw new AssertionError("server did not start: " + Files.readString(folder.resolve("errors.txt")));
    }

    private String said(final Process process, final int exit) throws IOException, InterruptedException {
        try (InputStream out = process.getInputStream()) {
            final String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(exit, process.waitFor(), () -> text + errors());
            return text;
        }
    }

    private String errors() {
        try {
            return Files.readString(folder.resolve("errors.txt"));
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
