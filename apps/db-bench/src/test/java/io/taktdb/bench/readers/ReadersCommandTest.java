package io.taktdb.bench.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ReadersCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            new CommandLine(new ReadersCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void shouldFindNoTornRowWhen64ReadersReadDuringCommits() {
        assertEquals(0, command.execute("--readers", "64", "--commits", "500"), out::toString);
        assertTrue(out.toString().contains("torn=none"), out::toString);
    }

    @Test
    void shouldRefuseToReadNothing() {
        assertEquals(2, command.execute("--readers", "0"));
        assertTrue(err.toString().contains("--readers and --commits must be at least 1"), err::toString);
    }
}
