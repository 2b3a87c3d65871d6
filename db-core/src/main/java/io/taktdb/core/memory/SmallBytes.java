package io.taktdb.core.memory;

import org.agrona.UnsafeApi;

/**
 * Copies and zeroes a few bytes in loops of words, which beat the call into the runtime that a bulk copy costs.
 *
 * <p>Threading: plain accesses.
 */
final class SmallBytes {
    /** Up to so many bytes the loops are faster. */
    static final int MOST = 64;

    private SmallBytes() {}

    /** Copies between an array and an address, either way, or between two addresses; an address has no array. */
    static void copy(final byte[] fromArray, final long from, final byte[] toArray, final long to, final int bytes) {
        int done = 0;
        for (; done <= bytes - Long.BYTES; done += Long.BYTES) {
            UnsafeApi.putLong(toArray, to + done, UnsafeApi.getLong(fromArray, from + done));
        }
        if ((bytes & Integer.BYTES) != 0) {
            UnsafeApi.putInt(toArray, to + done, UnsafeApi.getInt(fromArray, from + done));
            done += Integer.BYTES;
        }
        for (; done < bytes; done++) {
            UnsafeApi.putByte(toArray, to + done, UnsafeApi.getByte(fromArray, from + done));
        }
    }

    static void zero(final long address, final int bytes) {
        int done = 0;
        for (; done <= bytes - Long.BYTES; done += Long.BYTES) {
            UnsafeApi.putLong(address + done, 0);
        }
        if ((bytes & Integer.BYTES) != 0) {
            UnsafeApi.putInt(address + done, 0);
            done += Integer.BYTES;
        }
        for (; done < bytes; done++) {
            UnsafeApi.putByte(address + done, (byte) 0);
        }
    }
}
