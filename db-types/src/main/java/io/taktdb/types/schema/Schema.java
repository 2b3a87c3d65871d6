package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that a world is made of at one commit: named types and tables, in the order of their making.
 *
 * <p>Invariants: table names differ even when case is ignored; table ids are below {@link #nextTableId()}.
 * {@link #version()} grows by one with every change. Threading: immutable.
 */
public final class Schema {
    /** The schema of a new world. */
    public static final Schema EMPTY = new Schema(0, Map.of(), Map.of(), 1);

    /** The most tables of one world. */
    public static final int MAX_TABLES = 10_000;

    /** The most named types of one world. */
    public static final int MAX_TYPES = 10_000;

    private final int version;
    private final Map<String, FieldType> types;
    private final Map<String, TableSchema> tables;
    private final int nextTableId;
    private final Map<String, String> foldedNames = new HashMap<>();
    private final Map<Integer, TableSchema> byId = new HashMap<>();

    /** @param types named composites and enums by name, each after those that it uses */
    public Schema(
            final int version,
            final Map<String, FieldType> types,
            final Map<String, TableSchema> tables,
            final int nextTableId) {
        this.version = version;
        this.types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        this.tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        this.nextTableId = nextTableId;
        for (final TableSchema table : this.tables.values()) {
            final String other = foldedNames.put(Names.fold(table.name()), table.name());
            if (other != null) {
                throw tableExists(table.name(), other);
            }
            byId.put(table.id(), table);
        }
    }

    public int version() {
        return version;
    }

    /** Named composites and enums in order of their making. */
    public Map<String, FieldType> types() {
        return types;
    }

    /** Tables by name in order of their making. */
    public Map<String, TableSchema> tables() {
        return tables;
    }

    public int nextTableId() {
        return nextTableId;
    }

    /** A table by name, or null. */
    public TableSchema table(final String name) {
        return tables.get(name);
    }

    /** A table by its stable id, or null. */
    public TableSchema tableById(final int id) {
        return byId.get(id);
    }

    /**
     * A table by name.
     *
     * @throws DbException TABLE_NOT_FOUND with the nearest name
     */
    public TableSchema requireTable(final String name) {
        final TableSchema table = tables.get(name);
        if (table == null) {
            throw tableNotFound(name);
        }
        return table;
    }

    /** The name of the table that a new name collides with (also when only the case differs), or null. */
    public String collidesWith(final String name) {
        return foldedNames.get(Names.fold(name));
    }

    /** The error for a table name that does not exist. */
    public DbException tableNotFound(final String name) {
        final String shown = Names.abbreviate(name);
        return new DbException(
                        ErrorCode.TABLE_NOT_FOUND,
                        "table not found: table=" + shown + Suggestion.didYouMean(name, tables.keySet()))
                .with("table", shown);
    }

    /** The error for a table name that is taken. */
    public static DbException tableExists(final String name, final String existing) {
        return new DbException(
                        ErrorCode.ALREADY_EXISTS,
                        "table exists already: table=" + name + ", existing=" + existing
                                + (name.equals(existing) ? "" : "; names that differ only in case are the same"))
                .with("table", name)
                .with("existing", existing);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Schema that
                && version == that.version
                && types.equals(that.types)
                && tables.equals(that.tables)
                && nextTableId == that.nextTableId;
    }

    @Override
    public int hashCode() {
        return 31 * version + tables.hashCode();
    }

    @Override
    public String toString() {
        return "Schema{version=" + version + ", tables=" + tables.keySet() + '}';
    }
}
