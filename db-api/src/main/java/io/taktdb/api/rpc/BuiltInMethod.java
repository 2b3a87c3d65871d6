package io.taktdb.api.rpc;

import io.taktdb.api.http.Caller;
import io.taktdb.api.http.Role;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A method of the server's own.
 *
 * <p>A caller who may touch some tables only gets through to methods with a parameter {@code table}.
 *
 * @param role what a caller must be allowed to do
 * @param result JSON Schema of the result
 */
record BuiltInMethod(String name, Role role, String summary, List<RpcParam> params, String result, Body body)
        implements RpcMethod {
    private static final String TABLE = "table";
    private static final Set<String> WITHOUT_TABLES = Set.of("unsubscribe", "rpc.discover");

    /** What the method does, with its parameters sorted. */
    @FunctionalInterface
    interface Body {
        void call(RpcCall call, RpcParams params) throws IOException;
    }

    BuiltInMethod {
        Objects.requireNonNull(role, "a method names its role");
        params = List.copyOf(params);
    }

    @Override
    public void call(final RpcCall call) throws IOException {
        final RpcParams given = RpcParams.of(call, params);
        final Caller caller = call.caller();
        if (!caller.tables().isEmpty()) {
            if (params.stream().anyMatch(param -> param.name().equals(TABLE))) {
                caller.requireTable(given.text(TABLE, ""));
            } else if (!WITHOUT_TABLES.contains(name)) {
                caller.requireAllTables();
            }
        }
        body.call(call, given);
    }
}
