package io.taktdb.api.http;

import java.util.List;

/**
 * A route with the values of its pattern's parameters, decoded.
 *
 * @param names parameters in the order of the pattern
 * @param values one per name; empty where the path has an empty segment
 */
record RouteMatch(Route route, List<String> names, List<String> values) {
    private static final List<String> TABLE_PARAMETERS = List.of("table", "collection");

    /**
     * Lets a caller pass that has the route's role and may touch the table that the path names, or all.
     *
     * @throws io.taktdb.types.error.DbException UNAUTHORIZED or FORBIDDEN
     */
    void admit(final Caller caller) {
        caller.require(route.role());
        if (route.role() == Role.PUBLIC || caller.tables().isEmpty() || route.checksTables()) {
            return;
        }
        for (int i = 0; i < names.size(); i++) {
            if (TABLE_PARAMETERS.contains(names.get(i))) {
                caller.requireTable(values.get(i));
                return;
            }
        }
        caller.requireAllTables();
    }

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
