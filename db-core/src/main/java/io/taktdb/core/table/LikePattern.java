package io.taktdb.core.table;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * A pattern for texts, as in SQL: {@code %} stands for any text, {@code _} for one character, a backslash takes the
 * special meaning from what follows. Upper and lower case differ.
 *
 * <p>Works on UTF-8: the bytes of a character that a pattern names stand for themselves. Bytes that are
 * looked at more than once are counted over all texts and have a limit, since a pattern can be made to cost text times
 * pattern steps. Threading: one thread.
 */
final class LikePattern {
    /** The most bytes of texts that one pattern looks at again. */
    static final long MAX_REPEATED = 100_000_000;

    private static final byte LITERAL = 0;
    private static final byte ANY_CHARACTER = 1;
    private static final byte ANY_TEXT = 2;

    private final byte[] bytes;
    private final byte[] kinds;
    private long repeated;

    private LikePattern(final byte[] bytes, final byte[] kinds) {
        this.bytes = bytes;
        this.kinds = kinds;
    }

    /** The pattern that UTF-8 bytes say. */
    static LikePattern of(final byte[] utf8) {
        final byte[] bytes = new byte[utf8.length];
        final byte[] kinds = new byte[utf8.length];
        int length = 0;
        for (int i = 0; i < utf8.length; i++) {
            byte kind = utf8[i] == '%' ? ANY_TEXT : utf8[i] == '_' ? ANY_CHARACTER : LITERAL;
            if (utf8[i] == '\\' && i + 1 < utf8.length) {
                i++;
                kind = LITERAL;
            }
            if (kind == ANY_TEXT && length > 0 && kinds[length - 1] == ANY_TEXT) {
                continue;
            }
            bytes[length] = utf8[i];
            kinds[length++] = kind;
        }
        return new LikePattern(Arrays.copyOf(bytes, length), Arrays.copyOf(kinds, length));
    }

    /** The bytes before anything special. */
    byte[] prefix() {
        int length = 0;
        while (length < bytes.length && kinds[length] == LITERAL) {
            length++;
        }
        return Arrays.copyOf(bytes, length);
    }

    /** Whether the whole text fits. */
    boolean matches(final DirectBuffer text, final int length) {
        int at = 0;
        int in = 0;
        int retryIn = -1;
        int retryAt = 0;
        while (at < length) {
            if (in < bytes.length && kinds[in] == ANY_TEXT) {
                retryIn = ++in;
                retryAt = at;
            } else if (in < bytes.length && kinds[in] == ANY_CHARACTER) {
                at = afterCharacter(text, at, length);
                in++;
            } else if (in < bytes.length && bytes[in] == text.getByte(at)) {
                at++;
                in++;
            } else if (retryIn >= 0) {
                repeat(at - retryAt);
                retryAt = afterCharacter(text, retryAt, length);
                at = retryAt;
                in = retryIn;
            } else {
                return false;
            }
        }
        while (in < bytes.length && kinds[in] == ANY_TEXT) {
            in++;
        }
        return in == bytes.length;
    }

    private void repeat(final int count) {
        repeated += count;
        if (repeated > MAX_REPEATED) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "pattern takes too many steps: limit=" + MAX_REPEATED
                            + " bytes compared again; begin it with a text, or use fewer %");
        }
    }

    private static int afterCharacter(final DirectBuffer text, final int at, final int length) {
        int next = at + 1;
        while (next < length && (text.getByte(next) & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }
}
