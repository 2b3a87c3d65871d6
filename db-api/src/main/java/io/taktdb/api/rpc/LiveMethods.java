package io.taktdb.api.rpc;

import static io.taktdb.api.rpc.RpcParam.filter;
import static io.taktdb.api.rpc.RpcParam.flag;
import static io.taktdb.api.rpc.RpcParam.integer;
import static io.taktdb.api.rpc.RpcParam.optionalText;
import static io.taktdb.api.rpc.RpcParam.text;

import io.taktdb.api.http.Role;
import io.taktdb.api.json.JsonSlice;
import io.taktdb.api.stream.StreamSpec;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.util.List;

/** {@code subscribe} and {@code unsubscribe}, which a WebSocket alone can use. */
final class LiveMethods {
    private static final long NO_TICK = -1;

    List<BuiltInMethod> methods() {
        return List.of(
                new BuiltInMethod(
                        "subscribe",
                        Role.READ,
                        "Follows a table: its rows, then what each tick changes, as notifications. WebSocket only.",
                        List.of(text("table"), filter(), optionalText("fields"), integer("since"), flag("snapshot")),
                        "{\"type\":\"object\",\"required\":[\"subscription\"]}",
                        this::subscribe),
                new BuiltInMethod(
                        "unsubscribe",
                        Role.READ,
                        "Ends a subscription. WebSocket only.",
                        List.of(new RpcParam("subscription", "integer", true, "{\"type\":\"integer\",\"minimum\":1}")),
                        "{\"type\":\"object\",\"required\":[\"unsubscribed\"]}",
                        this::unsubscribe));
    }

    private void subscribe(final RpcCall call, final RpcParams params) throws IOException {
        final RpcSubscriptions subscriptions = call.subscriptions();
        final JsonSlice filter = params.value("filter");
        final StreamSpec spec = StreamSpec.of(filter == null ? null : filter.text(), params.text("fields", null));
        final long since = params.number("since", 0, Long.MAX_VALUE, NO_TICK);
        final long id = subscriptions.subscribe(
                params.text("table", ""), spec, since, params.value("snapshot") == null || params.flag("snapshot"));
        call.reply(NO_TICK, NO_TICK, (json, target) -> {
            json.writeStartObject();
            json.writeNumberField("subscription", id);
            json.writeEndObject();
        });
    }

    private void unsubscribe(final RpcCall call, final RpcParams params) {
        final long id = params.number("subscription", 1, Long.MAX_VALUE, 0);
        if (id == 0) {
            throw new DbException(ErrorCode.INVALID_PARAMETER, "subscription is null; name the one to end");
        }
        call.subscriptions().unsubscribe(id);
        call.reply(NO_TICK, NO_TICK, (json, target) -> {
            json.writeStartObject();
            json.writeBooleanField("unsubscribed", true);
            json.writeEndObject();
        });
    }
}
