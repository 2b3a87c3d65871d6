package io.taktdb.core.memory;

import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Raw memory at absolute addresses, in the machine's byte order, which must be little-endian.
 *
 * <p>The one place through which the engine reaches off-heap bytes, so that the back end is one decision (Agrona's
 * {@code UnsafeApi}, which ties with {@code float[]} on JDK 17 and 25). With {@link Guard#ENABLED} every access is
 * checked; without it the check is a constant that the compiler removes.
 *
 * <p>Threading: plain accesses, ordered by nothing; publication is the business of {@code version}.
 */
public final class Memory {
    private static final int PAGE_BYTES = 4096;

    private static final long ARRAY_BASE = UnsafeApi.arrayBaseOffset(byte[].class);

    static {
        if (UnsafeApi.isBigEndian()) {
            throw new IllegalStateException("TaktDB needs a little-endian machine; pages are stored as they lie");
        }
    }

    private Memory() {}

    /**
     * Bytes aligned to the machine's page, not zeroed.
     *
     * @return address, to be given to {@link #free}
     */
    static long allocate(final long bytes) {
        final long raw = UnsafeApi.allocateMemory(bytes + PAGE_BYTES + Long.BYTES);
        final long address = (raw + Long.BYTES + PAGE_BYTES - 1) & -PAGE_BYTES;
        UnsafeApi.putLong(address - Long.BYTES, raw);
        return address;
    }

    /** Returns what {@link #allocate} gave. */
    static void free(final long address) {
        UnsafeApi.freeMemory(UnsafeApi.getLong(address - Long.BYTES));
    }

    public static byte getByte(final long address) {
        if (Guard.ENABLED) {
            Guard.checkRead(address, Byte.BYTES);
        }
        return UnsafeApi.getByte(address);
    }

    public static short getShort(final long address) {
        if (Guard.ENABLED) {
            Guard.checkRead(address, Short.BYTES);
        }
        return UnsafeApi.getShort(address);
    }

    public static int getInt(final long address) {
        if (Guard.ENABLED) {
            Guard.checkRead(address, Integer.BYTES);
        }
        return UnsafeApi.getInt(address);
    }

    public static long getLong(final long address) {
        if (Guard.ENABLED) {
            Guard.checkRead(address, Long.BYTES);
        }
        return UnsafeApi.getLong(address);
    }

    public static float getFloat(final long address) {
        if (Guard.ENABLED) {
            Guard.checkRead(address, Float.BYTES);
        }
        return UnsafeApi.getFloat(address);
    }

    public static double getDouble(final long address) {
        if (Guard.ENABLED) {
            Guard.checkRead(address, Double.BYTES);
        }
        return UnsafeApi.getDouble(address);
    }

    public static void putByte(final long address, final byte value) {
        if (Guard.ENABLED) {
            Guard.checkWrite(address, Byte.BYTES);
        }
        UnsafeApi.putByte(address, value);
    }

    public static void putShort(final long address, final short value) {
        if (Guard.ENABLED) {
            Guard.checkWrite(address, Short.BYTES);
        }
        UnsafeApi.putShort(address, value);
    }

    public static void putInt(final long address, final int value) {
        if (Guard.ENABLED) {
            Guard.checkWrite(address, Integer.BYTES);
        }
        UnsafeApi.putInt(address, value);
    }

    public static void putLong(final long address, final long value) {
        if (Guard.ENABLED) {
            Guard.checkWrite(address, Long.BYTES);
        }
        UnsafeApi.putLong(address, value);
    }

    public static void putFloat(final long address, final float value) {
        if (Guard.ENABLED) {
            Guard.checkWrite(address, Float.BYTES);
        }
        UnsafeApi.putFloat(address, value);
    }

    public static void putDouble(final long address, final double value) {
        if (Guard.ENABLED) {
            Guard.checkWrite(address, Double.BYTES);
        }
        UnsafeApi.putDouble(address, value);
    }

    /** The low {@code size} bytes (1, 2, 4 or 8) of a value, without sign. */
    public static long getBits(final long address, final int size) {
        switch (size) {
            case 1:
                return getByte(address) & 0xFFL;
            case 2:
                return getShort(address) & 0xFFFFL;
            case 4:
                return getInt(address) & 0xFFFF_FFFFL;
            default:
                return getLong(address);
        }
    }

    /**
     * A bit of a byte.
     *
     * @param bit 0 to 7
     */
    public static boolean getBit(final long address, final int bit) {
        return (getByte(address) >>> bit & 1) != 0;
    }

    /**
     * Sets a bit of a byte to 1.
     *
     * @param bit 0 to 7
     */
    public static void setBit(final long address, final int bit) {
        putByte(address, (byte) (getByte(address) | 1 << bit));
    }

    /**
     * Sets a bit of a byte to 0.
     *
     * @param bit 0 to 7
     */
    public static void clearBit(final long address, final int bit) {
        putByte(address, (byte) (getByte(address) & ~(1 << bit)));
    }

    /** Copies off-heap bytes; the ranges must not overlap. */
    public static void copy(final long from, final long to, final long bytes) {
        if (bytes == 0) {
            return;
        }
        if (Guard.ENABLED) {
            Guard.checkRead(from, bytes);
            Guard.checkWrite(to, bytes);
        }
        if (bytes <= SmallBytes.MOST) {
            SmallBytes.copy(null, from, null, to, (int) bytes);
        } else {
            UnsafeApi.copyMemory(from, to, bytes);
        }
    }

    /** Copies 64 off-heap bytes, without a loop. */
    public static void copyLine(final long from, final long to) {
        if (Guard.ENABLED) {
            Guard.checkRead(from, 8 * Long.BYTES);
            Guard.checkWrite(to, 8 * Long.BYTES);
        }
        UnsafeApi.putLong(to, UnsafeApi.getLong(from));
        UnsafeApi.putLong(to + 8, UnsafeApi.getLong(from + 8));
        UnsafeApi.putLong(to + 16, UnsafeApi.getLong(from + 16));
        UnsafeApi.putLong(to + 24, UnsafeApi.getLong(from + 24));
        UnsafeApi.putLong(to + 32, UnsafeApi.getLong(from + 32));
        UnsafeApi.putLong(to + 40, UnsafeApi.getLong(from + 40));
        UnsafeApi.putLong(to + 48, UnsafeApi.getLong(from + 48));
        UnsafeApi.putLong(to + 56, UnsafeApi.getLong(from + 56));
    }

    /** Copies bytes of a buffer to an address. */
    public static void copy(final DirectBuffer from, final int offset, final long to, final int bytes) {
        if (bytes == 0) {
            return;
        }
        from.boundsCheck(offset, bytes);
        if (Guard.ENABLED) {
            Guard.checkWrite(to, bytes);
        }
        copyChecked(from.byteArray(), from.addressOffset() + offset, null, to, bytes);
    }

    /** Copies off-heap bytes into an array. */
    public static void copy(final long from, final byte[] to, final int offset, final int bytes) {
        Objects.checkFromIndexSize(offset, bytes, to.length);
        if (bytes == 0) {
            return;
        }
        if (Guard.ENABLED) {
            Guard.checkRead(from, bytes);
        }
        copyChecked(null, from, to, ARRAY_BASE + offset, bytes);
    }

    /** Copies bytes of an array to an address. */
    public static void copy(final byte[] from, final int offset, final long to, final int bytes) {
        Objects.checkFromIndexSize(offset, bytes, from.length);
        if (bytes == 0) {
            return;
        }
        if (Guard.ENABLED) {
            Guard.checkWrite(to, bytes);
        }
        copyChecked(from, ARRAY_BASE + offset, null, to, bytes);
    }

    private static void copyChecked(
            final byte[] fromArray, final long from, final byte[] toArray, final long to, final int bytes) {
        if (bytes <= SmallBytes.MOST) {
            SmallBytes.copy(fromArray, from, toArray, to, bytes);
        } else {
            UnsafeApi.copyMemory(fromArray, from, toArray, to, bytes);
        }
    }

    /** Whether two ranges hold the same bytes. */
    public static boolean isSame(final long a, final long b, final int bytes) {
        if (a == b) {
            return true;
        }
        int i = 0;
        for (; i + Long.BYTES <= bytes; i += Long.BYTES) {
            if (getLong(a + i) != getLong(b + i)) {
                return false;
            }
        }
        for (; i < bytes; i++) {
            if (getByte(a + i) != getByte(b + i)) {
                return false;
            }
        }
        return true;
    }

    /** Sets bytes to zero. */
    public static void zero(final long address, final long bytes) {
        if (Guard.ENABLED) {
            Guard.checkWrite(address, bytes);
        }
        if (bytes <= SmallBytes.MOST) {
            SmallBytes.zero(address, (int) bytes);
        } else {
            UnsafeApi.setMemory(address, bytes, (byte) 0);
        }
    }

    /** Fills bytes without a check; for poison. */
    static void fill(final long address, final long bytes, final byte value) {
        UnsafeApi.setMemory(address, bytes, value);
    }

    /** Lets a buffer show off-heap bytes, read only by agreement. */
    public static void wrap(final UnsafeBuffer buffer, final long address, final int bytes) {
        if (Guard.ENABLED) {
            Guard.checkRead(address, bytes);
        }
        buffer.wrap(address, bytes);
    }

    /** A full fence: no access before it is reordered with one after it. */
    public static void fullFence() {
        UnsafeApi.fullFence();
    }
}
