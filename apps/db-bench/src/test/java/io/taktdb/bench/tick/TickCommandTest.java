package io.taktdb.bench.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command's options, and the peer; what it measures is no matter for a test. */
class TickCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"--seconds=0", "--rows=10"})
    void shouldRefuseWhenOptionIsOutOfRange(final String option) {
        final StringWriter err = new StringWriter();
        final CommandLine line = new CommandLine(new TickCommand()).setErr(new PrintWriter(err));
        assertEquals(2, line.execute(option));
        assertTrue(err.toString().contains("--seconds must be at least 1"), err.toString());
    }

    @Test
    void shouldCountTurnsOfThePlainLoop() throws InterruptedException {
        final PlainLoop loop = new PlainLoop(120);
        loop.start();
        assertTrue(loop.stop().getTotalCount() >= 0);
        assertTrue(ThreadHop.medianNs(100) > 0);
    }
}
