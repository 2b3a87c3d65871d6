package io.taktdb.api.http;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The table of routes, and the way from a path to one of its lines.
 *
 * <p>A path is split at its slashes before anything is decoded, so that an encoded slash stays within its segment; dots
 * mean nothing. A fixed segment goes before a parameter. HEAD is answered by the GET route, OPTIONS by the router.
 * Threading: immutable.
 */
public final class Router {
    /** The deepest path that any route could have. */
    private static final int MAX_SEGMENTS = 32;

    private final List<Route> routes;
    private final Node root = new Node();

    public Router(final Collection<Route> routes) {
        this.routes = List.copyOf(routes);
        for (final Route route : routes) {
            add(route);
        }
    }

    /** All routes, in the order in which they were given. */
    public List<Route> routes() {
        return routes;
    }

    /**
     * The route for a request.
     *
     * @param path raw
     * @throws DbException ROUTE_NOT_FOUND; METHOD_NOT_ALLOWED with the list {@code allow}; INVALID_REQUEST bad escape
     */
    RouteMatch match(final String method, final String path) {
        if ("OPTIONS".equals(method) && "*".equals(path)) {
            return options(allMethods());
        }
        final List<String> values = new ArrayList<>(4);
        final Node node = find(path, values);
        if (node == null || node.endpoints.isEmpty()) {
            throw new DbException(
                    ErrorCode.ROUTE_NOT_FOUND,
                    "no such route: path=" + Names.abbreviate(path) + "; GET / lists the main ones");
        }
        final Endpoint endpoint = node.endpoints.get("HEAD".equals(method) ? "GET" : method);
        if (endpoint != null) {
            return new RouteMatch(endpoint.route, endpoint.names, values);
        }
        final List<String> allowed = node.allowed();
        if ("OPTIONS".equals(method)) {
            return options(allowed);
        }
        throw new DbException(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "method is not allowed here: method=" + Names.abbreviate(method) + ", path="
                                + Names.abbreviate(path) + "; use " + String.join(", ", allowed))
                .with(Problem.ALLOW, allowed);
    }

    private Node find(final String path, final List<String> values) {
        Node node = root;
        int start = 1;
        for (int segments = 0; node != null && segments < MAX_SEGMENTS; segments++) {
            final int slash = path.indexOf('/', start);
            final String raw = slash < 0 ? path.substring(start) : path.substring(start, slash);
            final String segment = PercentDecoder.segment(raw);
            final Node fixed = node.fixed.get(segment);
            if (fixed != null) {
                node = fixed;
            } else {
                node = node.parameter;
                values.add(segment);
            }
            if (slash < 0) {
                return node;
            }
            start = slash + 1;
        }
        return null;
    }

    private void add(final Route route) {
        Node node = root;
        final List<String> names = new ArrayList<>();
        for (final String segment : route.pattern().substring(1).split("/", -1)) {
            if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
                if (node.parameter == null) {
                    node.parameter = new Node();
                }
                node = node.parameter;
            } else {
                node = node.fixed.computeIfAbsent(segment, absent -> new Node());
            }
        }
        if (node.endpoints.put(route.method(), new Endpoint(route, List.copyOf(names))) != null) {
            throw new IllegalArgumentException(
                    "route exists twice: method=" + route.method() + ", pattern=" + route.pattern());
        }
    }

    private List<String> allMethods() {
        final TreeSet<String> methods = new TreeSet<>(List.of("HEAD", "OPTIONS"));
        routes.forEach(route -> methods.add(route.method()));
        return List.copyOf(methods);
    }

    private static RouteMatch options(final List<String> allowed) {
        final String allow = String.join(", ", allowed);
        final Handler handler = exchange -> exchange.respond(Response.of(204).header("allow", allow));
        return new RouteMatch(
                new Route("OPTIONS", "/", Role.READ, BodyRule.NONE, MediaType.JSON, false, handler, true),
                List.of(),
                List.of());
    }

    /** A route where its path ends, with the names of its parameters. */
    private record Endpoint(Route route, List<String> names) {}

    /** What may follow after the segments so far. */
    private static final class Node {
        private final Map<String, Node> fixed = new HashMap<>();
        private final Map<String, Endpoint> endpoints = new TreeMap<>();
        private Node parameter;

        List<String> allowed() {
            final TreeSet<String> methods = new TreeSet<>(endpoints.keySet());
            methods.add("OPTIONS");
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            return List.copyOf(methods);
        }
    }
}
