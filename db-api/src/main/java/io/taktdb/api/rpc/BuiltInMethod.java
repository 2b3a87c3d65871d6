package io.taktdb.api.rpc;

import java.io.IOException;
import java.util.List;

/**
 * A method of the server's own.
 *
 * @param result JSON Schema of the result
 */
record BuiltInMethod(String name, String summary, List<RpcParam> params, String result, Body body)
        implements RpcMethod {
    /** What the method does, with its parameters sorted. */
    @FunctionalInterface
    interface Body {
        void call(RpcCall call, RpcParams params) throws IOException;
    }

    BuiltInMethod {
        params = List.copyOf(params);
    }

    @Override
    public void call(final RpcCall call) throws IOException {
        body.call(call, RpcParams.of(call, params));
    }
}
