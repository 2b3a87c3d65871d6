package io.taktdb.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.core.table.TableMemory;
import io.taktdb.runtime.tick.TickStatus;
import io.taktdb.runtime.tick.TickStatus.Percentiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StatusLineTest {
    private static final String TEXT = "tick 1,234 | 59.9 of 60 Hz | late p50 0.1 us p99 12.0 us"
            + " | work p50 250.0 us p99 1.5 ms | 21,534 rows | 7 calls";

    private static final TickStatus STATUS = new TickStatus(
            1234,
            1240,
            60,
            59.94,
            new Percentiles(120, 12_000, 20_000, 30_000),
            new Percentiles(250_000, 1_500_000, 2_000_000, 3_000_000),
            0,
            0,
            65_536,
            0,
            0,
            0,
            0,
            1_000_000,
            2_000_000,
            TableMemory.NONE,
            21_534,
            7,
            9,
            0,
            null,
            0);

    private static String shown(final boolean terminal) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final StatusLine line = new StatusLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
        line.show(STATUS);
        line.show(STATUS);
        line.end();
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void shouldPaintOverItselfInATerminal() {
        final String painted = "\r\u001b[?7l" + TEXT + "\u001b[K\u001b[?7h";
        assertEquals(painted + painted + "\n", shown(true));
    }

    @Test
    void shouldPrintPlainLinesElsewhere() {
        assertEquals(TEXT + "\n" + TEXT + "\n", shown(false));
    }
}
