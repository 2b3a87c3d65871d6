package io.taktdb.persistence.sqlite;

import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.SchemaChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The tables of a file that another program made, and what is said of them that has no place here.
 *
 * <p>Views, triggers, checks, collations and virtual tables are not taken over. Threading: one thread.
 *
 * @param withoutRowid names of tables that have no rowid
 */
record PlainTables(List<PlainTable> tables, Set<String> withoutRowid, List<String> notes) {
    /**
     * Reads the schema of a file, and which values its columns have.
     *
     * @throws IllegalArgumentException a table cannot be had here
     */
    static PlainTables read(final Connection connection) throws SQLException {
        record Listed(String name, String type, boolean withoutRowid) {}
        final List<Listed> listed = SqliteFile.list(
                connection,
                "SELECT l.name, l.type, l.wr FROM pragma_table_list AS l JOIN sqlite_schema AS s ON s.name = l.name"
                        + " WHERE l.schema = 'main' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.rowid",
                row -> new Listed(row.getString(1), row.getString(2), row.getBoolean(3)));
        final List<String> notes = new ArrayList<>();
        final List<PlainTable> tables = new ArrayList<>();
        final Set<String> withoutRowid = new LinkedHashSet<>();
        final Map<String, String> taken = new HashMap<>();
        for (final Listed one : listed) {
            if (!"table".equals(one.type())) {
                notes.add(one.type() + " " + one.name() + " is not taken over");
                continue;
            }
            final PlainTable table = PlainTable.read(connection, one.name(), notes);
            PlainNames.take(taken, table.name(), "table " + one.name());
            tables.add(table);
            if (one.withoutRowid()) {
                withoutRowid.add(one.name());
            }
        }
        if (tables.isEmpty()) {
            throw new IllegalArgumentException("it has no tables");
        }
        SqliteFile.list(
                        connection,
                        "SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid",
                        row -> row.getString(1))
                .forEach(trigger -> notes.add("trigger " + trigger + " is not taken over"));
        return new PlainTables(tables, withoutRowid, notes);
    }

    boolean hasRowid(final PlainTable table) {
        return !withoutRowid.contains(table.sqlName());
    }

    /** The changes that make the tables, empty and without indexes. */
    List<SchemaChange> creations() {
        return tables.stream().map(table -> table.create(notes)).toList();
    }

    /** The changes that come when the rows are there: indexes, then relations. */
    List<SchemaChange> constraints(final Connection connection) throws SQLException {
        final List<SchemaChange> changes = new ArrayList<>();
        for (final PlainTable table : tables) {
            changes.addAll(table.indexes(connection, notes));
        }
        for (final PlainTable table : tables) {
            changes.addAll(relations(connection, table));
        }
        return changes;
    }

    private List<SchemaChange> relations(final Connection connection, final PlainTable table) throws SQLException {
        record Key(int id, String destination, String from, String to, String onDelete) {}
        final List<Key> keys = SqliteFile.list(
                connection,
                "SELECT id, \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list("
                        + SqliteFile.literal(table.sqlName()) + ") ORDER BY id DESC, seq",
                row -> new Key(row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
        final List<SchemaChange> relations = new ArrayList<>();
        final Set<String> made = new LinkedHashSet<>();
        for (final Key key : keys) {
            final PlainTable destination = table(key.destination());
            final PlainColumn source = table.column(key.from());
            final boolean isWhole =
                    keys.stream().filter(other -> other.id() == key.id()).count() == 1;
            if (!isWhole
                    || source == null
                    || !refersToId(destination, key.to())
                    || !"i64".equals(source.type(table.sqlName()))) {
                notes.add("foreign key " + table.sqlName() + "." + key.from() + " to " + key.destination()
                        + " is not taken over, since relations lead from one integer column to the ids of a table");
            } else if (made.add(source.name() + ">" + destination.name())) {
                relations.add(new SchemaChange.CreateRelation(
                        table.name(), source.name(), destination.name(), onDelete(table, source, key.onDelete())));
            }
        }
        return relations;
    }

    private static boolean refersToId(final PlainTable destination, final String column) {
        return destination != null && destination.idColumn() != null && (column == null || destination.isId(column));
    }

    private PlainTable table(final String sqlName) {
        return tables.stream()
                .filter(table -> table.sqlName().equalsIgnoreCase(sqlName))
                .findFirst()
                .orElse(null);
    }

    private OnDelete onDelete(final PlainTable table, final PlainColumn source, final String action) {
        final boolean optional = !source.notNull() || source.values().hasNulls();
        switch (action.toUpperCase(Locale.ROOT)) {
            case "CASCADE":
                return OnDelete.CASCADE;
            case "SET NULL":
                if (optional) {
                    return OnDelete.SET_NULL;
                }
                break;
            case "SET DEFAULT":
                break;
            default:
                return OnDelete.RESTRICT;
        }
        notes.add("foreign key " + table.sqlName() + "." + source.sqlName()
                + " restricts deletes, instead of ON DELETE " + action);
        return OnDelete.RESTRICT;
    }
}
