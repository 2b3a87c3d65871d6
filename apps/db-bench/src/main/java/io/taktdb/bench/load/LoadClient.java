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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps a server on this machine busy. Threading: one thread asks; one event loop works. */
public final class LoadClient implements AutoCloseable {
    private static final long DRAIN_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

    /** A connection and who speaks on it. */
    private record Line(Channel channel, Conversation conversation) {}

    /**
     * Runs a load to its end.
     *
     * @param window requests under way on each connection
     */
    public LoadResult run(
            final int port,
            final Requests requests,
            final int connections,
            final int window,
            final long warmUpNs,
            final long measureNs) {
        final Tally tally = new Tally();
        final List<Line> lines = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                lines.add(connect(port, new Conversation(requests, tally, window, i * 97 % Requests.VARIANTS)));
            }
            lines.forEach(line -> line.conversation().ready().join());
            onLoop(() -> lines.forEach(
                    line -> line.conversation().begin(line.channel().pipeline().context(line.conversation()))));
            pause(warmUpNs);
            onLoop(tally::open);
            final long startNs = System.nanoTime();
            pause(measureNs);
            final LoadResult[] result = new LoadResult[1];
            onLoop(() -> {
                result[0] = tally.close(System.nanoTime() - startNs);
                lines.forEach(line -> line.conversation().stop());
            });
            awaitIdle(lines);
            return result[0];
        } finally {
            lines.forEach(line -> line.channel().close().awaitUninterruptibly());
        }
    }

    private Line connect(final int port, final Conversation conversation) {
        final Channel channel = new Bootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(final Channel made) {
                        made.pipeline().addLast(conversation);
                    }
                })
                .connect(InetAddress.getLoopbackAddress(), port)
                .syncUninterruptibly()
                .channel();
        return new Line(channel, conversation);
    }

    /** So that a check afterwards sees all that was sent. */
    private void awaitIdle(final List<Line> lines) {
        final long untilNs = System.nanoTime() + DRAIN_NS;
        final boolean[] isIdle = new boolean[1];
        while (!isIdle[0] && System.nanoTime() - untilNs < 0) {
            onLoop(() -> isIdle[0] = lines.stream()
                    .allMatch(line ->
                            line.conversation().isIdle() || !line.channel().isActive()));
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private void onLoop(final Runnable task) {
        CompletableFuture.runAsync(task, group).join();
    }

    private static void pause(final long ns) {
        final long untilNs = System.nanoTime() + ns;
        while (System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(untilNs - System.nanoTime());
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
