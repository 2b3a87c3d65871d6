package io.taktdb.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.distribution.Distribution;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs every block of {@code docs/TUTORIAL.md} as it stands, from an empty folder, with the distribution. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TutorialTest {
    private static final Path ROOT = Path.of(System.getProperty("taktdb.home"));
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern FILE_NAME = Pattern.compile("`(\\w+\\.java)`:\\s*$");

    @TempDir
    private Path folder;

    private Path takt;
    private Path game;
    private Process server;
    private String url = "";

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.destroy();
            assertTrue(server.waitFor(1, TimeUnit.MINUTES), "the server ends when it is told to");
        }
    }

    @Test
    void shouldWorkFromAnEmptyFolderToARestart() throws Exception {
        takt = unpacked();
        game = Files.createDirectory(folder.resolve("game"));
        final String text = Files.readString(ROOT.resolve("docs/TUTORIAL.md"));
        final List<String> kinds = new ArrayList<>();
        final Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            kinds.add(block.group(1));
            run(block.group(1), block.group(2), text.substring(0, block.start()));
        }
        assertEquals(List.of("", "java", "sh", "server"), kinds.subList(0, 4));
        assertTrue(kinds.contains("restart") && kinds.size() > 9, kinds::toString);
        assertEquals(51, Files.readAllLines(game.resolve("sheep.csv")).size(), "names and fifty sheep");
        assertEquals(
                "SQLite format 3",
                new String(Files.readAllBytes(game.resolve("world.db")), 0, 15, StandardCharsets.US_ASCII));
    }

    private void run(final String kind, final String code, final String before) throws Exception {
        switch (kind) {
            case "java" -> {
                final Matcher name = FILE_NAME.matcher(before);
                assertTrue(name.find(), "the text before a program ends with its file's name");
                Files.writeString(game.resolve(name.group(1)), code);
            }
            case "sh" -> shell(code);
            case "server" -> serve(code);
            case "restart" -> {
                stop();
                serve(code);
                assertTrue(shell("takt cli query sheep --limit 3").contains("sheep 0"), "the sheep are still there");
            }
            default -> assertTrue(code.startsWith("export "), () -> "a block that is not run: " + code);
        }
    }

    private ProcessBuilder script(final String code) {
        final ProcessBuilder builder = new ProcessBuilder("sh", "-eu", "-c", code).directory(game.toFile());
        builder.environment().put("TAKT", takt.toString());
        builder.environment().put("TAKT_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TAKT_SERVER", url);
        builder.environment()
                .merge(
                        "PATH",
                        takt + ":" + Path.of(System.getProperty("java.home"), "bin"),
                        (path, added) -> added + ":" + path);
        return builder;
    }

    private String shell(final String code) throws IOException, InterruptedException {
        final Process process = script(code).redirectErrorStream(true).start();
        process.getOutputStream().close();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> code + "\n" + said);
        return said;
    }

    /** The command of the page, on any port that is free. */
    private void serve(final String command) throws IOException {
        final Path log = folder.resolve("server.log");
        server = script("exec env " + command.strip() + " --port 0")
                .redirectError(log.toFile())
                .start();
        server.getOutputStream().close();
        final BufferedReader lines = server.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("listening on ")) {
                url = line.substring("listening on ".length());
                return;
            }
        }
        throw new AssertionError("the server did not start: " + Files.readString(log));
    }

    private Path unpacked() throws IOException {
        final Path zip = Distribution.of(ROOT).writeTo(folder);
        final Path to = folder.resolve("taktdb");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                final Path path = to.resolve(entry.getName());
                Files.createDirectories(entry.isDirectory() ? path : path.getParent());
                if (!entry.isDirectory()) {
                    Files.copy(in, path);
                }
            }
        }
        final Path home = to.resolve(zip.getFileName().toString().replace(".zip", ""));
        assertTrue(home.resolve("takt").toFile().setExecutable(true));
        return home;
    }
}
