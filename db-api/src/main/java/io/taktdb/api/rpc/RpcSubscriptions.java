package io.taktdb.api.rpc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.taktdb.api.http.Link;
import io.taktdb.api.socket.SocketFault;
import io.taktdb.api.socket.WebSocketSession;
import io.taktdb.api.stream.Sink;
import io.taktdb.api.stream.StreamFrame;
import io.taktdb.api.stream.StreamSpec;
import io.taktdb.api.stream.Subscription;
import io.taktdb.api.stream.Topics;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one WebSocket follows.
 *
 * <pre>
 *   {"jsonrpc":"2.0","method":"subscription","params":{"subscription":1,"event":"change","data":{"tick":7,..}}}
 * </pre>
 *
 * The events are those of the event streams. Threading: the connection's event loop.
 */
final class RpcSubscriptions implements Sink {
    private static final String HEAD = "{\"jsonrpc\":\"2.0\",\"method\":\"subscription\",\"params\":{\"subscription\":";
    private static final byte[] END = {'}', '}'};

    private final Topics topics;
    private final WebSocketSession session;
    private final Link link;
    private final Map<Long, Subscription> byId = new LinkedHashMap<>();
    private long lastId;
    private long waitingBytes;

    RpcSubscriptions(final Topics topics, final WebSocketSession session, final Link link) {
        this.topics = topics;
        this.session = session;
        this.link = link;
    }

    /**
     * Begins to follow a table.
     *
     * @return the subscription's number, unique on this connection
     * @throws DbException OVERLOADED too many; else as {@link Topics#join}
     */
    long subscribe(final String table, final StreamSpec spec, final long since, final boolean wantsRows) {
        final int limit = link.limits().streams().subscriptions();
        if (byId.size() >= limit) {
            throw new DbException(
                    ErrorCode.OVERLOADED,
                    "too many subscriptions on this connection: limit=" + limit + "; end some, or open another");
        }
        final Subscription subscription = topics.join(table, spec, since, wantsRows, this);
        byId.put(++lastId, subscription);
        return lastId;
    }

    /**
     * Ends a subscription.
     *
     * @throws DbException INVALID_PARAMETER there is none of that number
     */
    void unsubscribe(final long id) {
        final Subscription subscription = byId.remove(id);
        if (subscription == null) {
            throw new DbException(
                            ErrorCode.INVALID_PARAMETER,
                            "no such subscription on this connection: subscription=" + id + ", open=" + byId.keySet())
                    .with("parameter", "subscription");
        }
        subscription.close();
    }

    /** The client takes again what it is sent. */
    void writable() {
        List.copyOf(byId.values()).forEach(Subscription::writable);
    }

    /** Ends all. */
    void close() {
        final List<Subscription> all = List.copyOf(byId.values());
        byId.clear();
        all.forEach(Subscription::close);
    }

    /** The connection ends since the client takes nothing. */
    void stalled() {
        if (!byId.isEmpty()) {
            topics.noteCutOff();
        }
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public void send(final Subscription subscription, final StreamFrame frame) {
        final ByteBuf head = link.allocator().directBuffer(HEAD.length() + 64);
        ByteBufUtil.writeAscii(head, HEAD + idOf(subscription) + ",\"event\":\"" + frame.event() + "\",\"data\":");
        session.send(true, head, frame.json(), Unpooled.wrappedBuffer(END));
    }

    private long idOf(final Subscription subscription) {
        for (final Map.Entry<Long, Subscription> entry : byId.entrySet()) {
            if (entry.getValue() == subscription) {
                return entry.getKey();
            }
        }
        return 0;
    }

    @Override
    public void ended(final Subscription subscription, final DbException why) {
        if (why.code() == ErrorCode.LIMIT_EXCEEDED) {
            session.close(SocketFault.POLICY, why.getMessage());
            return;
        }
        send(subscription, StreamFrame.end(why));
        byId.values().remove(subscription);
    }

    @Override
    public boolean waits(final long bytes) {
        waitingBytes += bytes;
        return waitingBytes + link.pendingBytes() <= link.limits().streams().outboundBytes();
    }
}
