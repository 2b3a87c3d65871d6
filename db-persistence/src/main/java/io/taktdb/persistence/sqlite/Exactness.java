package io.taktdb.persistence.sqlite;

import io.taktdb.types.error.DbException;
import io.taktdb.types.json.TimestampText;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ListType;
import io.taktdb.types.schema.OneofType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VectorType;
import io.taktdb.types.value.ValueCheck;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueKind;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Which bits of a value a dump keeps, and which bits a value may have. Threading: none of its own. */
final class Exactness {
    private static final int CANONICAL_F32_NAN = Float.floatToIntBits(Float.NaN);
    private static final long CANONICAL_F64_NAN = Double.doubleToLongBits(Double.NaN);

    private Exactness() {}

    /** Whether a REAL column, with the text NaN, says all of an f32 or f64. */
    static boolean survivesReal(final FieldType type, final DirectBuffer buffer, final int offset) {
        if (type == ScalarType.F32) {
            final int bits = buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            return bits != Integer.MIN_VALUE && isUsual(bits);
        }
        final long bits = buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
        return bits != Long.MIN_VALUE && isUsual(bits);
    }

    private static boolean isUsual(final int f32) {
        return f32 == CANONICAL_F32_NAN || !Float.isNaN(Float.intBitsToFloat(f32));
    }

    private static boolean isUsual(final long f64) {
        return f64 == CANONICAL_F64_NAN || !Double.isNaN(Double.longBitsToDouble(f64));
    }

    /**
     * Whether JSON says all of a value that is neither text nor bytes nor json.
     *
     * @param length bytes of a nested value; of no meaning for others
     */
    static boolean survivesJson(final FieldType type, final DirectBuffer buffer, final int offset, final int length) {
        if (type instanceof ListType list) {
            final ValueCursor value = new ValueCursor();
            final int end = offset + length;
            boolean survives = true;
            for (int at = offset; survives && at < end; at = value.end()) {
                survives = survivesJson(list.element(), value.wrap(buffer, at, end));
            }
            return survives;
        }
        if (type instanceof OptionType option) {
            return length == 0 || survivesJson(option.inner(), new ValueCursor().wrap(buffer, offset, offset + length));
        }
        if (type instanceof OneofType oneof) { // the zero value is written as what it means
            return length > 0 && survivesOneof(oneof, buffer, offset, offset + length);
        }
        return type.isVariable() || survivesJson(type, buffer, offset);
    }

    private static boolean survivesOneof(
            final OneofType type, final DirectBuffer buffer, final int offset, final int end) {
        final int variant = buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        return survivesJson(
                type.variants().get(variant).type(),
                new ValueCursor().wrap(buffer, offset + ValueKind.VARIANT_BYTES, end));
    }

    private static boolean survivesJson(final FieldType type, final ValueCursor value) {
        return value.isNull() || survivesJson(type, value.buffer(), value.offset(), value.length());
    }

    /** Whether JSON says all of a value of fixed size. */
    static boolean survivesJson(final FieldType type, final DirectBuffer buffer, final int offset) {
        if (type == ScalarType.F32) {
            return isUsual(buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN));
        }
        if (type == ScalarType.F64) {
            return isUsual(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN));
        }
        if (type == ScalarType.TIMESTAMP) {
            return TimestampText.isInRange(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN));
        }
        if (type instanceof VectorType vector) {
            boolean survives = true;
            for (int i = 0; survives && i < vector.length(); i++) {
                survives = survivesJson(
                        vector.element(), buffer, offset + i * vector.element().rowBytes());
            }
            return survives;
        }
        if (type instanceof CompositeType composite) {
            boolean survives = true;
            for (final CompositeType.Member member : composite.members()) {
                survives = survives && survivesJson(member.type(), buffer, offset + member.offset());
            }
            return survives;
        }
        return true;
    }

    /** Whether bytes are a value of a type at all. */
    static boolean isValid(final FieldType type, final byte[] bytes) {
        if (!type.isVariable() && bytes.length != type.rowBytes()) {
            return false;
        }
        try {
            return ValueCheck.fault(type, new UnsafeBuffer(bytes), 0, bytes.length) == null;
        } catch (final DbException e) {
            return false; // cut short
        }
    }
}
