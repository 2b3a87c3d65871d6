package io.taktdb.types.json;

import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;

/**
 * Floating-point numbers as JSON text.
 *
 * <p>A whole number is written with all its digits and no fraction up to 1e21, or 2^24 for f32, so that an integer
 * that became a float still shows as it was sent. Any other has the fewest digits that read back as the same number,
 * and negative zero keeps its sign. NaN and the infinities, which JSON lacks, are the strings {@code NaN}, {@code
 * Infinity} and {@code -Infinity}. Threading: none of its own.
 */
public final class FloatText {
    private static final double F64_WHOLE_BELOW = 1e21;
    private static final double F32_WHOLE_UP_TO = 1 << 24;
    private static final double I64_BELOW = 0x1p63;

    private FloatText() {}

    /** The digits of a finite f64, or the word for one that is not. */
    public static String of(final double value) {
        if (isWholeI64(value)) {
            return Long.toString((long) value);
        }
        return isWhole(value) && Math.abs(value) < F64_WHOLE_BELOW
                ? new BigDecimal(value).toPlainString()
                : NumberOutput.toString(value, true);
    }

    /** The digits of a finite f32, or the word for one that is not. */
    public static String of(final float value) {
        return isWholeI32(value) ? Integer.toString((int) value) : NumberOutput.toString(value, true);
    }

    /** Whether an f64 is written as the i64 that it equals. */
    static boolean isWholeI64(final double value) {
        return Math.abs(value) < I64_BELOW && isWhole(value);
    }

    /** Whether an f32 is written as the i32 that it equals. */
    static boolean isWholeI32(final float value) {
        return Math.abs(value) <= F32_WHOLE_UP_TO && isWhole(value);
    }

    private static boolean isWhole(final double value) {
        return value == Math.rint(value) && Double.doubleToRawLongBits(value) != Long.MIN_VALUE;
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
