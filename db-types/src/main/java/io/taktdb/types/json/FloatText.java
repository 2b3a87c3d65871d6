package io.taktdb.types.json;

import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;

/**
 * Floating-point numbers as JSON text.
 *
 * <p>A whole number below 2^53 is written without a fraction ({@code 3}, as JavaScript writes it), any other with the
 * fewest digits that read back as the same float or double; negative zero keeps its sign. NaN and the infinities, which
 * JSON lacks, are the strings {@code NaN}, {@code Infinity} and {@code -Infinity}. Threading: none of its own.
 */
public final class FloatText {
    private static final double LARGEST_WHOLE = 1L << 53;

    private FloatText() {}

    /** The digits of a finite f64, or the word for one that is not. */
    public static String of(final double value) {
        return isWhole(value) ? Long.toString((long) value) : NumberOutput.toString(value, true);
    }

    /** The digits of a finite f32, or the word for one that is not. */
    public static String of(final float value) {
        return isWhole(value) ? Long.toString((long) value) : NumberOutput.toString(value, true);
    }

    /** Whether the value is written as a whole number. */
    static boolean isWhole(final double value) {
        return value == (long) value
                && Math.abs(value) < LARGEST_WHOLE
                && Double.doubleToRawLongBits(value) != Long.MIN_VALUE;
    }

    /** The nearest f64 of a JSON number; infinite if it is too large. */
    static double parseDouble(final char[] chars, final int offset, final int length) {
        return NumberInput.parseDouble(chars, offset, length, true);
    }

    /** Whether an f64 is exactly the whole number that the digits say. */
    static boolean isExactly(final double value, final char[] chars, final int offset, final int length) {
        return new BigDecimal(value).compareTo(new BigDecimal(chars, offset, length)) == 0;
    }

    /** The nearest f32 of a JSON number, rounded once; infinite if it is too large. */
    static float parseFloat(final char[] chars, final int offset, final int length) {
        return NumberInput.parseFloat(chars, offset, length, true);
    }

    /** The value of one of the three words, or 0 for any other text. */
    static double parseWord(final char[] chars, final int offset, final int length) {
        if (matches("NaN", chars, offset, length)) {
            return Double.NaN;
        }
        if (matches("Infinity", chars, offset, length)) {
            return Double.POSITIVE_INFINITY;
        }
        return matches("-Infinity", chars, offset, length) ? Double.NEGATIVE_INFINITY : 0;
    }

    private static boolean matches(final String word, final char[] chars, final int offset, final int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
