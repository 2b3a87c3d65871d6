package io.taktdb.api.testing;

import io.netty.buffer.Unpooled;
import io.taktdb.api.http.Link;
import io.taktdb.api.socket.WebSocketSession;

/** Sends every message back. */
final class EchoSocket implements WebSocketSession.Handler {
    private WebSocketSession session;

    static WebSocketSession session() {
        return new WebSocketSession(new EchoSocket());
    }

    @Override
    public void opened(final WebSocketSession opened, final Link link) {
        session = opened;
    }

    @Override
    public void message(final byte[] bytes, final int length, final boolean isText) {
        session.send(isText, Unpooled.wrappedBuffer(bytes, 0, length));
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public void writable() {
        // nothing waits
    }

    @Override
    public void closed() {
        // nothing to end
    }

    @Override
    public void stalled() {
        // nothing to count
    }
}
