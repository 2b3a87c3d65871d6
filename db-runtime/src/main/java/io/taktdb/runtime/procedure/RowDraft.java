package io.taktdb.runtime.procedure;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.DefaultValue;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.NestedType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueForm;
import io.taktdb.types.value.ValueKind;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * A row that is being made, field by field. Fields that are not set take their default, or null.
 *
 * <p>May be filled again after {@link #clear}. Numbers that do not fit are refused, never wrapped. Threading: one
 * thread.
 */
public final class RowDraft {
    private final TableSchema schema;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(128);
    private final RowWriter writer = new RowWriter();
    private final RowCursor cursor = new RowCursor();

    /** An empty draft for rows of a table. */
    public RowDraft(final TableSchema schema) {
        this.schema = schema;
        clear();
    }

    /** Forgets all fields. */
    public RowDraft clear() {
        writer.wrap(buffer, 0);
        return this;
    }

    /** Sets a boolean, integer, timestamp, f32 or f64 from a whole number. */
    public RowDraft set(final String name, final long value) {
        final Field field = schema.requireField(name);
        if (!(field.type() instanceof ScalarType type) || type == ScalarType.UUID) {
            throw mismatch(field, "integer " + value);
        }
        if (type.isFloat()) {
            return set(name, (double) value);
        }
        final boolean wide = type.rowBytes() == Long.BYTES;
        if (!wide
                && (value < (type == ScalarType.BOOL ? 0 : type.minInteger())
                        || value > (type == ScalarType.BOOL ? 1 : type.maxInteger()))) {
            throw mismatch(field, "integer " + value);
        }
        writer.field(field.id()).putScalar(ValueKind.of(type), value);
        return this;
    }

    /** Sets an f32 or f64. */
    public RowDraft set(final String name, final double value) {
        final Field field = schema.requireField(name);
        if (field.type() == ScalarType.F32) {
            writer.field(field.id()).putScalar(ValueKind.of(field.type()), Float.floatToRawIntBits((float) value));
        } else if (field.type() == ScalarType.F64) {
            writer.field(field.id()).putScalar(ValueKind.of(field.type()), Double.doubleToRawLongBits(value));
        } else {
            throw mismatch(field, "number " + value);
        }
        return this;
    }

    /** Sets a boolean. */
    public RowDraft set(final String name, final boolean value) {
        return set(name, value ? 1L : 0L);
    }

    /** Sets a string or json, an enum by one of its names, or a list, option or oneof by its JSON. */
    public RowDraft set(final String name, final String value) {
        final Field field = schema.requireField(name);
        if (field.type() instanceof EnumType type) {
            return setEnum(field, type, value);
        }
        if (field.type() instanceof NestedType) {
            writer.field(field.id());
            writer.position(DefaultValue.encodeValue(schema.name(), field, value, buffer, writer.position()));
            return this;
        }
        if (field.type() != VariableType.STRING && field.type() != VariableType.JSON) {
            throw mismatch(field, "string");
        }
        final byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        writer.field(field.id());
        final int at = ValueForm.putHead(buffer, writer.position(), ValueKind.of(field.type()), utf8.length);
        buffer.putBytes(at, utf8);
        writer.position(at + utf8.length);
        return this;
    }

    private RowDraft setEnum(final Field field, final EnumType type, final String value) {
        final int index = type.indexOf(value);
        if (index < 0) {
            throw mismatch(field, "\"" + value + '"');
        }
        writer.field(field.id());
        final int at = ValueForm.putHead(buffer, writer.position(), ValueKind.ENUM, type.rowBytes());
        writer.position(ValueForm.putRaw(buffer, at, type.rowBytes(), index));
        return this;
    }

    /** Sets a vector of f32. */
    public RowDraft set(final String name, final float... values) {
        final Field field = schema.requireField(name);
        if (!(field.type() instanceof VectorType type)
                || type.element() != ScalarType.F32
                || type.length() != values.length) {
            throw mismatch(field, values.length + "xf32");
        }
        writer.field(field.id());
        int at = ValueForm.putHead(buffer, writer.position(), ValueKind.VECTOR, type.rowBytes());
        for (final float value : values) {
            buffer.putFloat(at, value, ByteOrder.LITTLE_ENDIAN);
            at += Float.BYTES;
        }
        writer.position(at);
        return this;
    }

    /** Sets bytes, from the start of a buffer. */
    RowDraft setBytes(final String name, final DirectBuffer bytes, final int length) {
        final Field field = schema.requireField(name);
        if (field.type() != VariableType.BYTES) {
            throw mismatch(field, "bytes");
        }
        writer.field(field.id()).putBytes(ValueKind.BYTES, bytes, 0, length);
        return this;
    }

    /** Sets an optional field to null. */
    public RowDraft setNull(final String name) {
        writer.field(schema.requireField(name).id()).putNull();
        return this;
    }

    RowCursor finish() {
        final int end = writer.finish();
        return cursor.wrap(buffer, 0, end);
    }

    private DbException mismatch(final Field field, final String came) {
        return new DbException(
                        ErrorCode.SCHEMA_MISMATCH,
                        "value does not fit the field: table=" + schema.name() + ", field=" + field.name()
                                + ", expected=" + field.type().spelling() + ", came=" + came)
                .with("table", schema.name())
                .with("field", field.name());
    }
}
