package io.taktdb.api.rpc;

import java.io.IOException;

/**
 * What a method does: it replies to the call once, now or later, or throws.
 *
 * <p>Threading: as the dispatcher's caller.
 */
@FunctionalInterface
interface RpcMethod {
    void call(RpcCall call) throws IOException;
}
