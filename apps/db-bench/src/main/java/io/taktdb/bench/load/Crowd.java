package io.taktdb.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Many connections that ask for little and get much, or do nothing, or do harm. Threading: one thread asks. */
public final class Crowd implements AutoCloseable {
    private static final int ROOM_BYTES = 256 << 10;

    /** Who wants to fill the server's buffers has little room itself. */
    private static final int LITTLE_ROOM_BYTES = 4 << 10;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final List<Channel> channels = new ArrayList<>();
    private final AtomicLong frames = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * More WebSockets.
     *
     * @param message sent once on each as a text message; null for none
     */
    public void openSockets(final int port, final int count, final String message) {
        final byte[] first = message == null
                ? new byte[0]
                : Requests.socket("/ws", i -> message).messages()[0];
        final List<CompletableFuture<Void>> ready = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Member member = new Member(Requests.upgrade("/ws"), first, this);
            connect(port, true, member);
            ready.add(member.ready());
        }
        ready.forEach(CompletableFuture::join);
    }

    /**
     * More connections that send a request and then read nothing, not even that they are closed.
     *
     * @param times so often it is sent, so that the answers do not fit into the buffers of the sockets
     */
    public void openDeaf(final int port, final int count, final byte[] request, final int times) {
        for (int i = 0; i < count; i++) {
            final Channel channel = connect(port, false, new Member(new byte[0], new byte[0], this));
            for (int k = 0; k < times; k++) {
                channel.write(channel.alloc().buffer().writeBytes(request)).isDone();
            }
            channel.flush();
        }
    }

    /** More connections that begin a request and send one more byte of it each second. */
    public void openDripping(final int port, final int count) {
        final byte[] head = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            final Channel channel = connect(port, true, new Member(new byte[0], new byte[0], this));
            channel.writeAndFlush(channel.alloc().buffer().writeBytes(head)).isDone();
            channel.eventLoop()
                    .scheduleAtFixedRate(
                            () -> {
                                if (channel.isActive()) {
                                    channel.writeAndFlush(
                                                    channel.alloc().buffer().writeByte('a'))
                                            .isDone();
                                }
                            },
                            1,
                            1,
                            TimeUnit.SECONDS)
                    .isDone();
        }
    }

    private Channel connect(final int port, final boolean isReading, final Member member) {
        final Channel channel = new Bootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, isReading)
                .option(ChannelOption.SO_RCVBUF, isReading ? ROOM_BYTES : LITTLE_ROOM_BYTES)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(final Channel made) {
                        made.pipeline().addLast(member);
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
        channels.add(channel);
        return channel;
    }

    /** One frame arrived. */
    void received(final int frameBytes) {
        frames.lazySet(frames.get() + 1);
        bytes.lazySet(bytes.get() + frameBytes);
    }

    /** Messages that arrived so far. */
    public long frames() {
        return frames.get();
    }

    /** Their bytes. */
    public long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        channels.forEach(channel -> channel.close().isDone());
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
