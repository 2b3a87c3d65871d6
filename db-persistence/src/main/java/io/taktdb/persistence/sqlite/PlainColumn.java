package io.taktdb.persistence.sqlite;

import io.taktdb.types.schema.FieldSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * One column of a table that another program made, and the field that it becomes.
 *
 * <p>SQLite lets every value have a type of its own, so the values decide, and what was declared where they leave a
 * choice.
 *
 * <pre>
 *   values              declared                     field
 *   integers            BOOL…, and all 0 or 1        bool
 *                       REAL, NUMERIC, DECIMAL, …    f64, if it holds all of them exactly
 *                       anything else                i64
 *   reals, also with    anything                     f64, if it holds all integers exactly
 *   integers
 *   texts               anything                     string
 *   blobs               anything                     bytes
 *   none                by SQLite's affinity         i64, f64, string, bytes, bool
 *   others together                                  refused
 * </pre>
 *
 * @param sqlName the column's name
 * @param name the field's name
 * @param declared the declared type, in capitals
 * @param standard the text of DEFAULT, or null
 */
record PlainColumn(String sqlName, String name, String declared, boolean notNull, String standard, Profile values) {
    private static final long MAX_EXACT = 1L << 53;

    /**
     * What values a column has.
     *
     * @param classes SQLite's storage classes, null aside
     * @param least the least integer, 0 if there is none
     * @param greatest the greatest integer
     */
    record Profile(Set<String> classes, boolean hasNulls, long least, long greatest) {
        static Profile of(final Connection connection, final String table, final String column) throws SQLException {
            final String name = SqliteFile.quote(table) + "." + SqliteFile.quote(column);
            final Set<String> classes = new TreeSet<>();
            final boolean[] nulls = new boolean[1];
            final long[] bounds = new long[2];
            SqliteFile.list(
                    connection,
                    "SELECT typeof(" + name + "), min(" + name + "), max(" + name + ") FROM " + SqliteFile.quote(table)
                            + " GROUP BY 1",
                    row -> {
                        final String type = row.getString(1);
                        if ("null".equals(type)) {
                            nulls[0] = true;
                        } else {
                            classes.add(type);
                        }
                        if ("integer".equals(type)) {
                            bounds[0] = row.getLong(2);
                            bounds[1] = row.getLong(3);
                        }
                        return type;
                    });
            return new Profile(classes, nulls[0], bounds[0], bounds[1]);
        }

        boolean isWhole() {
            return classes.equals(Set.of("integer"));
        }

        /** Whether all values are integers that ids can be. */
        boolean isIds() {
            return !hasNulls && (classes.isEmpty() || isWhole() && least >= 0);
        }
    }

    /**
     * The type of the field.
     *
     * @param table the table's name, for errors
     * @throws IllegalArgumentException no field holds all values
     */
    String type(final String table) {
        final Set<String> classes = values.classes();
        if (classes.isEmpty()) {
            return typeOfNone();
        }
        if (classes.size() == 1 && !values.isWhole()) {
            return switch (classes.iterator().next()) {
                case "real" -> "f64";
                case "text" -> "string";
                default -> "bytes";
            };
        }
        if (values.isWhole() && !isReal()) {
            return declared.startsWith("BOOL") && values.least() >= 0 && values.greatest() <= 1 ? "bool" : "i64";
        }
        if (!Set.of("integer", "real").containsAll(classes)) {
            throw new IllegalArgumentException("column " + sqlName + " of table " + table
                    + " has values of several types, " + String.join(" and ", classes)
                    + ": make them one with UPDATE and CAST");
        }
        if (values.least() >= -MAX_EXACT && values.greatest() <= MAX_EXACT) {
            return "f64";
        }
        if (values.isWhole()) {
            return "i64";
        }
        throw new IllegalArgumentException("column " + sqlName + " of table " + table
                + " has reals and integers beyond 2^53, which f64 does not hold exactly: make them text with CAST");
    }

    private boolean isReal() {
        return has("REAL") || has("FLOA") || has("DOUB") || has("NUMERIC") || has("DECIMAL");
    }

    private boolean has(final String part) {
        return declared.contains(part);
    }

    /** SQLite's rules of affinity (datatype3.html, 3.1), with BOOL, and text for dates. */
    private String typeOfNone() {
        if (declared.startsWith("BOOL")) {
            return "bool";
        }
        if (has("INT")) {
            return "i64";
        }
        if (isReal()) {
            return "f64";
        }
        return has("BLOB") ? "bytes" : "string";
    }

    /**
     * The field.
     *
     * @param notes takes what is lost
     */
    FieldSpec field(final String table, final List<String> notes) {
        final String type = type(table);
        final FieldSpec spec = FieldSpec.of(name, type);
        final FieldSpec field = notNull && !values.hasNulls() ? spec : spec.asOptional();
        if (standard == null || "NULL".equalsIgnoreCase(standard)) {
            return field;
        }
        final String json = PlainDefault.json(type, standard);
        if (json == null) {
            notes.add("default of " + table + "." + sqlName + " is not taken over: " + standard);
            return field;
        }
        return field.withDefault(json);
    }

    /** The columns of a table. */
    static List<PlainColumn> of(final Connection connection, final String table, final List<String> notes)
            throws SQLException {
        record Raw(String name, String declared, boolean notNull, String standard) {}
        final List<Raw> raws = SqliteFile.list(
                connection,
                "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_xinfo(" + SqliteFile.literal(table)
                        + ") WHERE hidden <> 1 ORDER BY cid",
                row -> new Raw(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4)));
        final List<PlainColumn> columns = new ArrayList<>();
        for (final Raw raw : raws) {
            final String name = PlainNames.of(raw.name(), "column " + raw.name() + " of table " + table, notes);
            final String declared = raw.declared() == null ? "" : raw.declared().toUpperCase(Locale.ROOT);
            columns.add(new PlainColumn(
                    raw.name(),
                    name,
                    declared,
                    raw.notNull(),
                    raw.standard(),
                    Profile.of(connection, table, raw.name())));
        }
        return columns;
    }
}
