package io.taktdb.bench.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Recorded commands give the same states whatever replays them; the command does it with a million. */
class ReplayCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldGiveTheSameHashesWhateverTheNumberOfWorkers() throws IOException {
        final Path file = folder.resolve("commands");
        final long[] recorded = new Recorder(5_000).record(file);
        assertTrue(recorded[1] >= 5_000);
        final List<Long> one = Replayer.hashes(file, 1, 10);
        assertEquals(recorded[0] / 10 + 1, one.size());
        assertTrue(one.stream().distinct().count() >= recorded[0] / 10, "states differ from each other");
        assertEquals(one, Replayer.hashes(file, 2, 10));
    }

    @Test
    void shouldCompareJvmsOfTheirOwn() {
        final StringWriter out = new StringWriter();
        final CommandLine line = new CommandLine(new ReplayCommand()).setOut(new PrintWriter(out));
        assertEquals(0, line.execute("--commands=1500", "--every=5", "--only=elsewhere,interpreted"), out.toString());
        assertEquals(3, out.toString().split("the same, the last is", -1).length - 1, out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--commands=0", "--every=0", "--java=/nowhere"})
    void shouldRefuseWhenOptionIsOutOfRange(final String option) {
        final StringWriter err = new StringWriter();
        final CommandLine line = new CommandLine(new ReplayCommand()).setErr(new PrintWriter(err));
        assertEquals(2, line.execute(option));
        assertTrue(err.toString().contains(option), err.toString());
    }
}
