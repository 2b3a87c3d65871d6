package io.taktdb.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** The lines of the living status: the figures that an operator looks at first, grouped and with units. */
final class StatusLines {
    private static final long KIBIBYTE = 1L << 10;
    private static final long MEBIBYTE = 1L << 20;
    private static final long GIBIBYTE = 1L << 30;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final double US_PER_MS = 1000;

    private StatusLines() {}

    /**
     * Lays out one status.
     *
     * @param rates ticks per second so far
     * @param lateness 99th percentiles so far
     */
    static List<String> of(final JsonNode status, final String url, final Sparkline rates, final Sparkline lateness) {
        return List.of(
                "takt " + Text.of(status.get("version")) + "  " + url + "  up "
                        + duration(status.path("uptimeSeconds").asLong()),
                "",
                "tick         " + count(status, "tick") + "  commit " + count(status, "commit"),
                "rate         " + decimal(status.path("rate")) + " of " + Text.of(status.get("rateWanted")) + " Hz  "
                        + count(status, "overruns") + " overruns  " + rates,
                "lateness     " + percentiles(status.path("latenessUs")) + "  " + lateness,
                "work         " + percentiles(status.path("workUs")),
                "queue        " + count(status, "queueDepth") + " of " + count(status, "queueCapacity") + "  "
                        + count(status, "commands") + " commands, " + count(status, "refused") + " refused",
                "world        " + count(status, "rows") + " rows  "
                        + bytes(status.path("liveBytes").asLong()) + "  " + count(status, "calls") + " calls",
                "readers      " + count(status, "connections") + " connections  " + count(status, "leases")
                        + " leases on " + count(status, "heldVersions") + " old versions",
                "on disk      snapshot of tick " + count(status, "snapshotTick") + "  journal to tick "
                        + count(status, "journalTick"));
    }

    private static String count(final JsonNode status, final String name) {
        final JsonNode value = status.path(name);
        return value.isNumber() ? String.format(Locale.ROOT, "%,d", value.asLong()) : "-";
    }

    private static String decimal(final JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.1f", value.asDouble()) : "-";
    }

    private static String percentiles(final JsonNode us) {
        return "p50 " + time(us.path("p50")) + "  p99 " + time(us.path("p99")) + "  p99.9 " + time(us.path("p999"))
                + "  max " + time(us.path("max"));
    }

    private static String time(final JsonNode us) {
        if (!us.isNumber()) {
            return "-";
        }
        return us.asDouble() < US_PER_MS
                ? String.format(Locale.ROOT, "%.1f µs", us.asDouble())
                : String.format(Locale.ROOT, "%.1f ms", us.asDouble() / US_PER_MS);
    }

    private static String bytes(final long bytes) {
        if (bytes >= GIBIBYTE) {
            return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIBIBYTE);
        }
        return bytes >= MEBIBYTE
                ? String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MEBIBYTE)
                : String.format(Locale.ROOT, "%.1f KiB", (double) bytes / KIBIBYTE);
    }

    private static String duration(final long seconds) {
        return seconds >= SECONDS_PER_HOUR
                ? seconds / SECONDS_PER_HOUR + " h " + seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE + " min"
                : seconds / SECONDS_PER_MINUTE + " min " + seconds % SECONDS_PER_MINUTE + " s";
    }
}
