package io.taktdb.persistence.sqlite;

import io.taktdb.types.schema.IndexKind;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.SchemaChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One table that another program made.
 *
 * @param idColumn the column that becomes {@code id}: a primary key of one column whose values are all integers from 0
 *     on; null when there is none, then records are numbered in the order of the table
 * @param columns those that become fields
 * @param key the columns of a primary key that is not the id
 */
record PlainTable(String sqlName, String name, String idColumn, List<PlainColumn> columns, List<String> key) {
    /** A table of the file. */
    static PlainTable read(final Connection connection, final String sqlName, final List<String> notes)
            throws SQLException {
        final String name = PlainNames.of(sqlName, "table " + sqlName, notes);
        final List<PlainColumn> columns = PlainColumn.of(connection, sqlName, notes);
        final List<String> key = SqliteFile.list(
                connection,
                "SELECT name FROM pragma_table_xinfo(" + SqliteFile.literal(sqlName) + ") WHERE pk > 0 ORDER BY pk",
                row -> row.getString(1));
        String idColumn = null;
        if (key.size() == 1) {
            final PlainColumn only = find(columns, key.get(0));
            if (only.values().isIds() && only.declared().contains("INT")) {
                idColumn = only.sqlName();
                columns.remove(only);
                if (!"id".equals(only.name())) {
                    notes.add("column " + only.sqlName() + " of table " + sqlName + " is called id");
                }
            }
        }
        checkNames(sqlName, columns);
        return new PlainTable(sqlName, name, idColumn, columns, idColumn == null ? key : List.of());
    }

    private static void checkNames(final String table, final List<PlainColumn> columns) {
        final Map<String, String> taken = new HashMap<>();
        for (final PlainColumn column : columns) {
            if ("id".equalsIgnoreCase(column.name())) {
                throw new IllegalArgumentException("column " + column.sqlName() + " of table " + table
                        + " cannot be a field, since every record has an id of its own: rename it, or make it an"
                        + " INTEGER PRIMARY KEY without negative values");
            }
            PlainNames.take(taken, column.name(), "column " + column.sqlName() + " of table " + table);
        }
    }

    private static PlainColumn find(final List<PlainColumn> columns, final String sqlName) {
        for (final PlainColumn column : columns) {
            if (column.sqlName().equalsIgnoreCase(sqlName)) {
                return column;
            }
        }
        return null;
    }

    /** The field of a column; null if the column is the id, or is not there. */
    PlainColumn column(final String columnName) {
        return find(columns, columnName);
    }

    /** Whether a column is the id. */
    boolean isId(final String columnName) {
        return idColumn != null && idColumn.equalsIgnoreCase(columnName);
    }

    SchemaChange create(final List<String> notes) {
        return SchemaChange.CreateTable.of(
                name,
                columns.stream()
                        .map(column -> column.field(sqlName, notes))
                        .toArray(io.taktdb.types.schema.FieldSpec[]::new));
    }

    /** What to read: the id if it is a column, the fields, in an order that is the same every time. */
    String select(final boolean hasRowid) {
        final List<String> parts = new ArrayList<>();
        parts.add(idColumn == null ? "NULL" : "t." + SqliteFile.quote(idColumn));
        columns.forEach(column -> parts.add("t." + SqliteFile.quote(column.sqlName())));
        final String order = hasRowid
                ? " ORDER BY t.rowid"
                : key.isEmpty()
                        ? " ORDER BY 1"
                        : " ORDER BY "
                                + key.stream()
                                        .map(k -> "t." + SqliteFile.quote(k))
                                        .collect(Collectors.joining(", "));
        return "SELECT " + String.join(", ", parts) + " FROM " + SqliteFile.quote(sqlName) + " AS t" + order;
    }

    /** The indexes, that of the primary key first. */
    List<SchemaChange> indexes(final Connection connection, final List<String> notes) throws SQLException {
        record Found(String name, boolean unique, boolean partial) {}
        final List<Found> found = SqliteFile.list(
                connection,
                "SELECT name, \"unique\", partial FROM pragma_index_list(" + SqliteFile.literal(sqlName)
                        + ") ORDER BY origin = 'pk' DESC, seq DESC",
                row -> new Found(row.getString(1), row.getBoolean(2), row.getBoolean(3)));
        final List<SchemaChange> indexes = new ArrayList<>();
        final Set<String> taken = new HashSet<>();
        final Set<List<String>> made = new HashSet<>();
        for (final Found one : found) {
            final List<String> fields = SqliteFile.list(
                            connection,
                            "SELECT name FROM pragma_index_info(" + SqliteFile.literal(one.name()) + ") ORDER BY seqno",
                            row -> row.getString(1))
                    .stream()
                    .map(part -> part == null || column(part) == null
                            ? null
                            : column(part).name())
                    .toList();
            if (one.partial() || fields.stream().anyMatch(Objects::isNull)) {
                if (fields.size() != 1 || one.partial()) {
                    notes.add("index " + one.name() + " of table " + sqlName + " is not taken over");
                }
                continue;
            }
            if (made.add(fields)) {
                final String index = indexName(one.name(), fields, taken);
                indexes.add(new SchemaChange.CreateIndex(
                        name, new IndexSpec(index, fields, IndexKind.ORDERED, one.unique())));
            }
        }
        return indexes;
    }

    private static String indexName(final String sqlName, final List<String> fields, final Set<String> taken) {
        String stem = sqlName.startsWith("sqlite_autoindex_") ? String.join("_", fields) + "_unique" : sqlName;
        stem = stem.replaceAll("[^A-Za-z0-9_]", "_").replaceFirst("^(?=[0-9])", "_");
        stem = stem.length() > 200 ? stem.substring(0, 200) : stem;
        String wanted = stem;
        for (int i = 2; !taken.add(wanted.toLowerCase(Locale.ROOT)); i++) {
            wanted = stem + "_" + i;
        }
        return wanted;
    }
}
