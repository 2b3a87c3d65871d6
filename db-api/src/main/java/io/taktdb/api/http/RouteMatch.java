package io.taktdb.api.http;

import java.util.List;

/**
 * A route with the values of its pattern's parameters, decoded.
 *
 * @param names parameters in the order of the pattern
 * @param values one per name; empty where the path has an empty segment
 */
record RouteMatch(Route route, List<String> names, List<String> values) {
    /** Value of a parameter that the pattern has. */
    String value(final String name) {
        final int position = names.indexOf(name);
        if (position < 0) {
            throw new IllegalArgumentException(
                    "pattern has no such parameter: pattern=" + route.pattern() + ", parameter=" + name);
        }
        return values.get(position);
    }
}
