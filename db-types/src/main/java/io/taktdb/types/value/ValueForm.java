package io.taktdb.types.value;

import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/** The few writes that every value's byte form is made of. Threading: none of its own. */
public final class ValueForm {
    private ValueForm() {}

    /**
     * Writes kind and length.
     *
     * @return where the value's bytes go
     */
    public static int putHead(final MutableDirectBuffer buffer, final int index, final byte kind, final int length) {
        buffer.putByte(index, kind);
        buffer.putInt(index + 1, length, ByteOrder.LITTLE_ENDIAN);
        return index + 1 + Integer.BYTES;
    }

    /**
     * Writes a scalar of up to 8 bytes: the low bytes of {@code bits}.
     *
     * @return the first index after it
     */
    public static int putScalar(final MutableDirectBuffer buffer, final int index, final byte kind, final long bits) {
        buffer.putByte(index, kind);
        return putRaw(buffer, index + 1, ValueKind.scalar(kind).rowBytes(), bits);
    }

    /**
     * Writes the low {@code size} bytes of {@code bits}, little-endian.
     *
     * @return the first index after them
     */
    public static int putRaw(final MutableDirectBuffer buffer, final int index, final int size, final long bits) {
        switch (size) {
            case 1 -> buffer.putByte(index, (byte) bits);
            case 2 -> buffer.putShort(index, (short) bits, ByteOrder.LITTLE_ENDIAN);
            case 4 -> buffer.putInt(index, (int) bits, ByteOrder.LITTLE_ENDIAN);
            case 8 -> buffer.putLong(index, bits, ByteOrder.LITTLE_ENDIAN);
            default -> throw new IllegalArgumentException("no scalar has this size: size=" + size);
        }
        return index + size;
    }
}
