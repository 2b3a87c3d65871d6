package io.taktdb.api.http;

import io.netty.buffer.ByteBuf;

/**
 * What a connection becomes after an answer that ends its requests: a stream of events, a WebSocket.
 *
 * <pre>
 *   begin ( received | writable | sweep | inputEnded | drain )* ended
 * </pre>
 *
 * Threading: the connection's event loop.
 */
public interface Takeover {
    /** The head of the answer was written: the connection is ours. */
    void begin(Link link);

    /** The client sent bytes; owned by the callee. */
    void received(ByteBuf bytes);

    /** The client takes again what it is sent. */
    void writable();

    /** Called a few times a second. */
    void sweep(long nowNs);

    /** The client sends nothing more. */
    void inputEnded();

    /** The client has taken nothing for {@link HttpLimits#stallTime}: the connection ends after this. */
    void stalled();

    /** The server is stopping: say goodbye and finish. */
    void drain();

    /** The connection is gone. */
    void ended();
}
