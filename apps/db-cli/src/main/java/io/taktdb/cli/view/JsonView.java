package io.taktdb.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** JSON for people: records as a table, one record as lines of name and value, anything else as it is. */
public final class JsonView {
    private final PrintStream out;
    private final boolean shorten;

    public JsonView(final Console console) {
        out = console.out();
        shorten = console.outLive();
    }

    /** Prints a value in the form that suits it. */
    public void print(final JsonNode value) {
        if (value.isArray() && !value.isEmpty() && allObjects(value)) {
            table(value);
        } else if (value.isObject() && !value.isEmpty()) {
            final List<String[]> pairs = new ArrayList<>();
            flatten("", value, pairs);
            printPairs(pairs);
        } else if (value.isContainerNode()) {
            out.println(value);
        } else {
            out.println(value.isNull() ? "null" : Text.of(value));
        }
    }

    private void table(final JsonNode records) {
        final Set<String> columns = new LinkedHashSet<>();
        records.forEach(record -> record.fieldNames().forEachRemaining(columns::add));
        final TextTable table =
                new TextTable(columns.stream().map(Text::visible).toList());
        for (final JsonNode record : records) {
            table.row(
                    columns.stream().map(column -> Text.of(record.get(column))).toList());
        }
        table.lines(shorten).forEach(out::println);
    }

    private void printPairs(final List<String[]> pairs) {
        final int width =
                pairs.stream().mapToInt(pair -> pair[0].length()).max().orElse(0);
        for (final String[] pair : pairs) {
            out.println((Text.pad(pair[0], width, false) + "  " + pair[1]).stripTrailing());
        }
    }

    /** Nested objects become {@code outer.inner}; an empty one keeps its braces. */
    private static void flatten(final String prefix, final JsonNode value, final List<String[]> pairs) {
        for (final Map.Entry<String, JsonNode> member : value.properties()) {
            final String name = prefix + Text.visible(member.getKey());
            if (member.getValue().isObject() && !member.getValue().isEmpty()) {
                flatten(name + ".", member.getValue(), pairs);
            } else {
                pairs.add(new String[] {name, Text.of(member.getValue())});
            }
        }
    }

    private static boolean allObjects(final JsonNode array) {
        for (final JsonNode element : array) {
            if (!element.isObject()) {
                return false;
            }
        }
        return true;
    }
}
