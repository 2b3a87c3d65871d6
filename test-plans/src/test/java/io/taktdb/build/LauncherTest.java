package io.taktdb.build;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's own words and exit codes; what it starts is tested elsewhere. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class LauncherTest {
    /** What the launcher may call besides Java and Maven. */
    private static final List<String> SYSTEM_TOOLS = List.of(
            "sh",
            "cat",
            "sed",
            "head",
            "find",
            "tr",
            "dirname",
            "readlink",
            "mkdir",
            "rm",
            "rmdir",
            "mv",
            "touch",
            "sleep");

    @TempDir
    private Path folder;

    @Test
    void shouldNameEveryCommandWhenAskedForHelp() throws Exception {
        final Outcome outcome = takt(Map.of(), "--help");

        assertEquals(0, outcome.status, outcome::text);
        assertAll(Stream.of("demo", "server", "cli", "plans", "test", "bench", "--version", "TAKT_JAVA_HOME")
                .map(word -> () -> assertTrue(outcome.text.contains(word), () -> word + " in " + outcome.text)));
    }

    @Test
    void shouldPrintTheVersionOfTheBuild() throws Exception {
        final Outcome outcome = takt(Map.of(), "--version");

        final String version = "<version>" + outcome.text.trim().replaceFirst("^takt ", "") + "</version>";
        assertTrue(Repository.lines("pom.xml").contains("    " + version), outcome::text);
    }

    @Test
    @Tag("mi_2:path_resolution_edge_cases")
    void shouldFindItsFolderWhenCalledThroughLinksAndDots() throws Exception {
        final Path link = Files.createSymbolicLink(folder.resolve("link"), Repository.ROOT.resolve("takt"));
        final Path folders = Files.createSymbolicLink(folder.resolve("folders"), Repository.ROOT);
        for (final Path way : List.of(link, folders.resolve("takt"), folders.resolve("docs/../takt"))) {
            final Process process = new ProcessBuilder(way.toString(), "--version")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), text);
            assertTrue(text.startsWith("takt "), () -> way + ": " + text);
        }
        Files.delete(link);
        Files.delete(folders);
    }

    @Test
    void shouldRefuseUnknownCommand() throws Exception {
        final Outcome outcome = takt(Map.of(), "fly");

        assertEquals(2, outcome.status, outcome::text);
        assertTrue(outcome.text.contains("unknown command: fly"), outcome::text);
    }

    @Test
    void shouldExplainItselfWhenCalledWithoutCommand() throws Exception {
        final Outcome outcome = takt(Map.of());

        assertEquals(2, outcome.status, outcome::text);
        assertTrue(outcome.text.startsWith("usage:"), outcome::text);
    }

    @Test
    void shouldSayWhatToInstallWhenJavaIsTooOld() throws Exception {
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
        for (String program : List.of("java", "javac")) {
            writeScript(folder.resolve("bin").resolve(program), "exit 1");
        }

        final Outcome outcome = takt(Map.of("TAKT_JAVA_HOME", folder.toString()), "test");

        assertEquals(3, outcome.status, outcome::text);
        assertTrue(outcome.text.contains("JDK 17 or newer is needed, the newest found is Java 11"), outcome::text);
        assertTrue(outcome.text.contains("apt install openjdk-17-jdk"), outcome::text);
    }

    @Test
    void shouldNameTheVariableWhenItPointsNowhere() throws Exception {
        final Outcome outcome = takt(Map.of("TAKT_JAVA_HOME", folder.toString()), "test");

        assertEquals(3, outcome.status, outcome::text);
        assertTrue(outcome.text.contains("TAKT_JAVA_HOME=" + folder), outcome::text);
    }

    @Test
    void shouldSayWhatToInstallWhenMavenIsMissing() throws Exception {
        for (String tool : SYSTEM_TOOLS) {
            writeScript(folder.resolve(tool), "exec " + onPath(tool) + " \"$@\"");
        }

        final Map<String, String> environment =
                Map.of("PATH", folder.toString(), "TAKT_JAVA_HOME", System.getProperty("java.home"));
        final Outcome outcome = takt(environment, "test");

        assertEquals(3, outcome.status, outcome::text);
        assertTrue(outcome.text.contains("Maven 3.8 or newer is needed"), outcome::text);
        assertTrue(outcome.text.contains("apt install maven"), outcome::text);
    }

    private static void writeScript(final Path file, final String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertTrue(file.toFile().setExecutable(true), file::toString);
    }

    private static Path onPath(final String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(entry -> Path.of(entry, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not on the PATH: tool=" + tool));
    }

    private Outcome takt(final Map<String, String> environment, final String... arguments)
            throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(onPath("sh").toString());
        builder.command().add(Repository.ROOT.resolve("takt").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().putAll(environment);
        builder.directory(folder.toFile()).redirectErrorStream(true);
        final Process process = builder.start();
        process.getOutputStream().close();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }

    private record Outcome(int status, String text) {}
}
