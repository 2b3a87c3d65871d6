package io.taktdb.cli.command;

import io.taktdb.cli.exit.CliFailure;
import java.util.Locale;

/** The forms that records have in files. */
enum RecordFormat {
    /** One JSON array. */
    JSON,
    /** One JSON object a line. */
    NDJSON,
    /** RFC 4180, names in the first line. */
    CSV,
    /** The same with tabs for commas. */
    TSV,
    /** A label and its numbers a line, spaces between: fields {@code label} and {@code vector}. */
    VECTORS;

    /** Whether names stand in the first line, and one record in each other. */
    boolean isLines() {
        return this == CSV || this == TSV;
    }

    /** What stands between two values of a line. */
    char separator() {
        return this == TSV ? '\t' : ',';
    }

    /** The form that a file's name asks for; {@code otherwise} if it says nothing. */
    static RecordFormat of(final String file, final RecordFormat otherwise) {
        final String name = file.toLowerCase(Locale.ROOT);
        if (name.endsWith(".db") || name.endsWith(".sqlite") || name.endsWith(".sqlite3")) {
            throw CliFailure.usage("a SQLite file holds a whole world: file=" + file
                    + "; write one with takt cli dump, and load one with takt cli restore");
        }
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".tsv")) {
            return TSV;
        }
        if (name.endsWith(".vec")) {
            return VECTORS;
        }
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return NDJSON;
        }
        return name.endsWith(".json") ? JSON : otherwise;
    }
}
