package io.taktdb.cli.view;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A line on standard error that says how far a transfer is; silent unless a person watches.
 *
 * <p>Repaints at most ten times a second. Threading: one thread.
 */
public final class Progress {
    private static final long REPAINT_NS = 100_000_000L;
    private static final double MEBIBYTE = 1 << 20;
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean live;
    private final String title;
    private final long startNs = System.nanoTime();
    private long paintedNs;

    public Progress(final Console console, final String title) {
        err = console.err();
        live = console.errLive();
        this.title = title;
    }

    /**
     * Says how far it is.
     *
     * @param records how many so far, or negative when records are not counted
     * @param totalBytes expected size, or negative when unknown
     */
    public void report(final long records, final long bytes, final long totalBytes) {
        final long nowNs = System.nanoTime();
        if (!live || (nowNs - paintedNs < REPAINT_NS && paintedNs != 0)) {
            return;
        }
        paintedNs = nowNs;
        final double seconds = Math.max(1e-3, (nowNs - startNs) / 1e9);
        final StringBuilder line = new StringBuilder(ERASE_LINE).append(title);
        if (records >= 0) {
            line.append(String.format(Locale.ROOT, "  %,d records  %,.0f/s", records, records / seconds));
        }
        line.append(String.format(Locale.ROOT, "  %.1f MiB", bytes / MEBIBYTE));
        if (totalBytes > 0) {
            line.append(String.format(Locale.ROOT, "  %d %%", Math.min(100, bytes * 100 / totalBytes)));
        }
        err.print(line);
        err.flush();
    }

    /** Takes the line away, before anything else is printed. */
    public void clear() {
        if (live && paintedNs != 0) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }
}
