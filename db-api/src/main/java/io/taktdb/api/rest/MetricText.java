package io.taktdb.api.rest;

import java.util.HashSet;
import java.util.Set;

/**
 * Figures in the text form of Prometheus, version 0.0.4.
 *
 * <pre>
 *   # HELP takt_rows Records of all tables.
 *   # TYPE takt_rows gauge
 *   takt_rows 20000
 * </pre>
 *
 * All lines of one metric must follow each other. Threading: one thread.
 */
final class MetricText {
    /** Media type of the text. */
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final double NS_PER_SECOND = 1e9;

    private final StringBuilder text = new StringBuilder(16 << 10);
    private final Set<String> described = new HashSet<>();

    /** A value that goes up and down. */
    MetricText gauge(final String name, final String help, final double value, final String... labels) {
        return line(name, help, "gauge", value, labels);
    }

    /** A whole value that goes up and down. */
    MetricText gauge(final String name, final String help, final long value, final String... labels) {
        return gauge(name, help, (double) value, labels);
    }

    /** A value that only grows, from the start of the server on. Its name ends with {@code _total}. */
    MetricText counter(final String name, final String help, final double value, final String... labels) {
        return line(name, help, "counter", value, labels);
    }

    /** A whole value that only grows. */
    MetricText counter(final String name, final String help, final long value, final String... labels) {
        return counter(name, help, (double) value, labels);
    }

    /** Quantiles of a span of time, each as a gauge in seconds. */
    MetricText quantiles(
            final String name,
            final String help,
            final long p50Ns,
            final long p99Ns,
            final long p999Ns,
            final long maxNs,
            final String... labels) {
        final long[] values = {p50Ns, p99Ns, p999Ns, maxNs};
        final String[] quantiles = {"0.5", "0.99", "0.999", "1"};
        for (int i = 0; i < values.length; i++) {
            final String[] all = new String[labels.length + 2];
            System.arraycopy(labels, 0, all, 0, labels.length);
            all[labels.length] = "quantile";
            all[labels.length + 1] = quantiles[i];
            gauge(name, help, values[i] / NS_PER_SECOND, all);
        }
        return this;
    }

    private MetricText line(
            final String name, final String help, final String type, final double value, final String... labels) {
        final String full = "takt_" + name;
        if (described.add(full)) {
            text.append("# HELP ").append(full).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(full).append(' ').append(type).append('\n');
        }
        text.append(full);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',')
                    .append(labels[i])
                    .append("=\"")
                    .append(escaped(labels[i + 1]))
                    .append('"');
        }
        if (labels.length > 0) {
            text.append('}');
        }
        text.append(' ').append(number(value)).append('\n');
        return this;
    }

    private static String number(final double value) {
        if (Double.isInfinite(value)) {
            return "+Inf";
        }
        final long whole = (long) value;
        return whole == value ? Long.toString(whole) : Double.toString(value);
    }

    private static String escaped(final String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** The whole text. */
    @Override
    public String toString() {
        return text.toString();
    }
}
