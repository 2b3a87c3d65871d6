package io.taktdb.types.json;

import io.taktdb.types.schema.ScalarType;

/**
 * A whole number read from its digits: sign and magnitude, so that both i64 and u64 are exact.
 *
 * <p>Threading: one thread.
 */
final class IntegerText {
    private static final long LARGEST_BEFORE_DIGIT = Long.divideUnsigned(-1L, 10);
    private static final long LAST_DIGIT_OF_LARGEST = Long.remainderUnsigned(-1L, 10);

    private boolean negative;
    private boolean overflow;
    private long magnitude;

    /**
     * Reads {@code -?(0|[1-9][0-9]*)}.
     *
     * @return whether the text is of that form; it may still be too large for any type
     */
    boolean read(final char[] chars, final int offset, final int length) {
        negative = length > 0 && chars[offset] == '-';
        overflow = false;
        magnitude = 0;
        final int first = negative ? offset + 1 : offset;
        final int end = offset + length;
        if (first == end || (chars[first] == '0' && end - first > 1)) {
            return false;
        }
        for (int i = first; i < end; i++) {
            final int digit = chars[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            push(digit);
        }
        return true;
    }

    private void push(final int digit) {
        final int order = Long.compareUnsigned(magnitude, LARGEST_BEFORE_DIGIT);
        if (order > 0 || (order == 0 && digit > LAST_DIGIT_OF_LARGEST)) {
            overflow = true;
        }
        magnitude = magnitude * 10 + digit;
    }

    /** Whether the number is in the range of an integer type. */
    boolean fits(final ScalarType type) {
        if (overflow) {
            return false;
        }
        if (negative) {
            return Long.compareUnsigned(magnitude, -type.minInteger()) <= 0;
        }
        return Long.compareUnsigned(magnitude, type.maxInteger()) <= 0;
    }

    /** The number as two's complement; meaningful if it fits the type it is for. */
    long bits() {
        return negative ? -magnitude : magnitude;
    }
}
