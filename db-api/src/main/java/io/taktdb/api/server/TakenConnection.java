package io.taktdb.api.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.taktdb.api.http.CommandPort;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.Link;
import io.taktdb.api.http.Takeover;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection after an answer that handed it over: passes on what happens to its {@link Takeover}.
 *
 * <p>Threading: one event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there closes the channel, which is seen elsewhere
final class TakenConnection implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(TakenConnection.class);

    private final Connection connection;
    private final LoopContext context;
    private final Channel channel;
    private final Deadlines deadlines;
    private final Takeover successor;
    private boolean isFinished;
    private boolean hasEnded;

    TakenConnection(
            final Connection connection,
            final LoopContext context,
            final Channel channel,
            final Deadlines deadlines,
            final Takeover successor) {
        this.connection = connection;
        this.context = context;
        this.channel = channel;
        this.deadlines = deadlines;
        this.successor = successor;
    }

    void begin() {
        guarded(() -> successor.begin(this));
    }

    void received(final ByteBuf bytes) {
        if (isFinished || hasEnded) {
            bytes.release();
        } else {
            guarded(() -> successor.received(bytes));
        }
    }

    void writabilityChanged() {
        if (!isFinished && channel.isWritable()) {
            guarded(successor::writable);
        }
    }

    void sweep(final long nowNs) {
        if (!isFinished) {
            guarded(() -> successor.sweep(nowNs));
        }
    }

    void inputEnded() {
        if (isFinished) {
            channel.close();
        } else {
            guarded(successor::inputEnded);
        }
    }

    /** The client takes nothing any more. */
    void stalled() {
        if (!isFinished) {
            guarded(successor::stalled);
        }
        channel.close();
    }

    void drain() {
        if (!isFinished) {
            guarded(successor::drain);
        }
    }

    void ended() {
        if (!hasEnded) {
            hasEnded = true;
            guarded(successor::ended);
        }
    }

    private void guarded(final Runnable what) {
        try {
            what.run();
        } catch (final RuntimeException e) {
            LOG.error("connection failed: remote={}", channel.remoteAddress(), e);
            channel.close();
        }
    }

    @Override
    public Executor executor() {
        return context.turn();
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    @Override
    public CommandPort commands() {
        return connection.commands();
    }

    @Override
    public HttpLimits limits() {
        return context.limits();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public long pendingBytes() {
        final ChannelOutboundBuffer output = channel.unsafe().outboundBuffer();
        return output == null ? 0 : output.totalPendingWriteBytes();
    }

    @Override
    public void write(final ByteBuf bytes) {
        if (isFinished || hasEnded) {
            bytes.release();
        } else {
            channel.write(bytes);
            connection.flushSoon();
        }
    }

    @Override
    public void execute(final Runnable task) {
        connection.execute(task);
    }

    @Override
    public Executor workers() {
        return context.workers();
    }

    @Override
    public void reserve(final int bytes) {
        context.budget().take(bytes);
    }

    @Override
    public void giveBack(final int bytes) {
        context.budget().giveBack(bytes);
    }

    @Override
    public void reading(final boolean wanted) {
        connection.autoRead(wanted);
    }

    @Override
    public void finish() {
        if (!isFinished) {
            isFinished = true;
            connection.autoRead(true);
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
                ((DuplexChannel) channel).shutdownOutput();
                deadlines.phase(Deadlines.Phase.LINGERING, context.nowNs());
            });
        }
    }

    @Override
    public void abort() {
        isFinished = true;
        channel.close();
    }
}
