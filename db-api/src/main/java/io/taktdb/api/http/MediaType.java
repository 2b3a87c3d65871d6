package io.taktdb.api.http;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.List;
import java.util.Locale;

/** The few questions that are asked of {@code Content-Type} and {@code Accept}. */
public final class MediaType {
    /** What handlers answer with unless they say otherwise. */
    public static final String JSON = "application/json; charset=utf-8";

    /** The type of every error (RFC 9457). */
    public static final String PROBLEM = "application/problem+json";

    private MediaType() {}

    /** Whether a content type is one of the given types, in UTF-8. */
    static boolean isOneOf(final String contentType, final List<String> types) {
        if (types.contains(contentType)) {
            return true;
        }
        final String[] parts = contentType.split(";", -1);
        if (!types.contains(parts[0].trim().toLowerCase(Locale.ROOT))) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            final String parameter = parts[i].trim().toLowerCase(Locale.ROOT);
            if (parameter.startsWith("charset=") && !isUtf8(parameter.substring("charset=".length()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(final String charset) {
        return "utf-8".equals(charset) || "\"utf-8\"".equals(charset) || "utf8".equals(charset);
    }

    /**
     * Refuses a request that would not take what the route answers with.
     *
     * @param accept the {@code Accept} header, or null for anything
     * @param type what the route answers with
     * @throws DbException NOT_ACCEPTABLE
     */
    static void checkAccept(final String accept, final String type) {
        if (accept == null || accept.isBlank() || accepts(accept, bare(type))) {
            return;
        }
        throw new DbException(
                ErrorCode.NOT_ACCEPTABLE,
                "client does not accept what this route answers: accept=" + accept + "; it answers " + bare(type));
    }

    private static boolean accepts(final String accept, final String type) {
        final String anyOfGroup = type.substring(0, type.indexOf('/')) + "/*";
        int bestRank = 0;
        boolean accepted = false;
        for (final String range : accept.split(",", -1)) {
            final String[] parts = range.split(";", -1);
            final String wanted = parts[0].trim().toLowerCase(Locale.ROOT);
            final int rank = wanted.equals(type) ? 3 : wanted.equals(anyOfGroup) ? 2 : "*/*".equals(wanted) ? 1 : 0;
            if (rank > bestRank) {
                bestRank = rank;
                accepted = !isRefused(parts);
            }
        }
        return accepted;
    }

    private static boolean isRefused(final String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].trim().matches("(?i)q=0(\\.0{0,3})?")) {
                return true;
            }
        }
        return false;
    }

    private static String bare(final String type) {
        final int semicolon = type.indexOf(';');
        return semicolon < 0 ? type : type.substring(0, semicolon);
    }
}
