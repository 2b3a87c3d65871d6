package io.taktdb.api.http;

/**
 * Everything of a request that comes before its body.
 *
 * @param method as sent; methods are case-sensitive
 * @param path raw, starting with a slash, or {@code *}
 * @param query raw, without the question mark, or null
 * @param authority host and port that the request is for
 * @param http10 whether the client speaks HTTP/1.0
 * @param contentLength bytes of the body, or {@link #CHUNKED}
 */
public record RequestHead(
        String method,
        String path,
        String query,
        String authority,
        boolean http10,
        Headers headers,
        long contentLength) {
    /** The {@link #contentLength()} of a body whose length is only known at its end. */
    public static final long CHUNKED = -1;

    /** Whether a body follows. */
    public boolean hasBody() {
        return contentLength != 0;
    }

    /** Whether the connection may serve another request after this one. */
    public boolean isKeepAlive() {
        return http10 ? headers.hasToken("connection", "keep-alive") : !headers.hasToken("connection", "close");
    }

    /** Whether the client waits for {@code 100 Continue} before it sends the body. */
    public boolean expectsContinue() {
        return !http10 && hasBody() && "100-continue".equalsIgnoreCase(headers.get("expect"));
    }
}
