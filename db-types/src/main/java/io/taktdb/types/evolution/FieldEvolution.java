package io.taktdb.types.evolution;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.DefaultValue;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.SpecResolver;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.TypeParser;
import io.taktdb.types.value.ValueCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/** The changes of a table's fields. Threading: pure. */
final class FieldEvolution {
    /** The id of a table's first field. */
    static final int FIRST_ID = 1;

    private FieldEvolution() {}

    /** The fields of a new table, with ids from {@link #FIRST_ID}. */
    static List<Field> make(
            final String table, final List<FieldSpec> specs, final Map<String, ? extends FieldType> named) {
        if (specs.size() > TableSchema.MAX_FIELDS) {
            throw tooMany(table);
        }
        final List<Field> fields = new ArrayList<>(specs.size());
        for (final FieldSpec spec : specs) {
            fields.add(make(table, FIRST_ID + fields.size(), spec, named));
        }
        return fields;
    }

    private static Field make(
            final String table, final int id, final FieldSpec spec, final Map<String, ? extends FieldType> named) {
        return DefaultValue.canonical(table, SpecResolver.field(id, spec, named));
    }

    /**
     * A new field at the end. Rows that exist show its default; without one null, or, where null is not allowed, the
     * type's zero value (0, false, empty text, the enum's first name): so any field can be added to any table.
     */
    static TableSchema add(
            final TableSchema table, final FieldSpec spec, final Map<String, ? extends FieldType> named) {
        if (table.fields().size() >= TableSchema.MAX_FIELDS) {
            throw tooMany(table.name());
        }
        final List<Field> fields = new ArrayList<>(table.fields());
        fields.add(make(table.name(), table.nextFieldId(), spec, named));
        return IndexRules.addAll(table.withFields(fields, table.nextFieldId() + 1), List.of(), List.of(spec));
    }

    static TableSchema drop(final TableSchema table, final String name) {
        final List<Field> fields = new ArrayList<>(table.fields());
        fields.remove(table.requireField(name));
        return table.withFields(fields, table.nextFieldId());
    }

    static TableSchema rename(final TableSchema table, final String name, final String newName) {
        final Field field = table.requireField(name);
        Names.require("field", newName);
        return table.withField(table.indexOf(name), field.renamed(newName));
    }

    /** Another type that holds all values; the default is carried over. */
    static TableSchema widen(
            final TableSchema table,
            final String name,
            final String newType,
            final Map<String, ? extends FieldType> named) {
        final Field field = table.requireField(name);
        final FieldType type = TypeParser.parse(newType, named);
        if (!Widening.mayWiden(field.type(), type)) {
            throw notWider(table.name(), field, type, "values would be lost; add a field of the new type instead");
        }
        return table.withField(table.indexOf(name), field.retyped(type, widenedDefault(table.name(), field, type)));
    }

    static String widenedDefault(final String table, final Field field, final FieldType type) {
        if (field.defaultJson() == null || field.type().equals(type)) {
            return field.defaultJson();
        }
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int start = DefaultValue.encode(table, field, buffer, 0);
        final ValueCursor value = new ValueCursor().wrap(buffer, 0, start);
        final int end =
                ValueConversion.convert(field.type(), buffer, value.offset(), value.length(), type, buffer, start);
        if (end < 0) {
            final String shown = Names.abbreviate(field.defaultJson());
            throw notWider(table, field, type, "the default " + shown + " is not exact in the new type");
        }
        return DefaultValue.toJson(type, buffer, start, end);
    }

    private static DbException notWider(
            final String table, final Field field, final FieldType type, final String reason) {
        return new DbException(
                        ErrorCode.CONFLICT,
                        "field cannot become that type: table=" + table + ", field=" + field.name() + ", type="
                                + field.type().spelling() + ", wanted=" + type.spelling() + "; " + reason)
                .with("table", table)
                .with("field", field.name())
                .with("from", field.type().spelling())
                .with("to", type.spelling());
    }

    private static DbException tooMany(final String table) {
        return new DbException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "too many fields: table=" + table + ", limit=" + TableSchema.MAX_FIELDS + "; drop some")
                .with("table", table)
                .with("limit", TableSchema.MAX_FIELDS);
    }
}
