package io.taktdb.core.testing;

import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Rows in their byte form, made of plain Java values. Threading: none of its own. */
public final class Rows {
    private Rows() {}

    /**
     * A row of the first fields of a table.
     *
     * @param values by position: null, Boolean, Number, String or byte[]; for other types the bytes in the row
     */
    public static RowCursor row(final TableSchema schema, final Object... values) {
        final int[] fields = new int[values.length];
        Arrays.setAll(fields, i -> i);
        return part(schema, fields, values);
    }

    /** A row of the given fields only. */
    public static RowCursor part(final TableSchema schema, final int[] fields, final Object... values) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter writer = new RowWriter().wrap(buffer, 0);
        for (int i = 0; i < fields.length; i++) {
            put(writer, schema.fields().get(fields[i]), values[i]);
        }
        return new RowCursor().wrap(buffer, 0, writer.finish());
    }

    private static void put(final RowWriter writer, final Field field, final Object value) {
        writer.field(field.id());
        final byte kind = ValueKind.of(field.type());
        if (value == null) {
            writer.putNull();
        } else if (value instanceof Boolean flag) {
            writer.putScalar(kind, flag ? 1 : 0);
        } else if (value instanceof String text && field.type() != VariableType.BYTES) {
            final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            writer.putBytes(kind, new UnsafeBuffer(utf8), 0, utf8.length);
        } else if (value instanceof byte[] bytes && ValueKind.isScalar(kind)) {
            writer.buffer().putByte(writer.position(), kind);
            writer.buffer().putBytes(writer.position() + 1, bytes);
            writer.position(writer.position() + 1 + bytes.length);
        } else if (value instanceof byte[] bytes) {
            writer.putBytes(kind, new UnsafeBuffer(bytes), 0, bytes.length);
        } else if (field.type() == ScalarType.F32) {
            writer.putScalar(kind, Float.floatToRawIntBits(((Number) value).floatValue()));
        } else if (field.type() == ScalarType.F64) {
            writer.putScalar(kind, Double.doubleToRawLongBits(((Number) value).doubleValue()));
        } else {
            writer.putScalar(kind, ((Number) value).longValue());
        }
    }
}
