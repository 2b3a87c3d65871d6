package io.taktdb.cli.view;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, printed in aligned columns under a header; columns of numbers stand to the right. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] numeric;

    public TextTable(final List<String> header) {
        this.header = List.copyOf(header);
        numeric = new boolean[header.size()];
        java.util.Arrays.fill(numeric, true);
    }

    /** Adds a row with one cell per column. */
    public TextTable row(final List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException("cells=" + cells.size() + ", columns=" + header.size());
        }
        rows.add(List.copyOf(cells));
        for (int i = 0; i < numeric.length; i++) {
            numeric[i] &= cells.get(i).isEmpty() || isNumber(cells.get(i));
        }
        return this;
    }

    /**
     * The lines, header first.
     *
     * @param shorten whether long cells end in an ellipsis
     */
    public List<String> lines(final boolean shorten) {
        final int[] widths = new int[header.size()];
        measure(header, widths, false);
        rows.forEach(row -> measure(row, widths, shorten));
        final List<String> lines = new ArrayList<>();
        lines.add(line(header, widths, false));
        rows.forEach(row -> lines.add(line(row, widths, shorten)));
        return lines;
    }

    private static void measure(final List<String> cells, final int[] widths, final boolean shorten) {
        for (int i = 0; i < widths.length; i++) {
            final String cell = shorten ? Text.shortened(cells.get(i)) : cells.get(i);
            widths[i] = Math.max(widths[i], cell.codePointCount(0, cell.length()));
        }
    }

    private String line(final List<String> cells, final int[] widths, final boolean shorten) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            final String cell = shorten ? Text.shortened(cells.get(i)) : cells.get(i);
            line.append(i == 0 ? "" : GAP).append(Text.pad(cell, widths[i], numeric[i] && !rows.isEmpty()));
        }
        return line.toString().stripTrailing();
    }

    private static boolean isNumber(final String cell) {
        return cell.matches("-?[0-9][0-9.,]*([eE][-+]?[0-9]+)?");
    }
}
