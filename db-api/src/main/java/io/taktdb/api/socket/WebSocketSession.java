package io.taktdb.api.socket;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.taktdb.api.http.Link;
import io.taktdb.api.http.Takeover;
import io.taktdb.types.error.DbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: messages to its handler, frames to the client, and exactly one close frame.
 *
 * <pre>
 *   OPEN ─► client closes, we confirm ─────────────────────────► end
 *      └──► we close (fault, policy, stop) ─► client confirms ─► end, or after the close time without
 * </pre>
 *
 * Not read while the client does not take its answers, or the handler has enough to do. Threading: one event loop.
 */
public final class WebSocketSession implements Takeover, FrameReader.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketSession.class);
    private static final byte[] NOTHING = {};

    private final Handler handler;
    private Link link;
    private FrameReader reader;
    private ByteBuf rest;
    private boolean isReading;
    private boolean isClosing;
    private boolean hasClosed;
    private boolean hasEnded;
    private boolean hasHeard;
    private boolean hasPinged;
    private long heardNs;
    private long closingNs;
    private int keptBytes;

    /** What the messages are for. Event loop. */
    public interface Handler {
        /** The connection is open. */
        void opened(WebSocketSession session, Link link);

        /**
         * A message.
         *
         * @param bytes the handler's from now on; UTF-8 if it is text
         */
        void message(byte[] bytes, int length, boolean isText);

        /** Whether another message may be read; if not, {@link WebSocketSession#resume} says when. */
        boolean hasRoom();

        /** The client takes again what it is sent. */
        void writable();

        /** Called a few times a second while the connection is open. */
        default void sweep() {
            // only those that check something by time
        }

        /** The connection is gone, or about to. */
        void closed();

        /** The connection ends since the client takes nothing. */
        void stalled();
    }

    public WebSocketSession(final Handler handler) {
        this.handler = handler;
    }

    @Override
    public void begin(final Link connection) {
        link = connection;
        reader = new FrameReader(link.limits().streams().messageBytes(), this);
        hasHeard = true;
        handler.opened(this, link);
    }

    @Override
    public void received(final ByteBuf bytes) {
        hasHeard = true;
        hasPinged = false;
        if (hasEnded) {
            bytes.release();
            return;
        }
        rest = rest == null ? bytes : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(link.allocator(), rest, bytes);
        read();
    }

    /** Goes on reading if there is room. */
    public void resume() {
        read();
    }

    private void read() {
        if (isReading || link == null) {
            return;
        }
        isReading = true;
        try {
            while (rest != null && !hasEnded && hasRoom()) {
                if (!reader.readOne(rest)) {
                    dropRest();
                }
            }
        } catch (final SocketFault fault) {
            close(fault.code(), fault.getMessage());
        } catch (final DbException e) {
            close(SocketFault.POLICY, e.getMessage());
        } catch (final RuntimeException e) {
            LOG.error("a message could not be handled", e);
            close(SocketFault.INTERNAL, "internal error");
        } finally {
            isReading = false;
        }
        if (hasEnded) {
            dropRest();
        }
        link.reading(hasEnded || rest == null && hasRoom());
    }

    /** While the connection is closing only the client's close frame matters. */
    private boolean hasRoom() {
        return isClosing || link.isWritable() && handler.hasRoom();
    }

    private void dropRest() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }

    @Override
    public void message(final byte[] bytes, final int length, final boolean isText) {
        if (!isClosing) {
            handler.message(bytes, length, isText);
        }
    }

    @Override
    public void ping(final byte[] bytes, final int length) {
        if (!isClosing) {
            link.write(FrameWriter.control(link.allocator(), FrameWriter.PONG, bytes, 0, length));
        }
    }

    @Override
    public void pong() {
        // that it was heard is noted already
    }

    @Override
    public void close(final int code) {
        hasEnded = true;
        closeHandler();
        if (!isClosing) {
            isClosing = true;
            link.write(FrameWriter.close(link.allocator(), code, ""));
        }
        link.finish();
    }

    @Override
    public void keeps(final int moreBytes) {
        if (moreBytes > 0) {
            link.reserve(moreBytes);
        } else {
            link.giveBack(-moreBytes);
        }
        keptBytes += moreBytes;
    }

    /** Ends the connection with a code and a reason; again is harmless. */
    public void close(final int code, final String reason) {
        if (isClosing || hasEnded) {
            return;
        }
        isClosing = true;
        closingNs = System.nanoTime();
        closeHandler();
        link.write(FrameWriter.close(link.allocator(), code, reason));
        if (code == SocketFault.PROTOCOL_ERROR
                || code == SocketFault.INVALID_PAYLOAD
                || code == SocketFault.TOO_LARGE) {
            hasEnded = true; // what follows cannot be understood, so that no answer could be
            link.finish();
        }
    }

    /** Sends a message that consists of some parts, which it owns from now on. */
    public void send(final boolean isText, final ByteBuf... parts) {
        int length = 0;
        for (final ByteBuf part : parts) {
            length += part.readableBytes();
        }
        if (isClosing || hasEnded) {
            for (final ByteBuf part : parts) {
                part.release();
            }
            return;
        }
        link.write(FrameWriter.head(link.allocator(), isText ? FrameWriter.TEXT : FrameWriter.BINARY, length, 0));
        for (final ByteBuf part : parts) {
            link.write(part);
        }
    }

    private void closeHandler() {
        if (!hasClosed) {
            hasClosed = true;
            handler.closed();
        }
    }

    @Override
    public void writable() {
        if (!isClosing) {
            handler.writable();
        }
        read();
    }

    @Override
    public void sweep(final long nowNs) {
        if (!isClosing) {
            handler.sweep();
        }
        final long pingNs = link.limits().streams().pingTime().toNanos();
        if (hasHeard) {
            hasHeard = false;
            heardNs = nowNs;
        }
        if (isClosing && nowNs - closingNs > link.limits().streams().closeTime().toNanos()) {
            link.abort();
        } else if (!isClosing && hasPinged && nowNs - heardNs > 2 * pingNs) {
            close(SocketFault.GOING_AWAY, "no answer to a ping: limit=" + pingNs / 1_000_000 + " ms");
        } else if (!isClosing && !hasPinged && nowNs - heardNs > pingNs) {
            hasPinged = true;
            link.write(FrameWriter.control(link.allocator(), FrameWriter.PING, NOTHING, 0, 0));
        }
    }

    @Override
    public void inputEnded() {
        closeHandler();
        link.abort();
    }

    @Override
    public void stalled() {
        handler.stalled();
    }

    @Override
    public void drain() {
        close(SocketFault.GOING_AWAY, "the server is stopping; connect again later");
    }

    @Override
    public void ended() {
        hasEnded = true;
        closeHandler();
        dropRest();
        if (keptBytes > 0) {
            link.giveBack(keptBytes);
            keptBytes = 0;
        }
    }
}
