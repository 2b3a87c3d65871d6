package io.taktdb.api.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.FileContent;
import io.taktdb.api.http.RequestCounts;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Takeover;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The requests of one connection whose answers were not written yet, in the order in which they came.
 *
 * <p>Answers are written in that order whatever the order in which they become ready. After an answer that closes the
 * connection nothing more is written. Threading: one event loop.
 */
final class ResponseQueue {
    private static final long MAX_WAITING_BYTES = 8L << 20;

    private final Channel channel;
    private final ResponseEncoder encoder;
    private final RequestCounts counts;
    private final int capacity;
    private final Deque<Exchange> waiting = new ArrayDeque<>(4);
    private long waitingBytes;
    private boolean isClosing;
    private Takeover takeover;

    ResponseQueue(
            final Channel channel, final ResponseEncoder encoder, final RequestCounts counts, final int capacity) {
        this.counts = counts;
        this.channel = channel;
        this.encoder = encoder;
        this.capacity = capacity;
    }

    void add(final Exchange exchange) {
        waiting.add(exchange);
    }

    /** Whether no further request should be read for now. */
    boolean isFull() {
        return waiting.size() >= capacity
                || waitingBytes > MAX_WAITING_BYTES
                || !channel.isWritable()
                || endsInTakeover();
    }

    /** Whether what follows the last request is not for us to read. */
    private boolean endsInTakeover() {
        final Exchange last = waiting.peekLast();
        return last != null && last.response() != null && last.response().takeover() != null;
    }

    /** Who gets the connection, since the head of that answer was written; null while there is nobody. */
    Takeover takeover() {
        return takeover;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether all requests but one are answered. */
    boolean hasOne() {
        return waiting.size() == 1;
    }

    /** Where the client is, without its port. */
    String clientAddress() {
        return channel.remoteAddress() instanceof InetSocketAddress client
                ? client.getAddress().getHostAddress()
                : "";
    }

    /** The request that came last, or null. */
    Exchange last() {
        return waiting.peekLast();
    }

    /** Whether the answer that ends the connection was written. */
    boolean isClosing() {
        return isClosing;
    }

    /**
     * Takes note of an answer and writes all answers whose turn it is.
     *
     * @return whether any was written
     */
    boolean answered(final Exchange exchange) {
        counts.answered(exchange);
        if (isClosing || !channel.isActive()) {
            exchange.response().release();
            return false;
        }
        if (exchange != waiting.peekFirst()) {
            waitingBytes += contentBytes(exchange.response());
            return false;
        }
        write(waiting.removeFirst());
        while (!isClosing && !waiting.isEmpty() && waiting.peekFirst().response() != null) {
            final Exchange next = waiting.removeFirst();
            waitingBytes -= contentBytes(next.response());
            write(next);
        }
        return true;
    }

    /** Lets go of all answers that can no longer be written. */
    void release() {
        isClosing = true;
        for (final Exchange exchange : waiting) {
            if (exchange.response() != null) {
                exchange.response().release();
            }
        }
        waiting.clear();
    }

    private void write(final Exchange exchange) {
        final Response response = exchange.response();
        final FileContent file = response.file();
        isClosing = exchange.isClosing() || response.takeover() != null;
        takeover = response.takeover();
        ChannelFuture written = channel.write(
                encoder.encode(response, exchange.isHeadOnly(), exchange.head().http10(), isClosing, channel.alloc()));
        if (file != null && !exchange.isHeadOnly()) {
            written = channel.write(Tls.fileMessage(channel.pipeline(), file));
        }
        if (file != null) {
            written.addListener(done -> file.discard());
        }
        if (isClosing && takeover == null) {
            written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        }
    }

    private static long contentBytes(final Response response) {
        return response.content() == null ? 0 : response.content().readableBytes();
    }
}
