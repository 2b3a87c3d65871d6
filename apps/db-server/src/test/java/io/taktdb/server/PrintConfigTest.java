package io.taktdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the options come to; nothing is started. */
final class PrintConfigTest {
    private static final String HASH = "sha256:" + "0123456789abcdef".repeat(4);

    /** What a command line came to. */
    private record Run(int exit, String out, String errors) {}

    private static Run run(final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter errors = new StringWriter();
        final int exit = new CommandLine(new Main())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(args);
        return new Run(exit, out.toString(), errors.toString());
    }

    @Test
    void shouldPrintWhatTheOptionsComeToAndNoSecret() {
        final Run run = run(
                "--print-config",
                "--port=0",
                "--bind=0.0.0.0",
                "--token=me admin " + HASH,
                "--rate-limit=500",
                "--limit=subscriptions=3",
                "--limit=drainPauseMs=5000");
        assertEquals(0, run.exit(), run.errors());
        for (final String line : List.of(
                "bind = 0.0.0.0",
                "port = 0",
                "tokens = needed",
                "rate-limit = 500",
                "tick-rate = 60",
                "http.body-bytes = 4194304",
                "limit.subscriptions = 3",
                "limit.drainPauseMs = 5000",
                "limit.outboundBytes = 8388608")) {
            assertTrue(run.out().lines().anyMatch(line::equals), line + " in\n" + run.out());
        }
        assertFalse(run.out().contains("0123456789abcdef"), run.out());
    }

    @Test
    void shouldRefuseLimitsThatAreNotThereOrOutOfRange() {
        final Run unknown = run("--print-config", "--limit=subscription=3");
        assertEquals(2, unknown.exit());
        assertTrue(unknown.errors().contains("no such limit: limit=subscription"), unknown.errors());
        assertTrue(unknown.errors().contains("subscriptions"), unknown.errors());
        final Run tooLarge = run("--print-config", "--limit=connections=99999999999");
        assertEquals(2, tooLarge.exit());
        assertTrue(tooLarge.errors().contains("limit out of range: limit=connections"), tooLarge.errors());
    }

    @Test
    void shouldSayWhatIsWrongInsteadOfPrinting() {
        final Run run = run("--print-config", "--rate-limit=-1");
        assertEquals(2, run.exit(), run.out());
        assertTrue(run.errors().contains("rate is negative"), run.errors());
        assertEquals("", run.out());
    }
}
