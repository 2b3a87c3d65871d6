package io.taktdb.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes records as CSV (RFC 4180): names first, null as nothing, an empty text as {@code ""}, nested values as JSON.
 *
 * <p>The columns are those of the first record; a field that comes later is an error of the caller. Threading: one.
 */
public final class CsvWriter {
    private final PrintStream out;
    private final char separator;
    private List<String> columns;

    public CsvWriter(final PrintStream out) {
        this(out, ',');
    }

    /** @param separator between values */
    public CsvWriter(final PrintStream out, final char separator) {
        this.out = out;
        this.separator = separator;
    }

    /** Writes the names alone, when there may be no record. */
    public void header(final List<String> names) {
        if (columns == null) {
            columns = List.copyOf(names);
            line(columns.stream().map(this::quoted).toList());
        }
    }

    /** Writes a record. */
    public void record(final JsonNode record) {
        final List<String> names = new ArrayList<>();
        record.fieldNames().forEachRemaining(names::add);
        header(names);
        line(columns.stream().map(name -> cell(record.get(name))).toList());
    }

    private void line(final List<String> cells) {
        out.print(String.join(String.valueOf(separator), cells));
        out.print("\r\n");
    }

    private String cell(final JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        final String text = value.isContainerNode() ? value.toString() : value.asText();
        return text.isEmpty() ? "\"\"" : quoted(text);
    }

    private String quoted(final String text) {
        final boolean plain = text.chars().noneMatch(c -> c == separator || c == '"' || c == '\r' || c == '\n')
                && text.strip().equals(text);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
