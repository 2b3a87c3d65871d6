package io.taktdb.api.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.taktdb.api.http.Caller;
import io.taktdb.api.http.Link;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Sender;
import io.taktdb.api.http.Takeover;
import io.taktdb.runtime.tick.ClientSession;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * One connection that carries server-sent events (WHATWG HTML, 9.2) until one side has enough.
 *
 * <p>The last event is {@code end} with the reason, unless the client is gone or reads nothing at all. Threading: the
 * connection's event loop.
 */
final class EventStream implements Takeover, Sink {
    private static final byte[] PING = bytes("8\r\n: ping\n\n\r\n");
    private static final byte[] BARE_PING = bytes(": ping\n\n");
    private static final byte[] LAST_CHUNK = bytes("0\r\n\r\n");

    private final Topics topics;
    private final String table;
    private final StreamSpec spec;
    private final long since;
    private final boolean wantsRows;
    private final boolean isChunked;
    private final Supplier<ClientSession> coming;
    private ClientSession client;
    private Link link;
    private Subscription subscription;
    private final Sender sender;
    private long waitingBytes;
    private long lastSentNs;
    private boolean hasSent;

    /**
     * @param sender who listens, as long as the token holds
     * @param since the tick that the client has seen, or -1
     * @param wantsRows whether it wants the rows first
     * @param isChunked whether the client speaks HTTP/1.1
     * @param coming takes note of a client that has come
     */
    EventStream(
            final Topics topics,
            final Sender sender,
            final String table,
            final StreamSpec spec,
            final long since,
            final boolean wantsRows,
            final boolean isChunked,
            final Supplier<ClientSession> coming) {
        this.coming = coming;
        this.topics = topics;
        this.sender = sender;
        this.table = table;
        this.spec = spec;
        this.since = since;
        this.wantsRows = wantsRows;
        this.isChunked = isChunked;
    }

    @Override
    public void begin(final Link connection) {
        link = connection;
        hasSent = true;
        try {
            client = coming.get();
            subscription = topics.join(table, spec, since, wantsRows, this);
        } catch (final DbException e) {
            ended(null, e);
        }
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public void send(final Subscription from, final StreamFrame frame) {
        write(isChunked ? frame.chunk() : frame.bare());
    }

    private void write(final ByteBuf bytes) {
        hasSent = true;
        link.write(bytes);
    }

    @Override
    public boolean waits(final long bytes) {
        waitingBytes += bytes;
        return waitingBytes + link.pendingBytes() <= link.limits().streams().outboundBytes();
    }

    @Override
    public void ended(final Subscription from, final DbException why) {
        send(from, StreamFrame.end(why));
        if (isChunked) {
            write(Unpooled.wrappedBuffer(LAST_CHUNK));
        }
        link.finish();
    }

    @Override
    public void received(final ByteBuf bytes) {
        bytes.release(); // the client has nothing to say any more
    }

    @Override
    public void writable() {
        if (subscription != null) {
            subscription.writable();
        }
    }

    @Override
    public void sweep(final long nowNs) {
        try {
            final Caller now = sender.get();
            now.require(Role.READ);
            now.requireTable(table);
        } catch (final DbException e) {
            if (subscription != null) {
                subscription.end(e);
            }
            return;
        }
        if (hasSent) {
            hasSent = false;
            lastSentNs = nowNs;
        } else if (nowNs - lastSentNs > link.limits().streams().pingTime().toNanos()) {
            write(Unpooled.wrappedBuffer(isChunked ? PING : BARE_PING));
        }
    }

    @Override
    public void inputEnded() {
        // it may still read; if it does not, writing to it will show
    }

    @Override
    public void stalled() {
        topics.noteCutOff();
    }

    @Override
    public void drain() {
        if (subscription != null) {
            subscription.end(new DbException(ErrorCode.UNAVAILABLE, "the server is stopping; connect again later"));
        }
    }

    @Override
    public void ended() {
        if (client != null) {
            client.close();
        }
        if (subscription != null) {
            subscription.close();
        }
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
