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
 *   string, bytes        bytes with 00 written as 00 FF, then 00 00; or cut at a number of bytes, then FF FF
 *   at the end           the id, big-endian
 * </pre>
 *
 * No key's fields are the start of another's, so equal starts mean equal values; but for a cut text, which sorts and
 * matches by its first bytes only: whoever reads must look at the row. Threading: one thread.
 */
public final class KeyEncoder {
    /** How many bytes end a text. */
    public static final int TEXT_END_BYTES = Short.BYTES;

    private final byte[] key = new byte[KeyPage.MAX_KEY_BYTES];
    private final int textBytes;
    private int length;
    private boolean cut;

    /**
     * @param textBytes where texts are cut, see {@link io.taktdb.types.schema.IndexRules#textBytes}
     */
    public KeyEncoder(final int textBytes) {
        this.textBytes = textBytes;
    }

    /** Starts a new key. */
    public KeyEncoder clear() {
        length = 0;
        cut = false;
        return this;
    }

    /** Whether a text was cut, so that other values have the same key. */
    public boolean isCut() {
        return cut;
    }

    /** The key's bytes, up to {@link #length()}. */
    public byte[] bytes() {
        return key;
    }

    public int length() {
        return length;
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
        final int end = length + textBytes;
        int i = 0;
        for (; i < valueLength && length < end; i++) {
            final byte b = value.getByte(offset + i);
            key[length++] = b;
            if (b == 0 && length < end) {
                key[length++] = (byte) 0xFF;
            } else if (b == 0) {
                break;
            }
        }
        final boolean whole = i == valueLength;
        cut |= !whole;
        put(whole ? 0 : 0xFFFF, TEXT_END_BYTES);
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
