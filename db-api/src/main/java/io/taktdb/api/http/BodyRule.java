package io.taktdb.api.http;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.List;

/**
 * What body a route takes.
 *
 * @param mediaTypes media types that it reads; none if it takes no body
 * @param isBulk whether many rows may come at once
 */
public record BodyRule(List<String> mediaTypes, boolean isBulk) {
    /** None; one that is sent all the same is read and ignored. */
    public static final BodyRule NONE = new BodyRule(List.of(), false);

    /** One JSON value of ordinary size. */
    public static final BodyRule JSON = new BodyRule(List.of("application/json"), false);

    /** A JSON merge patch (RFC 7396). */
    public static final BodyRule MERGE_PATCH =
            new BodyRule(List.of("application/json", "application/merge-patch+json"), false);

    /** JSON in bulk: many rows at once. */
    public static final BodyRule BULK_JSON = new BodyRule(List.of("application/json"), true);

    /** A SQLite file, or JSON that names something in its place. */
    public static final BodyRule SQLITE_OR_JSON = new BodyRule(
            List.of("application/vnd.sqlite3", "application/x-sqlite3", "application/octet-stream", "application/json"),
            true);

    public BodyRule {
        mediaTypes = List.copyOf(mediaTypes);
    }

    /** The most bytes, from the limits of the server. */
    public long limit(final HttpLimits limits) {
        return isBulk ? limits.bulkBodyBytes() : limits.bodyBytes();
    }

    /**
     * Refuses a body of another type. A request without a body passes: that its body is missing is said later, by
     * whoever wants to read it.
     *
     * @throws DbException UNSUPPORTED_MEDIA_TYPE
     */
    public void checkContentType(final RequestHead head) {
        if (mediaTypes.isEmpty() || !head.hasBody()) {
            return;
        }
        final String contentType = head.headers().get("content-type");
        if (contentType == null || !MediaType.isOneOf(contentType, mediaTypes)) {
            throw new DbException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "content type is not one that this route reads: content-type="
                            + (contentType == null ? "(none)" : contentType) + "; send "
                            + String.join(" or ", mediaTypes) + " in UTF-8");
        }
        final String coding = head.headers().get("content-encoding");
        if (coding != null && !"identity".equalsIgnoreCase(coding)) {
            throw new DbException(
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "content encoding is not supported: content-encoding=" + coding + "; send the body as it is");
        }
    }
}
