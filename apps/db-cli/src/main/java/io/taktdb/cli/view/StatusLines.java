package io.taktdb.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The lines of the living status: the figures that an operator looks at first, grouped and with units. */
final class StatusLines {
    private static final int MAX_TABLES = 6;
    private static final int NAME_WIDTH = 24;
    private static final int COUNT_WIDTH = 12;
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
     * @param tables the list of tables, or a missing node
     */
    static List<String> of(
            final JsonNode status,
            final String url,
            final Sparkline rates,
            final Sparkline lateness,
            final JsonNode tables) {
        final List<String> lines = new ArrayList<>(List.of(
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
                        + count(status, "journalTick")));
        if (status.path("journal").isObject()) {
            final JsonNode journal = status.path("journal");
            lines.add("journal      " + Text.of(journal.get("mode")) + "  " + count(journal, "waitingCommits")
                    + " commits wait  sync p50 " + time(journal.path("syncUs").path("p50")) + "  p99 "
                    + time(journal.path("syncUs").path("p99")) + "  " + count(journal, "failures") + " failures");
        }
        lines.addAll(tables(tables));
        return lines;
    }

    /** The largest tables, one a line. */
    private static List<String> tables(final JsonNode tables) {
        final List<JsonNode> all = new ArrayList<>();
        tables.forEach(all::add);
        all.sort(
                Comparator.comparingLong((JsonNode table) -> table.path("bytes").asLong())
                        .reversed());
        final List<String> lines = new ArrayList<>();
        for (final JsonNode table : all.subList(0, Math.min(MAX_TABLES, all.size()))) {
            lines.add((lines.isEmpty() ? "tables       " : "             ")
                    + Text.pad(Text.shortened(Text.of(table.get("name"))), NAME_WIDTH, false)
                    + Text.pad(count(table, "rows"), COUNT_WIDTH, true) + " rows  "
                    + bytes(table.path("bytes").asLong()));
        }
        if (all.size() > MAX_TABLES) {
            lines.add("             and " + (all.size() - MAX_TABLES) + " more");
        }
        return lines;
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
