package io.taktdb.api.socket;

/**
 * Whether bytes that come piece by piece are UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above
 * U+10FFFF.
 *
 * <p>Threading: one thread.
 */
final class Utf8Check {
    private int missing;
    private int lowest = 0x80;
    private int highest = 0xBF;

    /** Looks at more bytes. Returns false as soon as they cannot be UTF-8. */
    boolean accept(final byte[] bytes, final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (!accept(bytes[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private boolean accept(final int b) {
        if (missing > 0) {
            final boolean fits = b >= lowest && b <= highest;
            lowest = 0x80;
            highest = 0xBF;
            missing--;
            return fits;
        }
        if (b < 0x80) {
            return true;
        } else if (b >= 0xC2 && b <= 0xDF) {
            missing = 1;
        } else if (b >= 0xE0 && b <= 0xEF) {
            missing = 2;
            lowest = b == 0xE0 ? 0xA0 : 0x80;
            highest = b == 0xED ? 0x9F : 0xBF;
        } else if (b >= 0xF0 && b <= 0xF4) {
            missing = 3;
            lowest = b == 0xF0 ? 0x90 : 0x80;
            highest = b == 0xF4 ? 0x8F : 0xBF;
        } else {
            return false;
        }
        return true;
    }

    /** Whether the bytes so far end with a whole character. */
    boolean isComplete() {
        return missing == 0;
    }

    /** Begins a new text. */
    void reset() {
        missing = 0;
        lowest = 0x80;
        highest = 0xBF;
    }
}
