package io.taktdb.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class KernelCommandTest {
    @Test
    void shouldRefuseToMeasureNothing() {
        final StringWriter err = new StringWriter();
        final CommandLine command = new CommandLine(new KernelCommand()).setErr(new PrintWriter(err));

        assertEquals(2, command.execute("--rounds", "0"));
        assertTrue(err.toString().contains("--rounds must be at least 1"), err::toString);
    }
}
