package io.taktdb.bench.engine;

import io.taktdb.bench.movers.TableMovers;
import io.taktdb.bench.report.Figure;
import java.io.PrintWriter;
import java.util.Locale;

/** What a row costs in memory: a million rows of 24 bytes and an id, all written twice. Threading: one thread. */
final class MemoryFigure {
    /** Its name. */
    static final String NAME = "bytes-per-row";

    private static final int ROWS = 1_000_000;
    private static final int FIELD_BYTES = 6 * Float.BYTES + Long.BYTES;

    private MemoryFigure() {}

    /** Prints it. */
    static Figure measure(final PrintWriter out) {
        try (TableMovers movers = new TableMovers(ROWS, ROWS, false)) {
            movers.step();
            movers.step();
            final double bytes = (double) movers.offHeapBytes() / ROWS;
            final double ratio = bytes / (2 * FIELD_BYTES);
            out.printf(
                    Locale.ROOT,
                    "%n%s: %.2f reserved, twins of %d bytes of fields and id = %d, ratio %.3f, map from id to row"
                            + " included (%.2f)%n",
                    NAME,
                    bytes,
                    FIELD_BYTES,
                    2 * FIELD_BYTES,
                    ratio,
                    movers.idMapBytes() / (double) ROWS);
            out.flush();
            return new Figure(NAME, bytes, "bytes", "fields twice", ratio);
        }
    }
}
