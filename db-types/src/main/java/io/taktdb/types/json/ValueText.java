package io.taktdb.types.json;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Scalars and enums as plain text: what {@link ValueToJson} writes, without quotes. Threading: none of its own. */
public final class ValueText {
    private ValueText() {}

    /** The text of a scalar or enum whose bytes start at {@code offset}. */
    public static String of(final FieldType type, final DirectBuffer buffer, final int offset) {
        if (type instanceof EnumType listed) {
            return nameOf(listed, buffer, offset);
        }
        final ScalarType scalar = (ScalarType) type;
        return switch (scalar) {
            case BOOL -> Boolean.toString(buffer.getByte(offset) != 0);
            case F32 -> FloatText.of(Float.intBitsToFloat(buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN)));
            case F64 -> FloatText.of(Double.longBitsToDouble(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN)));
            case U64 -> Long.toUnsignedString(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN));
            case TIMESTAMP -> timestamp(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN));
            case UUID -> uuid(buffer, offset);
            default -> Long.toString(integer(scalar, buffer, offset));
        };
    }

    /** The value of bool or an integer type; a u64 from 2^63 on comes out negative. */
    public static long integer(final ScalarType type, final DirectBuffer buffer, final int offset) {
        return switch (type) {
            case BOOL -> buffer.getByte(offset) != 0 ? 1 : 0;
            case I8 -> buffer.getByte(offset);
            case U8 -> buffer.getByte(offset) & 0xFF;
            case I16 -> buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN);
            case U16 -> buffer.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            case I32 -> buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            case U32 -> buffer.getInt(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF_FFFFL;
            case I64, U64 -> buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
            default -> throw new IllegalArgumentException("not an integer type: type=" + type.spelling());
        };
    }

    /** The name at the position that an enum's bytes hold. */
    static String nameOf(final EnumType type, final DirectBuffer buffer, final int offset) {
        final ScalarType width = type.rowBytes() == Byte.BYTES ? ScalarType.U8 : ScalarType.U16;
        final int position = (int) integer(width, buffer, offset);
        if (position >= type.names().size()) {
            throw new DbException(
                    ErrorCode.INTERNAL,
                    "enum position has no name: type=" + type.name() + ", position=" + position + ", names="
                            + type.names().size() + "; the stored bytes are damaged");
        }
        return type.names().get(position);
    }

    private static String timestamp(final long micros) {
        final char[] chars = new char[TimestampText.MAX_LENGTH];
        final int length = TimestampText.format(micros, chars);
        return length == 0 ? Long.toString(micros) : new String(chars, 0, length);
    }

    private static String uuid(final DirectBuffer buffer, final int offset) {
        final char[] chars = new char[UuidText.LENGTH];
        return new String(chars, 0, UuidText.format(buffer, offset, chars));
    }
}
