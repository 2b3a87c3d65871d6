package io.taktdb.core.index;

import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Values as bytes that sort, compared as unsigned bytes, as the values do.
 *
 * <pre>
 *   null                 00; a value of an optional field has 01 before it
 *   bool, u8 .. u64      big-endian
 *   i8 .. i64, timestamp big-endian, sign bit flipped
 *   f32, f64             big-endian; negative: all bits flipped, else the sign bit; -0.0 as 0.0, NaN above all
 *   uuid, vectors,
 *   composites           as they are (vectors and composites: for equality only)
 *   enum                 position, big-endian
 *   string, bytes        bytes with 00 written as 00 FF, then 00 00; cut after {@value #MAX_TEXT_BYTES} bytes
 *   at the end           the id, big-endian
 * </pre>
 *
 * A cut text sorts and matches by its first bytes only: whoever reads must look at the row. Threading: one thread.
 */
public final class KeyEncoder {
    /** The most bytes of one text in a key. */
    public static final int MAX_TEXT_BYTES = 256;

    private final byte[] key = new byte[KeyPage.MAX_KEY_BYTES];
    private int length;

    /** Starts a new key. */
    public KeyEncoder clear() {
        length = 0;
        return this;
    }

    /** The key's bytes, up to {@link #length()}. */
    public byte[] bytes() {
        return key;
    }

    public int length() {
        return length;
    }

    /** Whether keys can be made of a type: all but json, and not longer than a key may be. */
    public static boolean isIndexable(final FieldType type) {
        return type != VariableType.JSON && type.rowBytes() <= MAX_TEXT_BYTES;
    }

    /** Adds null. */
    public KeyEncoder addNull() {
        key[length++] = 0;
        return this;
    }

    /**
     * Adds a value.
     *
     * @param optional whether the field may be null
     */
    public KeyEncoder add(
            final FieldType type,
            final boolean optional,
            final DirectBuffer value,
            final int offset,
            final int valueLength) {
        if (optional) {
            key[length++] = 1;
        }
        if (type instanceof ScalarType scalar) {
            addScalar(scalar, value, offset);
        } else if (type instanceof VariableType) {
            addText(value, offset, valueLength);
        } else if (type instanceof EnumType) {
            final boolean wide = type.rowBytes() == Short.BYTES;
            put(wide ? value.getShort(offset, ByteOrder.LITTLE_ENDIAN) : value.getByte(offset), type.rowBytes());
        } else {
            value.getBytes(offset, key, length, type.rowBytes());
            length += type.rowBytes();
        }
        return this;
    }

    private void addScalar(final ScalarType type, final DirectBuffer value, final int offset) {
        switch (type) {
            case BOOL, U8 -> put(value.getByte(offset), Byte.BYTES);
            case I8 -> put(value.getByte(offset) ^ 0x80, Byte.BYTES);
            case U16 -> put(value.getShort(offset, ByteOrder.LITTLE_ENDIAN), Short.BYTES);
            case I16 -> put(value.getShort(offset, ByteOrder.LITTLE_ENDIAN) ^ 0x8000, Short.BYTES);
            case U32 -> put(value.getInt(offset, ByteOrder.LITTLE_ENDIAN), Integer.BYTES);
            case I32 -> put(value.getInt(offset, ByteOrder.LITTLE_ENDIAN) ^ 0x8000_0000, Integer.BYTES);
            case U64 -> put(value.getLong(offset, ByteOrder.LITTLE_ENDIAN), Long.BYTES);
            case I64, TIMESTAMP -> put(value.getLong(offset, ByteOrder.LITTLE_ENDIAN) ^ Long.MIN_VALUE, Long.BYTES);
            case F32 -> addF32(value.getFloat(offset, ByteOrder.LITTLE_ENDIAN));
            case F64 -> addF64(value.getDouble(offset, ByteOrder.LITTLE_ENDIAN));
            case UUID -> {
                value.getBytes(offset, key, length, type.rowBytes());
                length += type.rowBytes();
            }
        }
    }

    private void addF32(final float value) {
        final int bits = Float.floatToIntBits(value == 0 ? 0f : value);
        put(bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE, Integer.BYTES);
    }

    private void addF64(final double value) {
        final long bits = Double.doubleToLongBits(value == 0 ? 0d : value);
        put(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE, Long.BYTES);
    }

    private void addText(final DirectBuffer value, final int offset, final int valueLength) {
        final int used = Math.min(valueLength, MAX_TEXT_BYTES);
        for (int i = 0; i < used; i++) {
            final byte b = value.getByte(offset + i);
            key[length++] = b;
            if (b == 0) {
                key[length++] = (byte) 0xFF;
            }
        }
        if (used == valueLength) {
            key[length++] = 0;
            key[length++] = 0;
        }
    }

    /** Adds the id, which makes the key unique. */
    public KeyEncoder addId(final long id) {
        put(id, Long.BYTES);
        return this;
    }

    private void put(final long value, final int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            key[length++] = (byte) (value >>> (i * Byte.SIZE));
        }
    }
}
