package io.taktdb.api.rpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.taktdb.api.http.Caller;
import io.taktdb.api.http.CommandPort;
import io.taktdb.runtime.procedure.Client;

/**
 * The other side of one message: where commands go, and where the answer to the whole message goes.
 *
 * <p>Threading: {@link #answer} is called once, on any thread.
 */
interface RpcPeer {
    /** Who it is: each method asks for its role. */
    Caller caller();

    /** Who it is, as procedures are told. */
    default Client client() {
        return caller().client();
    }

    /**
     * Counts a call.
     *
     * @param place of the call in its message
     * @throws io.taktdb.types.error.DbException RATE_LIMITED
     */
    void count(int place);

    ByteBufAllocator allocator();

    /** A buffer for the answer. */
    ByteBuf newContent();

    CommandPort commands();

    /**
     * Has a worker thread go on with work that is too long for an event loop.
     *
     * @throws io.taktdb.types.error.DbException OVERLOADED
     */
    void offload(Runnable work);

    /** Says that a call was done, before the answer is sent. */
    default void done() {
        // only HTTP keeps answers for a retry
    }

    /** What the client follows; null where nothing can be sent to it but answers. Event loop only. */
    default RpcSubscriptions subscriptions() {
        return null;
    }

    /**
     * Sends the answer.
     *
     * @param content one JSON value, or null when there is nothing to answer; now owned by the peer
     * @param tick newest tick that the answer shows, -1 if none
     */
    void answer(ByteBuf content, long tick, long commit);
}
