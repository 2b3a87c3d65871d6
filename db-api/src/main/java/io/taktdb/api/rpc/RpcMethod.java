package io.taktdb.api.rpc;

import io.taktdb.api.http.Role;
import java.io.IOException;

/**
 * What a method does: it replies to the call once, now or later, or throws.
 *
 * <p>Threading: as the dispatcher's caller.
 */
interface RpcMethod {
    /** What a caller must be allowed to do; asked for before {@link #call}. */
    Role role();

    void call(RpcCall call) throws IOException;
}
