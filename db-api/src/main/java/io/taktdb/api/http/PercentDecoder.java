package io.taktdb.api.http;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding that refuses what is not well-formed instead of guessing. */
public final class PercentDecoder {
    private PercentDecoder() {}

    /**
     * One segment of a path.
     *
     * @throws DbException INVALID_REQUEST bad escape, or not UTF-8
     */
    public static String segment(final String raw) {
        return raw.indexOf('%') < 0 ? raw : decode(raw, false);
    }

    /**
     * A name or value of a query, where {@code +} is a space.
     *
     * @throws DbException INVALID_REQUEST as above
     */
    public static String query(final String raw) {
        return raw.indexOf('%') < 0 && raw.indexOf('+') < 0 ? raw : decode(raw, true);
    }

    private static String decode(final String raw, final boolean plusIsSpace) {
        final byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            final char c = raw.charAt(i);
            if (c == '%') {
                if (i + 2 >= raw.length()) {
                    throw badEscape(raw);
                }
                final int high = Character.digit(raw.charAt(i + 1), 16);
                final int low = Character.digit(raw.charAt(i + 2), 16);
                if (high < 0 || low < 0) {
                    throw badEscape(raw);
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else {
                bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (final CharacterCodingException e) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST, "URI is not UTF-8: part=" + raw + "; encode it as UTF-8", e);
        }
    }

    private static DbException badEscape(final String raw) {
        return new DbException(
                ErrorCode.INVALID_REQUEST, "bad percent escape in URI: part=" + raw + "; write % and two hex digits");
    }
}
