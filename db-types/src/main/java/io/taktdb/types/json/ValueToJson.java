package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ListType;
import io.taktdb.types.schema.NestedType;
import io.taktdb.types.schema.OneofType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueKind;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes values as JSON from their bytes, be these in a table page or in their byte form.
 *
 * <p>The generator must be one of {@link StrictJson#generator}, which writes UTF-8. Threading: one thread.
 */
public final class ValueToJson {
    private final char[] chars = new char[Math.max(UuidText.LENGTH, TimestampText.MAX_LENGTH)];
    private final ValueCursor[] cursors = new ValueCursor[CompositeType.MAX_DEPTH + 1];
    private byte[] scratch = new byte[0];
    private int depth;

    /**
     * Writes one value.
     *
     * @param offset where the value's bytes start, behind any head
     * @param length bytes of a variable value; of no meaning for others
     */
    public void write(
            final JsonGenerator g,
            final FieldType type,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final JsonStyle style)
            throws IOException {
        if (type instanceof ScalarType scalar) {
            scalar(g, scalar, buffer, offset, style);
        } else if (type instanceof VariableType variable) {
            variable(g, variable, buffer, offset, length);
        } else if (type instanceof VectorType vector) {
            vector(g, vector, buffer, offset, style);
        } else if (type instanceof CompositeType composite) {
            composite(g, composite, buffer, offset, style);
        } else if (type instanceof NestedType nested) {
            nested(g, nested, buffer, offset, length, style);
        } else {
            g.writeString(ValueText.nameOf((EnumType) type, buffer, offset));
        }
    }

    /** Writes the value that a cursor stands on; null too. */
    public void write(final JsonGenerator g, final FieldType type, final ValueCursor value, final JsonStyle style)
            throws IOException {
        if (value.isNull()) {
            g.writeNull();
        } else {
            write(g, type, value.buffer(), value.offset(), value.length(), style);
        }
    }

    private void scalar(
            final JsonGenerator g,
            final ScalarType type,
            final DirectBuffer buffer,
            final int offset,
            final JsonStyle style)
            throws IOException {
        switch (type) {
            case BOOL -> g.writeBoolean(buffer.getByte(offset) != 0);
            case I64 -> i64(g, buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN), style);
            case U64 -> u64(g, buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN), style);
            case F32 -> f32(g, Float.intBitsToFloat(buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN)));
            case F64 -> f64(g, Double.longBitsToDouble(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN)));
            case TIMESTAMP -> timestamp(g, buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN));
            case UUID -> g.writeString(chars, 0, UuidText.format(buffer, offset, chars));
            default -> g.writeNumber(ValueText.integer(type, buffer, offset));
        }
    }

    private static void i64(final JsonGenerator g, final long value, final JsonStyle style) throws IOException {
        if (style.int64AsString()) {
            g.writeString(Long.toString(value));
        } else {
            g.writeNumber(value);
        }
    }

    /** Writes a u64, such as a record's id. */
    public static void u64(final JsonGenerator g, final long value, final JsonStyle style) throws IOException {
        if (style.int64AsString()) {
            g.writeString(Long.toUnsignedString(value));
        } else if (value >= 0) {
            g.writeNumber(value);
        } else {
            g.writeNumber(Long.toUnsignedString(value));
        }
    }

    private static void f32(final JsonGenerator g, final float value) throws IOException {
        if (FloatText.isWholeI32(value)) {
            g.writeNumber((long) value);
        } else if (Float.isFinite(value)) {
            g.writeNumber(FloatText.of(value));
        } else {
            g.writeString(FloatText.of(value));
        }
    }

    private static void f64(final JsonGenerator g, final double value) throws IOException {
        if (FloatText.isWholeI64(value)) {
            g.writeNumber((long) value);
        } else if (Double.isFinite(value)) {
            g.writeNumber(FloatText.of(value));
        } else {
            g.writeString(FloatText.of(value));
        }
    }

    private void timestamp(final JsonGenerator g, final long micros) throws IOException {
        final int length = TimestampText.format(micros, chars);
        if (length == 0) {
            g.writeNumber(micros); // the engine may compute what the text form cannot say
        } else {
            g.writeString(chars, 0, length);
        }
    }

    private void variable(
            final JsonGenerator g,
            final VariableType type,
            final DirectBuffer buffer,
            final int offset,
            final int length)
            throws IOException {
        if (type == VariableType.JSON) {
            json(g, buffer, offset, length);
            return;
        }
        byte[] bytes = buffer.byteArray();
        int start = offset + buffer.wrapAdjustment();
        if (bytes == null) {
            bytes = scratch(length);
            start = 0;
            buffer.getBytes(offset, bytes, 0, length);
        }
        if (type == VariableType.STRING) {
            g.writeUTF8String(bytes, start, length);
        } else {
            g.writeBinary(bytes, start, length);
        }
    }

    /** Zeroed bytes, such as those of a row that is older than its field, are JSON's null. */
    private static void json(final JsonGenerator g, final DirectBuffer buffer, final int offset, final int length)
            throws IOException {
        if (length == 0) {
            g.writeNull();
        } else {
            g.writeRawValue(new Utf8Slice(buffer, offset, length));
        }
    }

    private byte[] scratch(final int length) {
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, scratch.length * 2)];
        }
        return scratch;
    }

    private void vector(
            final JsonGenerator g,
            final VectorType type,
            final DirectBuffer buffer,
            final int offset,
            final JsonStyle style)
            throws IOException {
        g.writeStartArray();
        for (int i = 0; i < type.length(); i++) {
            scalar(g, type.element(), buffer, offset + i * type.element().rowBytes(), style);
        }
        g.writeEndArray();
    }

    private void composite(
            final JsonGenerator g,
            final CompositeType type,
            final DirectBuffer buffer,
            final int offset,
            final JsonStyle style)
            throws IOException {
        g.writeStartObject();
        for (final CompositeType.Member member : type.members()) {
            g.writeFieldName(member.name());
            write(
                    g,
                    member.type(),
                    buffer,
                    offset + member.offset(),
                    member.type().rowBytes(),
                    style);
        }
        g.writeEndObject();
    }

    private void nested(
            final JsonGenerator g,
            final NestedType type,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final JsonStyle style)
            throws IOException {
        final ValueCursor value = cursors[depth] == null ? new ValueCursor() : cursors[depth];
        cursors[depth++] = value;
        try {
            final int end = offset + length;
            if (type instanceof ListType list) {
                g.writeStartArray();
                for (int at = offset; at < end; at = value.end()) {
                    write(g, list.element(), value.wrap(buffer, at, end), style);
                }
                g.writeEndArray();
            } else if (type instanceof OneofType oneof) {
                oneof(g, oneof, value, buffer, offset, end, style);
            } else if (length == 0) {
                g.writeNull();
            } else {
                write(g, ((OptionType) type).inner(), value.wrap(buffer, offset, end), style);
            }
        } finally {
            depth--;
        }
    }

    private void oneof(
            final JsonGenerator g,
            final OneofType type,
            final ValueCursor value,
            final DirectBuffer buffer,
            final int offset,
            final int end,
            final JsonStyle style)
            throws IOException {
        final boolean isZero = offset == end;
        final OneofType.Variant variant =
                type.variants().get(isZero ? 0 : buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
        g.writeStartObject();
        g.writeFieldName(variant.name());
        if (isZero) {
            final int bytes = variant.type().isVariable() ? 0 : variant.type().rowBytes();
            write(g, variant.type(), new UnsafeBuffer(new byte[bytes]), 0, bytes, style);
        } else {
            write(g, variant.type(), value.wrap(buffer, offset + ValueKind.VARIANT_BYTES, end), style);
        }
        g.writeEndObject();
    }
}
