package io.taktdb.types.json;

import org.agrona.MutableDirectBuffer;

/**
 * UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
 *
 * <p>The JSON parser lets some of these through, so bytes are checked here before they reach it. Threading: none of its
 * own.
 */
public final class Utf8 {
    private Utf8() {}

    /** Index of the first byte that does not belong to a well-formed sequence, or -1. */
    public static int indexOfInvalid(final byte[] bytes, final int offset, final int length) {
        final int end = offset + length;
        int i = offset;
        while (i < end) {
            final int lead = bytes[i];
            if (lead >= 0) {
                i++;
                continue;
            }
            final int size = sequenceLength(lead & 0xFF);
            if (size == 0 || size > end - i || !isSequence(bytes, i, size)) {
                return i;
            }
            i += size;
        }
        return -1;
    }

    private static int sequenceLength(final int lead) {
        if (lead >= 0xC2 && lead <= 0xDF) {
            return 2;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            return 3;
        }
        return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    }

    /** Table 3-7 of the Unicode standard: the second byte's range depends on the first, the rest are 80..BF. */
    private static boolean isSequence(final byte[] bytes, final int at, final int size) {
        final int lead = bytes[at] & 0xFF;
        final int second = bytes[at + 1] & 0xFF;
        final int from = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        final int to = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < from || second > to) {
            return false;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes characters as UTF-8.
     *
     * @return the first index after them, or -1 when a surrogate has no partner
     */
    static int encode(
            final char[] chars, final int offset, final int length, final MutableDirectBuffer out, final int index) {
        out.checkLimit(index + length);
        final int end = offset + length;
        int position = index;
        int i = offset;
        for (; i < end && chars[i] < 0x80; i++) {
            out.putByte(position++, (byte) chars[i]);
        }
        while (i < end) {
            final char c = chars[i++];
            if (c < 0x80) {
                out.putByte(position++, (byte) c);
            } else if (!Character.isSurrogate(c)) {
                position = put(c, out, position);
            } else if (Character.isHighSurrogate(c) && i < end && Character.isLowSurrogate(chars[i])) {
                position = put(Character.toCodePoint(c, chars[i++]), out, position);
            } else {
                return -1;
            }
        }
        return position;
    }

    /**
     * Writes one code point above U+007F.
     *
     * @return the first index after it
     */
    static int put(final int codePoint, final MutableDirectBuffer out, final int index) {
        int position = index;
        if (codePoint < 0x800) {
            out.putByte(position++, (byte) (0xC0 | codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                out.putByte(position++, (byte) (0xE0 | codePoint >> 12));
            } else {
                out.putByte(position++, (byte) (0xF0 | codePoint >> 18));
                out.putByte(position++, (byte) (0x80 | (codePoint >> 12 & 0x3F)));
            }
            out.putByte(position++, (byte) (0x80 | (codePoint >> 6 & 0x3F)));
        }
        out.putByte(position++, (byte) (0x80 | (codePoint & 0x3F)));
        return position;
    }
}
