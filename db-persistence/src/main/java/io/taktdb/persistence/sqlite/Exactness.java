package io.taktdb.persistence.sqlite;

import io.taktdb.types.json.TimestampText;
import io.taktdb.types.json.ValueText;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VectorType;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

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

    /** Whether booleans are 0 or 1 and enums have a name, wherever they are in a value of fixed size. */
    static boolean hasValidBits(final FieldType type, final DirectBuffer buffer, final int offset) {
        if (type == ScalarType.BOOL) {
            return (buffer.getByte(offset) & ~1) == 0;
        }
        if (type instanceof EnumType listed) {
            final ScalarType width = listed.rowBytes() == Byte.BYTES ? ScalarType.U8 : ScalarType.U16;
            return ValueText.integer(width, buffer, offset) < listed.names().size();
        }
        boolean valid = true;
        if (type instanceof VectorType vector && vector.element() == ScalarType.BOOL) {
            for (int i = 0; i < vector.length(); i++) {
                valid &= hasValidBits(vector.element(), buffer, offset + i);
            }
        }
        if (type instanceof CompositeType composite) {
            for (final CompositeType.Member member : composite.members()) {
                valid &= hasValidBits(member.type(), buffer, offset + member.offset());
            }
        }
        return valid;
    }
}
