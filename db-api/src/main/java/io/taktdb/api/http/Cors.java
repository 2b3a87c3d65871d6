package io.taktdb.api.http;

import java.util.List;

/**
 * What pages of other origins are told (Fetch standard, section 3.2): that they may read the answer, and, when their
 * browser asks first, which requests they may send. Only for origins that the configuration lets in; credentials of the
 * browser are never asked for.
 *
 * <p>Threading: pure.
 */
final class Cors {
    private static final String ALLOW_ORIGIN = "access-control-allow-origin";
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String REQUEST_HEADERS =
            "authorization, content-type, idempotency-key, if-match, if-none-match, last-event-id";
    private static final String RESPONSE_HEADERS =
            "takt-tick, takt-commit, etag, link, location, retry-after, www-authenticate, x-total-count,"
                    + " x-page-limit, x-page-offset";
    private static final String MAX_AGE_SECONDS = "600";

    private Cors() {}

    /**
     * The route for a request; if the browser of a page that is let in asks what the page may send, that which answers
     * it, whatever the path.
     *
     * @param origin of a page that is let in, or null
     */
    static RouteMatch match(final Router router, final RequestHead head, final String origin) {
        final boolean isPreflight = origin != null
                && "OPTIONS".equals(head.method())
                && head.headers().get("access-control-request-method") != null;
        return isPreflight ? preflight() : router.match(head.method(), head.path());
    }

    private static RouteMatch preflight() {
        final Handler handler = exchange -> exchange.respond(Response.of(204)
                .header("access-control-allow-methods", METHODS)
                .header("access-control-allow-headers", REQUEST_HEADERS)
                .header("access-control-max-age", MAX_AGE_SECONDS));
        return new RouteMatch(
                new Route("OPTIONS", "/", Role.PUBLIC, BodyRule.NONE, MediaType.JSON, false, handler),
                List.of(),
                List.of());
    }

    /** Lets a page of that origin read an answer. */
    static void allow(final Response answer, final String origin) {
        answer.header(ALLOW_ORIGIN, origin)
                .header("access-control-expose-headers", RESPONSE_HEADERS)
                .header("vary", "origin");
    }
}
