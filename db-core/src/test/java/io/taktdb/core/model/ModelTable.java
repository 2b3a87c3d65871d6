package io.taktdb.core.model;

import io.taktdb.types.json.DefaultValue;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.ValueCursor;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;

/**
 * What a table should hold: rows by id, each a map from field id to bytes, absent where null. Rows are never changed
 * but replaced, so that copies of tables share them. Threading: none of its own.
 */
final class ModelTable {
    private TableSchema schema;
    private final TreeMap<Long, Map<Integer, byte[]>> rows;
    private final Set<Long> used;

    ModelTable(final TableSchema schema) {
        this.schema = schema;
        this.rows = new TreeMap<>(Long::compareUnsigned);
        this.used = new HashSet<>();
    }

    private ModelTable(final ModelTable other) {
        schema = other.schema;
        rows = new TreeMap<>(other.rows);
        used = new HashSet<>(other.used);
    }

    ModelTable copy() {
        return new ModelTable(this);
    }

    TableSchema schema() {
        return schema;
    }

    NavigableMap<Long, Map<Integer, byte[]>> rows() {
        return rows;
    }

    /** Whether an id belongs to a record, or did. */
    boolean wasUsed(final long id) {
        return used.contains(id);
    }

    Set<Long> used() {
        return Collections.unmodifiableSet(used);
    }

    void insert(final long id, final Map<Integer, byte[]> given) {
        used.add(id);
        replace(id, given);
    }

    void replace(final long id, final Map<Integer, byte[]> given) {
        final Map<Integer, byte[]> row = new HashMap<>();
        for (final Field field : schema.fields()) {
            row.put(field.id(), given.containsKey(field.id()) ? given.get(field.id()) : defaultOf(field));
        }
        rows.put(id, withoutNulls(row));
    }

    void merge(final long id, final Map<Integer, byte[]> given) {
        final Map<Integer, byte[]> row = new HashMap<>(rows.get(id));
        row.putAll(given);
        rows.put(id, withoutNulls(row));
    }

    void delete(final long id) {
        rows.remove(id);
    }

    /** Takes over a changed schema; {@code converted} answers the new value of a field. */
    void adopt(final TableSchema changed, final Conversion converted) {
        final TableSchema old = schema;
        schema = changed;
        rows.replaceAll((id, row) -> {
            final Map<Integer, byte[]> next = new HashMap<>();
            for (final Field field : changed.fields()) {
                final Field before = fieldById(old, field.id());
                next.put(
                        field.id(),
                        before == null ? ofNewField(field) : converted.of(before, field, row.get(field.id())));
            }
            return withoutNulls(next);
        });
    }

    /** From a value of a field to one of the same field with another type. */
    interface Conversion {
        byte[] of(Field before, Field after, byte[] value);
    }

    private static byte[] ofNewField(final Field field) {
        final byte[] value = defaultOf(field);
        if (value != null || field.optional()) {
            return value;
        }
        return new byte[field.type().isVariable() ? 0 : field.type().rowBytes()];
    }

    private static Field fieldById(final TableSchema schema, final int id) {
        return schema.fields().stream()
                .filter(field -> field.id() == id)
                .findFirst()
                .orElse(null);
    }

    /** A field's default, or null. */
    static byte[] defaultOf(final Field field) {
        if (field.defaultJson() == null) {
            return field.type() instanceof OptionType ? new byte[0] : null;
        }
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int end = DefaultValue.encode("model", field, buffer, 0);
        final ValueCursor value = new ValueCursor().wrap(buffer, 0, end);
        if (value.isNull()) {
            return null;
        }
        final byte[] bytes = new byte[value.length()];
        buffer.getBytes(value.offset(), bytes);
        return bytes;
    }

    private static Map<Integer, byte[]> withoutNulls(final Map<Integer, byte[]> row) {
        row.values().removeIf(value -> value == null);
        return row;
    }
}
