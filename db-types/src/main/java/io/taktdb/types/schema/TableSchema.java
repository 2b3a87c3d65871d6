package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one table holds: its fields in order and how they are grouped. Every table also has {@code id}, a {@code u64}
 * that is no field.
 *
 * <p>Invariants: field names differ even when case is ignored; field ids are below {@link #nextFieldId()}. Threading:
 * immutable.
 */
public final class TableSchema {
    /** The most fields that a declared schema may have. */
    public static final int MAX_FIELDS = 10_000;

    /** The value of {@link #maxRows()} for a table without a limit of its own. */
    public static final long UNLIMITED_ROWS = Integer.MAX_VALUE;

    private final int id;
    private final String name;
    private final List<Field> fields;
    private final Map<String, GroupLayout> groups;
    private final long maxRows;
    private final int nextFieldId;
    private final List<IndexSchema> indexes;
    private final Map<String, Integer> positions;

    /** A table without indexes. */
    public TableSchema(
            final int id,
            final String name,
            final List<Field> fields,
            final Map<String, GroupLayout> groups,
            final long maxRows,
            final int nextFieldId) {
        this(id, name, fields, groups, maxRows, nextFieldId, List.of());
    }

    /**
     * @param id stable number within the schema, never used again after a drop
     * @param groups layouts of the groups that do not use the default {@link GroupLayout#COLUMNS}
     * @param maxRows the most rows, 1 to {@link #UNLIMITED_ROWS}
     * @param indexes over fields of this table, checked by {@link IndexRules}
     */
    public TableSchema(
            final int id,
            final String name,
            final List<Field> fields,
            final Map<String, GroupLayout> groups,
            final long maxRows,
            final int nextFieldId,
            final List<IndexSchema> indexes) {
        this.id = id;
        this.name = Names.require("table", name);
        this.fields = List.copyOf(fields);
        this.groups = Collections.unmodifiableMap(new TreeMap<>(groups));
        this.maxRows = maxRows;
        this.nextFieldId = nextFieldId;
        this.indexes = List.copyOf(indexes);
        this.positions = new HashMap<>(fields.size() * 2);
        checkFields();
    }

    private void checkFields() {
        if (fields.size() > MAX_FIELDS) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "too many fields: table=" + name + ", fields=" + fields.size() + ", limit=" + MAX_FIELDS);
        }
        if (maxRows < 1 || maxRows > UNLIMITED_ROWS) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "maxRows out of range: table=" + name + ", maxRows=" + maxRows + ", limit=1.." + UNLIMITED_ROWS);
        }
        final Map<String, String> folded = new HashMap<>(fields.size() * 2);
        for (int i = 0; i < fields.size(); i++) {
            final Field field = fields.get(i);
            Names.require("field", field.name());
            final String other = folded.put(Names.fold(field.name()), field.name());
            if (other != null) {
                throw new DbException(
                                ErrorCode.ALREADY_EXISTS,
                                "field exists already: table=" + name + ", field=" + field.name() + ", existing="
                                        + other + "; names that differ only in case are the same")
                        .with("table", name)
                        .with("field", field.name());
            }
            if (Names.ID.equals(Names.fold(field.name()))) {
                throw new DbException(
                                ErrorCode.INVALID_NAME,
                                "a field cannot be called id: table=" + name
                                        + "; every record has id (u64) already, name the field otherwise")
                        .with("table", name)
                        .with("field", field.name());
            }
            positions.put(field.name(), i);
        }
    }

    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** Fields in declared order. */
    public List<Field> fields() {
        return fields;
    }

    /** Layouts of groups that were given one; others are {@link GroupLayout#COLUMNS}. */
    public Map<String, GroupLayout> groups() {
        return groups;
    }

    /** Layout of a group. */
    public GroupLayout layoutOf(final String group) {
        return groups.getOrDefault(group, GroupLayout.COLUMNS);
    }

    public long maxRows() {
        return maxRows;
    }

    /** The id that the next new field gets. */
    public int nextFieldId() {
        return nextFieldId;
    }

    /** Indexes in order of their making. */
    public List<IndexSchema> indexes() {
        return indexes;
    }

    /** Whether an index on this field alone forbids two equal values. */
    public boolean isUnique(final Field field) {
        return indexes.stream().anyMatch(index -> index.isUniqueOn(field.id()));
    }

    /** A field by its stable id, or null. */
    public Field fieldById(final int fieldId) {
        for (final Field field : fields) {
            if (field.id() == fieldId) {
                return field;
            }
        }
        return null;
    }

    /** Position of a field in {@link #fields()}, or -1. */
    public int indexOf(final String fieldName) {
        final Integer position = positions.get(fieldName);
        return position == null ? -1 : position;
    }

    /** A field by name, or null. */
    public Field field(final String fieldName) {
        final int position = indexOf(fieldName);
        return position < 0 ? null : fields.get(position);
    }

    /**
     * A field by name.
     *
     * @throws DbException FIELD_NOT_FOUND with the nearest name
     */
    public Field requireField(final String fieldName) {
        final Field field = field(fieldName);
        if (field == null) {
            throw fieldNotFound(fieldName);
        }
        return field;
    }

    /** The error for a field name that this table does not have. */
    public DbException fieldNotFound(final String fieldName) {
        return new DbException(
                        ErrorCode.FIELD_NOT_FOUND,
                        "field not found: table=" + name + ", field=" + Names.abbreviate(fieldName)
                                + Suggestion.didYouMean(fieldName, positions.keySet()))
                .with("table", name)
                .with("field", Names.abbreviate(fieldName));
    }

    /** The same table with other fields. */
    public TableSchema withFields(final List<Field> newFields, final int newNextFieldId) {
        return new TableSchema(id, name, newFields, groups, maxRows, newNextFieldId, indexes);
    }

    /** The same table under another name. */
    public TableSchema renamed(final String newName) {
        return new TableSchema(id, newName, fields, groups, maxRows, nextFieldId, indexes);
    }

    /** The same table under another id. */
    TableSchema renumbered(final int newId) {
        return new TableSchema(newId, name, fields, groups, maxRows, nextFieldId, indexes);
    }

    /** The same table with other indexes. */
    public TableSchema withIndexes(final List<IndexSchema> newIndexes) {
        return new TableSchema(id, name, fields, groups, maxRows, nextFieldId, newIndexes);
    }

    /** The same table with one field replaced. */
    public TableSchema withField(final int position, final Field field) {
        final List<Field> changed = new ArrayList<>(fields);
        changed.set(position, field);
        return withFields(changed, nextFieldId);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof TableSchema that
                && id == that.id
                && name.equals(that.name)
                && fields.equals(that.fields)
                && groups.equals(that.groups)
                && maxRows == that.maxRows
                && nextFieldId == that.nextFieldId
                && indexes.equals(that.indexes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + fields.hashCode();
    }

    @Override
    public String toString() {
        return "TableSchema{id=" + id + ", name=" + name + ", fields=" + fields + '}';
    }
}
