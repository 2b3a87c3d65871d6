package io.taktdb.types.json;

/**
 * Timestamps as RFC 3339 text, to the microsecond, years 0000 to 9999 in UTC.
 *
 * <p>Read: any offset, {@code t} and {@code z} in either case, fractions of any length whose digits after the sixth are
 * zeros; no leap seconds, which have no place of their own in the epoch's count. Written: {@code Z}, with 0, 3 or 6
 * digits of fraction. Days are counted as in H. Hinnant, "chrono-compatible low-level date algorithms". Threading: none
 * of its own.
 */
public final class TimestampText {
    /** 0000-01-01T00:00:00Z in microseconds. */
    public static final long MIN_MICROS = -62_167_219_200_000_000L;

    /** 9999-12-31T23:59:59.999999Z in microseconds. */
    public static final long MAX_MICROS = 253_402_300_799_999_999L;

    /** What {@link #parse} answers for a text that is no timestamp. */
    static final long INVALID = Long.MIN_VALUE;

    /** The longest text that {@link #format} writes. */
    static final int MAX_LENGTH = 27;

    private static final int MICROS = 1_000_000;
    private static final int DAY_SECONDS = 86_400;
    private static final int FIXED_LENGTH = 19; // 2024-05-06T07:08:09
    private static final String FIXED_FORM = "0000-00-00T00:00:00";

    private TimestampText() {}

    /** Whether microseconds since the epoch lie within the years that can be written. */
    public static boolean isInRange(final long micros) {
        return micros >= MIN_MICROS && micros <= MAX_MICROS;
    }

    /** Microseconds since the epoch, or {@link #INVALID}. */
    static long parse(final char[] chars, final int offset, final int length) {
        if (length <= FIXED_LENGTH || !hasFixedForm(chars, offset)) {
            return INVALID;
        }
        final int end = offset + length;
        final int year = number(chars, offset, 4);
        final int month = number(chars, offset + 5, 2);
        final int day = number(chars, offset + 8, 2);
        final int hour = number(chars, offset + 11, 2);
        final int minute = number(chars, offset + 14, 2);
        final int second = number(chars, offset + 17, 2);
        if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return INVALID;
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return INVALID;
        }
        int at = offset + FIXED_LENGTH;
        long fraction = 0;
        if (chars[at] == '.') {
            final int first = ++at;
            while (at < end && isDigit(chars[at])) {
                at++;
            }
            fraction = fraction(chars, first, at);
        }
        final int zone = zoneSeconds(chars, at, end);
        if (fraction < 0 || zone == Integer.MIN_VALUE) {
            return INVALID;
        }
        final long seconds =
                daysFromCivil(year, month, day) * DAY_SECONDS + hour * 3600L + minute * 60L + second - zone;
        final long micros = seconds * MICROS + fraction;
        return isInRange(micros) ? micros : INVALID;
    }

    private static boolean hasFixedForm(final char[] chars, final int offset) {
        for (int i = 0; i < FIXED_LENGTH; i++) {
            final char c = chars[offset + i];
            final char form = FIXED_FORM.charAt(i);
            final boolean fits = form == '0' ? isDigit(c) : c == form || (form == 'T' && c == 't');
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static long fraction(final char[] chars, final int first, final int end) {
        if (first == end) {
            return -1;
        }
        long fraction = 0;
        for (int i = 0; i < 6; i++) {
            fraction = fraction * 10 + (first + i < end ? chars[first + i] - '0' : 0);
        }
        for (int i = first + 6; i < end; i++) {
            if (chars[i] != '0') {
                return -1;
            }
        }
        return fraction;
    }

    private static int zoneSeconds(final char[] chars, final int at, final int end) {
        if (end - at == 1 && (chars[at] == 'Z' || chars[at] == 'z')) {
            return 0;
        }
        if (end - at != 6 || (chars[at] != '+' && chars[at] != '-') || chars[at + 3] != ':') {
            return Integer.MIN_VALUE;
        }
        if (!isDigit(chars[at + 1]) || !isDigit(chars[at + 2]) || !isDigit(chars[at + 4]) || !isDigit(chars[at + 5])) {
            return Integer.MIN_VALUE;
        }
        final int hours = number(chars, at + 1, 2);
        final int minutes = number(chars, at + 4, 2);
        if (hours > 23 || minutes > 59) {
            return Integer.MIN_VALUE;
        }
        final int seconds = hours * 3600 + minutes * 60;
        return chars[at] == '-' ? -seconds : seconds;
    }

    private static int daysOf(final int year, final int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
    private static long daysFromCivil(final int year, final int month, final int day) {
        final int y = month <= 2 ? year - 1 : year;
        final int era = Math.floorDiv(y, 400);
        final int yearOfEra = y - era * 400;
        final int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        final int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /**
     * Writes the text into {@code out} from 0.
     *
     * @return its length; 0 if the value is out of range
     */
    static int format(final long micros, final char[] out) {
        if (!isInRange(micros)) {
            return 0;
        }
        final long seconds = Math.floorDiv(micros, MICROS);
        final int fraction = (int) Math.floorMod(micros, (long) MICROS);
        final int ofDay = (int) Math.floorMod(seconds, (long) DAY_SECONDS);
        putDate(Math.floorDiv(seconds, (long) DAY_SECONDS), out);
        out[10] = 'T';
        put(ofDay / 3600, 2, out, 11);
        out[13] = ':';
        put(ofDay / 60 % 60, 2, out, 14);
        out[16] = ':';
        put(ofDay % 60, 2, out, 17);
        int end = FIXED_LENGTH;
        if (fraction != 0) {
            final int digits = fraction % 1000 == 0 ? 3 : 6;
            out[end] = '.';
            put(digits == 3 ? fraction / 1000 : fraction, digits, out, end + 1);
            end += 1 + digits;
        }
        out[end] = 'Z';
        return end + 1;
    }

    private static void putDate(final long days, final char[] out) {
        final long shifted = days + 719_468;
        final int era = (int) Math.floorDiv(shifted, 146_097L);
        final int dayOfEra = (int) (shifted - era * 146_097L);
        final int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final int shiftedMonth = (5 * dayOfYear + 2) / 153;
        final int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        put(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4, out, 0);
        out[4] = '-';
        put(month, 2, out, 5);
        out[7] = '-';
        put(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, 2, out, 8);
    }

    private static void put(final int value, final int digits, final char[] out, final int at) {
        int rest = value;
        for (int i = digits - 1; i >= 0; i--) {
            out[at + i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int number(final char[] chars, final int at, final int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            value = value * 10 + chars[at + i] - '0';
        }
        return value;
    }

    private static boolean isDigit(final char c) {
        return c >= '0' && c <= '9';
    }
}
