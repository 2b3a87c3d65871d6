package io.taktdb.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class JmhCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            new CommandLine(new JmhCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void shouldMeasureAKernelBesideItsPeer(@TempDir final Path dir) throws IOException {
        final Path json = dir.resolve("jmh.jsonl");
        assertEquals(0, command.execute("lease", "--quick", "--forks", "0", "--json", json.toString()), err::toString);
        assertTrue(out.toString().contains("lease "), out::toString);
        final String figure = Files.readString(json);
        assertTrue(figure.contains("\"jmh.lease\""), figure);
    }

    @ParameterizedTest
    @CsvSource({"leese, there are: byid", "'(', not a regular expression", "--forks=-1, at least 0"})
    void shouldRefuseToMeasureNothing(final String argument, final String reason) {
        assertEquals(2, command.execute(argument));
        assertTrue(err.toString().contains(reason), err::toString);
    }
}
