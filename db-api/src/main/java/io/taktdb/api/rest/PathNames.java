package io.taktdb.api.rest;

import io.taktdb.api.http.Exchange;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.TaktDb;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.TableSchema;

/**
 * Tables and fields that a path names.
 *
 * <p>An empty name is INVALID_NAME; any other that is not there is not found, also when it could never be. Threading:
 * none of its own.
 */
final class PathNames {
    private static final String TABLE = "table";

    private PathNames() {}

    /** The table in a state. */
    static TableState table(final State state, final Exchange exchange) {
        return state.table(required(exchange, TABLE));
    }

    /** The table's schema in the newest state. */
    static TableSchema tableSchema(final TaktDb db, final Exchange exchange) {
        final String name = required(exchange, TABLE);
        try (Lease lease = db.lease()) {
            return lease.state().schema().requireTable(name);
        }
    }

    /** A path parameter that must not be empty. */
    static String required(final Exchange exchange, final String parameter) {
        final String name = exchange.path(parameter);
        return name.isEmpty() ? Names.require(parameter, name) : name;
    }
}
