package io.taktdb.cli.view;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last values as a row of small bars, the highest of them full. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int MAX_VALUES = 40;

    private final Deque<Double> values = new ArrayDeque<>();

    void add(final double value) {
        values.addLast(value);
        if (values.size() > MAX_VALUES) {
            values.removeFirst();
        }
    }

    @Override
    public String toString() {
        final double highest =
                values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        final StringBuilder bars = new StringBuilder();
        for (final double value : values) {
            final int bar = highest <= 0 ? 0 : (int) Math.round(value / highest * (BARS.length() - 1));
            bars.append(BARS.charAt(Math.max(0, bar)));
        }
        return bars.toString();
    }
}
