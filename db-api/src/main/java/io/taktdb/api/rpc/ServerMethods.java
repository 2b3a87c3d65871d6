package io.taktdb.api.rpc;

import io.taktdb.api.http.Role;
import io.taktdb.api.json.StatusJson;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.runtime.tick.TickStatus;
import java.util.List;
import java.util.function.Supplier;

/** {@code server.status}, {@code server.tickRate} and {@code rpc.discover}. */
final class ServerMethods {
    private static final String OBJECT = "{\"type\":\"object\"}";

    private static final RpcParam RATE =
            new RpcParam("rate", "integer", true, "{\"type\":\"integer\",\"minimum\":15,\"maximum\":120}");

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
                new BuiltInMethod(
                        "server.status", Role.READ, "How the server is doing.", List.of(), OBJECT, this::status),
                new BuiltInMethod(
                        "server.tickRate",
                        Role.ADMIN,
                        "Changes the tick rate from the next tick on: 15 to 120 ticks a second.",
                        List.of(RATE),
                        OBJECT,
                        this::tickRate),
                new BuiltInMethod("rpc.discover", Role.READ, "This document.", List.of(), OBJECT, this::discover));
    }

    private void status(final RpcCall call, final RpcParams params) {
        final TickStatus now = db.status();
        call.reply(now.tick(), now.commit(), (json, target) -> status.write(json, now));
    }

    private void tickRate(final RpcCall call, final RpcParams params) {
        db.changeTickRate((int) params.number("rate", LoopConfig.MIN_RATE, LoopConfig.MAX_RATE));
        final TickStatus now = db.status();
        call.reply(now.tick(), now.commit(), (json, target) -> StatusJson.writeRate(json, now));
    }

    private void discover(final RpcCall call, final RpcParams params) {
        call.reply(-1, -1, (json, target) -> document.get().write(json));
    }
}
