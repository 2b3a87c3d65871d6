package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.view.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the answers to all batches of a push say together: how many records, which columns came or widened. */
final class PushSummary {
    private final Map<String, String> added = new LinkedHashMap<>();
    private final Map<String, String> widened = new LinkedHashMap<>();
    private long records;
    private int batches;

    /** Takes in the answer to one batch. */
    void add(final JsonNode answer, final int batchRecords) {
        records += batchRecords;
        batches++;
        for (final JsonNode column : answer.path("added")) {
            added.put(name(column), Text.of(column.get("type")));
        }
        for (final JsonNode column : answer.path("widened")) {
            widened.merge(name(column), from(column) + " → " + to(column), PushSummary::chain);
        }
    }

    long records() {
        return records;
    }

    List<String> lines(final String collection) {
        final List<String> lines = new ArrayList<>();
        lines.add("pushed " + records + (records == 1 ? " record" : " records") + " into " + Text.visible(collection)
                + " in " + batches + (batches == 1 ? " batch" : " batches"));
        added.forEach((name, type) -> lines.add("  added    " + name + " " + type));
        widened.forEach((name, step) -> lines.add("  widened  " + name + " " + step));
        return lines;
    }

    private static String name(final JsonNode column) {
        return Text.of(column.isObject() ? column.get("name") : column);
    }

    private static String from(final JsonNode column) {
        return Text.of(column.get("from"));
    }

    private static String to(final JsonNode column) {
        return Text.of(column.get("to"));
    }

    /** {@code i64 → f64} and then {@code f64 → string} read {@code i64 → f64 → string}. */
    private static String chain(final String before, final String next) {
        return before + next.substring(next.indexOf(" → "));
    }
}
