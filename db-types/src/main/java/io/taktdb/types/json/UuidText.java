package io.taktdb.types.json;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** UUIDs as canonical text (RFC 9562): 8-4-4-4-12 hex digits, read in either case, written in lower case. */
final class UuidText {
    static final int LENGTH = 36;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private UuidText() {}

    /**
     * Writes 16 bytes, most significant first.
     *
     * @return false, with nothing written, if the text is no UUID
     */
    static boolean parse(
            final char[] chars, final int offset, final int length, final MutableDirectBuffer out, final int index) {
        if (length != LENGTH) {
            return false;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < LENGTH; i++) {
            final char c = chars[offset + i];
            if (isDash(i)) {
                if (c != '-') {
                    return false;
                }
                continue;
            }
            final int digit = hexDigit(c);
            if (digit < 0) {
                return false;
            }
            high = high << 4 | low >>> 60;
            low = low << 4 | digit;
        }
        out.putLong(index, high, ByteOrder.BIG_ENDIAN);
        out.putLong(index + Long.BYTES, low, ByteOrder.BIG_ENDIAN);
        return true;
    }

    /**
     * Writes the text of 16 bytes into {@code out} from 0.
     *
     * @return {@link #LENGTH}
     */
    static int format(final DirectBuffer buffer, final int offset, final char[] out) {
        int at = 0;
        for (int i = 0; i < 16; i++) {
            if (isDash(at)) {
                out[at++] = '-';
            }
            final byte b = buffer.getByte(offset + i);
            out[at++] = HEX[b >> 4 & 0xF];
            out[at++] = HEX[b & 0xF];
        }
        return LENGTH;
    }

    private static boolean isDash(final int position) {
        return position == 8 || position == 13 || position == 18 || position == 23;
    }

    private static int hexDigit(final char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
