package io.taktdb.types.json;

import java.util.Arrays;
import org.agrona.MutableDirectBuffer;

/**
 * Base64 of RFC 4648, section 4, read straight into a buffer.
 *
 * <p>One text per value: the standard alphabet, padding required, no line breaks, unused bits zero.
 */
final class Base64Text {
    private static final byte[] DIGITS = new byte[0x80];

    static {
        final String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        Arrays.fill(DIGITS, (byte) -1);
        for (int i = 0; i < alphabet.length(); i++) {
            DIGITS[alphabet.charAt(i)] = (byte) i;
        }
    }

    private Base64Text() {}

    /**
     * Writes the bytes.
     *
     * @return the first index after them, or -1 if the text is not base64
     */
    static int decode(
            final char[] chars, final int offset, final int length, final MutableDirectBuffer out, final int index) {
        if (length % 4 != 0) {
            return -1;
        }
        final int end = offset + length;
        int position = index;
        for (int i = offset; i < end; i += 4) {
            final int padding = i + 4 == end ? padding(chars, end) : 0;
            final int a = digit(chars[i]);
            final int b = digit(chars[i + 1]);
            final int c = padding == 2 ? 0 : digit(chars[i + 2]);
            final int d = padding > 0 ? 0 : digit(chars[i + 3]);
            if ((a | b | c | d) < 0 || (padding == 2 && (b & 0xF) != 0) || (padding == 1 && (c & 0x3) != 0)) {
                return -1;
            }
            out.putByte(position++, (byte) (a << 2 | b >> 4));
            if (padding < 2) {
                out.putByte(position++, (byte) (b << 4 | c >> 2));
            }
            if (padding == 0) {
                out.putByte(position++, (byte) (c << 6 | d));
            }
        }
        return position;
    }

    private static int padding(final char[] chars, final int end) {
        if (chars[end - 1] != '=') {
            return 0;
        }
        return chars[end - 2] == '=' ? 2 : 1;
    }

    private static int digit(final char c) {
        return c < 0x80 ? DIGITS[c] : -1;
    }
}
