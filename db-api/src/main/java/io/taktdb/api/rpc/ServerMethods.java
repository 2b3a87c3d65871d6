package io.taktdb.api.rpc;

import io.taktdb.api.json.StatusJson;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.tick.TickStatus;
import io.taktdb.types.json.SchemaJson;
import java.util.List;
import java.util.function.Supplier;

/** {@code schema.get}, {@code server.status} and {@code rpc.discover}. */
final class ServerMethods {
    private static final String OBJECT = "{\"type\":\"object\"}";

    private final TaktDb db;
    private final StatusJson status;
    private final Supplier<OpenRpcDocument> document;

    ServerMethods(final TaktDb db, final StatusJson status, final Supplier<OpenRpcDocument> document) {
        this.db = db;
        this.status = status;
        this.document = document;
    }

    List<BuiltInMethod> methods() {
        return List.of(
                new BuiltInMethod("schema.get", "The schema: types and tables.", List.of(), OBJECT, this::schema),
                new BuiltInMethod("server.status", "How the server is doing.", List.of(), OBJECT, this::status),
                new BuiltInMethod("rpc.discover", "This document.", List.of(), OBJECT, this::discover));
    }

    private void schema(final RpcCall call, final RpcParams params) {
        try (Lease lease = db.lease()) {
            final State state = lease.state();
            call.reply(state.tick(), state.commit(), (json, target) -> SchemaJson.write(json, state.schema()));
        }
    }

    private void status(final RpcCall call, final RpcParams params) {
        final TickStatus now = db.status();
        call.reply(now.tick(), now.commit(), (json, target) -> status.write(json, now));
    }

    private void discover(final RpcCall call, final RpcParams params) {
        call.reply(-1, -1, (json, target) -> document.get().write(json));
    }
}
