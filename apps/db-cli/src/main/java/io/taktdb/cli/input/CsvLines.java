package io.taktdb.cli.input;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads CSV as RFC 4180 has it: commas, quotes around what holds commas, quotes or line ends, doubled quotes within.
 *
 * <p>A field that is empty and not quoted is null; {@code ""} is an empty text. Threading: one thread.
 */
final class CsvLines {
    private static final int END = -1;

    private final Reader in;
    private final char separator;
    private int next;
    private boolean began;
    private long line = 1;

    CsvLines(final Reader in, final char separator) {
        this.in = in;
        this.separator = separator;
    }

    /** Number of the line that is read, from 1. */
    long line() {
        return line;
    }

    /** The fields of the next record, or null at the end. Lines without anything are passed over. */
    List<String> next() throws IOException {
        if (!began) {
            began = true;
            step();
            if (next == '\uFEFF') { // a byte order mark is no part of the first name
                step();
            }
        }
        while (next == '\r' || next == '\n') {
            step();
        }
        if (next == END) {
            return null;
        }
        final List<String> fields = new ArrayList<>();
        fields.add(field());
        while (next == separator) {
            step();
            fields.add(field());
        }
        if (next != '\r' && next != '\n' && next != END) {
            throw new IOException("something follows a quoted field, line=" + line);
        }
        return fields;
    }

    private String field() throws IOException {
        if (next == '"') {
            return quoted();
        }
        final StringBuilder text = new StringBuilder();
        while (next != separator && next != '\r' && next != '\n' && next != END) {
            text.append((char) next);
            step();
        }
        return text.length() == 0 ? null : text.toString();
    }

    private String quoted() throws IOException {
        final long begin = line;
        final StringBuilder text = new StringBuilder();
        step();
        while (true) {
            if (next == END) {
                throw new IOException("a quoted field does not end, line=" + begin);
            }
            if (next == '"') {
                step();
                if (next != '"') {
                    return text.toString();
                }
            }
            text.append((char) next);
            step();
        }
    }

    private void step() throws IOException {
        line += next == '\n' ? 1 : 0;
        next = in.read();
    }
}
