package io.taktdb.persistence.sqlite;

import io.taktdb.types.json.DefaultValue;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.value.ValueCursor;
import org.agrona.ExpandableArrayBuffer;

/**
 * One column of a dump, for one field.
 *
 * @param field the field's position in the schema
 */
record DumpColumn(int field, String name, FieldType type, ColumnForm form, String definition) {
    /**
     * The column of a field.
     *
     * @param large whether some value is a u64 beyond 2^63 - 1
     */
    static DumpColumn of(final String table, final int position, final Field field, final boolean large) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64);
        ValueCursor standard = null;
        if (field.defaultJson() != null) {
            final int end = DefaultValue.encode(table, field, buffer, 0);
            standard = new ValueCursor().wrap(buffer, 0, end);
        }
        final boolean isLarge =
                large || standard != null && !standard.isNull() && SqlValue.isLarge(field.type(), standard);
        final ColumnForm form = ColumnForm.of(field.type(), isLarge);
        final StringBuilder sql =
                new StringBuilder(DumpNames.quote(field.name())).append(' ').append(form.sqlType());
        if (!field.mayBeNull()) {
            sql.append(" NOT NULL");
        }
        if (standard != null && !standard.isNull()) {
            sql.append(" DEFAULT ").append(SqlValue.literal(form, field.type(), standard));
        }
        if (form == ColumnForm.BOOL) {
            sql.append(" CHECK (").append(DumpNames.quote(field.name())).append(" IN (0, 1))");
        }
        return new DumpColumn(position, field.name(), field.type(), form, sql.toString());
    }
}
