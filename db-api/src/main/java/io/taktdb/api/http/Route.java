package io.taktdb.api.http;

import java.util.Objects;

/**
 * One line of the table of routes.
 *
 * @param pattern path with parameters in braces, e.g. <code>/v1/tables/{table}</code>; a parameter is one segment
 * @param role what a caller must be allowed to do
 * @param body what the request carries
 * @param produces media type of a successful answer
 * @param isConditional whether it checks {@code If-Match}; others refuse it
 * @param checksTables whether the handler itself looks at which tables the caller may touch
 */
public record Route(
        String method,
        String pattern,
        Role role,
        BodyRule body,
        String produces,
        boolean isConditional,
        Handler handler,
        boolean checksTables) {
    public Route {
        Objects.requireNonNull(role, "a route names its role");
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("a pattern starts with a slash: pattern=" + pattern);
        }
    }

    /** A route for callers who may touch every table, or the one that its path names. */
    public Route(
            final String method,
            final String pattern,
            final Role role,
            final BodyRule body,
            final String produces,
            final boolean isConditional,
            final Handler handler) {
        this(method, pattern, role, body, produces, isConditional, handler, false);
    }

    /** The same, with a handler that looks at {@link Caller#tables} itself. */
    public Route checkingTables() {
        return new Route(method, pattern, role, body, produces, isConditional, handler, true);
    }

    /** A GET route that answers JSON; it also answers HEAD. */
    public static Route get(final String pattern, final Role role, final Handler handler) {
        return new Route("GET", pattern, role, BodyRule.NONE, MediaType.JSON, false, handler);
    }

    /** A GET route that answers something else. */
    public static Route get(final String pattern, final Role role, final String produces, final Handler handler) {
        return new Route("GET", pattern, role, BodyRule.NONE, produces, false, handler);
    }

    /** A POST route that answers JSON. */
    public static Route post(final String pattern, final Role role, final BodyRule body, final Handler handler) {
        return new Route("POST", pattern, role, body, MediaType.JSON, false, handler);
    }

    /** A PUT route that answers JSON. */
    public static Route put(final String pattern, final Role role, final Handler handler) {
        return new Route("PUT", pattern, role, BodyRule.JSON, MediaType.JSON, false, handler);
    }

    /** A PATCH route that answers JSON. */
    public static Route patch(final String pattern, final Role role, final Handler handler) {
        return new Route("PATCH", pattern, role, BodyRule.MERGE_PATCH, MediaType.JSON, false, handler);
    }

    /** A DELETE route. */
    public static Route delete(final String pattern, final Role role, final Handler handler) {
        return new Route("DELETE", pattern, role, BodyRule.NONE, MediaType.JSON, false, handler);
    }

    /** The same, which checks {@code If-Match}. */
    public Route asConditional() {
        return new Route(method, pattern, role, body, produces, true, handler, checksTables);
    }

    /** The same with something before its handler. */
    public Route withHandler(final Handler newHandler) {
        return new Route(method, pattern, role, body, produces, isConditional, newHandler, checksTables);
    }
}
