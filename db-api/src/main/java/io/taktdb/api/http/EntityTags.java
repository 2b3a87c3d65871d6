package io.taktdb.api.http;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code If-Match} and {@code If-None-Match} ask (RFC 9110, 13.1): tags of states that a client knows.
 *
 * <p>An answer that was compressed has a tag of its own, which is the plain one with {@value #GZIP_SUFFIX}; here they
 * are the same. Threading: none of its own.
 */
public final class EntityTags {
    /** What compression adds to a tag. */
    static final String GZIP_SUFFIX = "-gzip";

    /** The most tags of one header. */
    private static final int MAX_TAGS = 64;

    private EntityTags() {}

    /** Whether the client knows the state of a tag already, so that 304 says enough. */
    public static boolean isKnown(final Exchange exchange, final String tag) {
        final List<String> known = tags(exchange, "if-none-match");
        return known != null && (known.contains("*") || known.contains(tag));
    }

    /**
     * The tags of which one must be that of the present state; null when the client does not ask, or asks for any.
     *
     * @throws DbException INVALID_REQUEST too many
     */
    public static List<String> required(final Exchange exchange) {
        final List<String> tags = tags(exchange, "if-match");
        return tags == null || tags.contains("*") ? null : tags;
    }

    private static List<String> tags(final Exchange exchange, final String header) {
        final String list = exchange.head().headers().list(header);
        if (list == null) {
            return null;
        }
        final List<String> tags = new ArrayList<>();
        for (final String one : list.split(",", -1)) {
            if (tags.size() == MAX_TAGS) {
                throw new DbException(
                        ErrorCode.INVALID_REQUEST, "too many tags: header=" + header + ", limit=" + MAX_TAGS);
            }
            tags.add(plain(one.trim()));
        }
        return tags;
    }

    private static String plain(final String tag) {
        final String strong = tag.startsWith("W/") ? tag.substring(2) : tag;
        return strong.endsWith(GZIP_SUFFIX + '"')
                ? strong.substring(0, strong.length() - GZIP_SUFFIX.length() - 1) + '"'
                : strong;
    }
}
