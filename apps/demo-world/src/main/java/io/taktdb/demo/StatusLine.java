package io.taktdb.demo;

import io.taktdb.runtime.tick.TickStatus;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One line that says what the server does now: painted over itself in a terminal, a new line each time elsewhere.
 *
 * <p>Threading: one thread.
 */
final class StatusLine {
    private static final long REPAINT_MS = 500;
    private static final long NEW_LINE_MS = 5_000;

    /** To the start of the line, and cut at the right edge what does not fit. */
    private static final String BEFORE = "\r\u001b[?7l";

    /** Erase what an older, longer line left, and wrap again. */
    private static final String AFTER = "\u001b[K\u001b[?7h";

    private final PrintStream out;
    private final boolean terminal;
    private boolean painted;

    StatusLine(final PrintStream out, final boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** How long to wait between two lines. */
    long intervalMs() {
        return terminal ? REPAINT_MS : NEW_LINE_MS;
    }

    void show(final TickStatus status) {
        if (terminal) {
            out.print(BEFORE + text(status) + AFTER);
            painted = true;
        } else {
            out.println(text(status));
        }
        out.flush();
    }

    /** Leaves the painted line, so that what is printed next stands below it. */
    void end() {
        if (painted) {
            out.println();
            painted = false;
        }
    }

    static String text(final TickStatus status) {
        return String.format(
                Locale.ROOT,
                "tick %,d | %.1f of %d Hz | late p50 %s p99 %s | work p50 %s p99 %s | %,d rows | %,d calls",
                status.tick(),
                status.heldRate(),
                status.tickRate(),
                time(status.lateness().p50Ns()),
                time(status.lateness().p99Ns()),
                time(status.work().p50Ns()),
                time(status.work().p99Ns()),
                status.rows(),
                status.calls());
    }

    private static String time(final long nanos) {
        return nanos < TimeUnit.MILLISECONDS.toNanos(1)
                ? String.format(Locale.ROOT, "%.1f us", nanos / 1e3)
                : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
}
