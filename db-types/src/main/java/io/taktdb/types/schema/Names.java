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

    /** The text cut to 80 characters, for an error that repeats input. */
    public static String abbreviate(final String text) {
        return text == null || text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    private static boolean isDigit(final char c) {
        return c >= '0' && c <= '9';
    }
}
