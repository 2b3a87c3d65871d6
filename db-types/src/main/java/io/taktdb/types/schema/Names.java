package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.Locale;

/** The rule for names of tables, fields and types: {@code [A-Za-z_][A-Za-z0-9_]{0,254}}. */
public final class Names {
    /** The longest name, in characters (all are ASCII, so also in bytes). */
    public static final int MAX_LENGTH = 255;

    /** The record's own key, which every table has and no field may be called. */
    public static final String ID = "id";

    private static final int MAX_SHOWN = 80;

    private Names() {}

    /** Whether the text is a valid name. */
    public static boolean isValid(final CharSequence name) {
        if (name.length() == 0 || name.length() > MAX_LENGTH || isDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            final char c = name.charAt(i);
            if (!isDigit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && c != '_') {
                return false;
            }
        }
        return true;
    }

    /**
     * The name itself, if it is valid.
     *
     * @param what what the name is for, e.g. {@code table}
     * @throws DbException INVALID_NAME
     */
    public static String require(final String what, final String name) {
        if (name == null || !isValid(name)) {
            throw new DbException(
                            ErrorCode.INVALID_NAME,
                            "not a valid " + what + " name: name=" + quote(name) + "; use [A-Za-z_][A-Za-z0-9_]{0,254}")
                    .with("name", abbreviate(name));
        }
        return name;
    }

    /** The form in which names are compared for uniqueness: two names that differ only in case are one. */
    public static String fold(final String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String quote(final String name) {
        return name == null ? "null" : '"' + abbreviate(name) + '"';
    }

    /**
     * The text as an error may repeat it: at most {@value #MAX_SHOWN} characters, with a question mark for each control
     * character and each surrogate without a partner, which no answer could carry.
     */
    public static String abbreviate(final String text) {
        if (text == null) {
            return null;
        }
        final boolean fits = text.length() <= MAX_SHOWN;
        final StringBuilder shown = new StringBuilder(MAX_SHOWN);
        text.codePoints()
                .limit(fits ? MAX_SHOWN : MAX_SHOWN - 3)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .forEach(shown::appendCodePoint);
        return fits ? shown.toString() : shown.append("...").toString();
    }

    private static boolean isDigit(final char c) {
        return c >= '0' && c <= '9';
    }
}
