package io.taktdb.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the jcstress tests of this module: no outcome that they forbid, no error. Needs a processor for each actor. */
class JcstressTest {
    private static final int ACTORS = 2;
    private static final long LIMIT_MINUTES = 60;

    @TempDir
    private Path folder;

    @Test
    @Tag("ab_3:test_concurrent_readers_during_write")
    void shouldSeeNoForbiddenOutcome() throws IOException, InterruptedException {
        assumeTrue(
                Runtime.getRuntime().availableProcessors() >= ACTORS, "jcstress runs each actor on its own processor");
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-jvmArgsPrepend",
                "@" + Path.of(System.getProperty("taktdb.home"), "config", "jvm", "common.args"),
                "-r",
                folder.resolve("report").toString()));
        command.addAll(
                Proof.LONG
                        ? List.of("-m", "default")
                        : List.of("-m", "sanity", "-sc", "false", "-af", "NONE", "-t", ".*(Twin|Reclaim|Claim)Stress"));
        final File log = folder.resolve("jcstress.log").toFile();
        final Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            assertTrue(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES), "jcstress has not ended");
        } finally {
            process.destroyForcibly();
        }
        final String output = Files.readString(log.toPath());
        if (Proof.LONG) {
            System.out.println(output);
        }
        assertEquals(0, process.exitValue(), output);
        assertTrue(output.contains("FORBIDDEN") || output.contains("All"), output);
    }
}
