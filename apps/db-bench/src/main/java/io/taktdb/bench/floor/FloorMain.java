package io.taktdb.bench.floor;

import com.sun.management.OperatingSystemMXBean;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.taktdb.bench.fork.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * The floor in a JVM of its own: as many event loops as our server has. Questions: {@code port}, {@code cpu} (processor
 * time of this process so far, ns).
 */
public final class FloorMain {
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private FloorMain() {}

    /** Serves until standard input ends. */
    public static void main(final String[] args) throws IOException {
        final HandOff other = new HandOff();
        final Thread thread = new Thread(other, "hand-off");
        thread.setDaemon(true);
        thread.start();
        final int loops = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() / 2));
        final IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        final EventLoopGroup group = new MultiThreadIoEventLoopGroup(loops, io);
        try {
            final Channel listening = bootstrap(group, other)
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .syncUninterruptibly()
                    .channel();
            answerQuestions(((InetSocketAddress) listening.localAddress()).getPort());
        } finally {
            other.stop();
            group.shutdownGracefully().awaitUninterruptibly();
        }
    }

    private static void answerQuestions(final int port) throws IOException {
        final BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(ChildJvm.ANSWER + ("port".equals(line) ? port : SYSTEM.getProcessCpuTime()));
        }
    }

    private static ServerBootstrap bootstrap(final EventLoopGroup group, final HandOff other) {
        return new ServerBootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                                .addLast(new WebSocketServerProtocolHandler("/ws"))
                                .addLast(new FloorHandler(other, channel));
                    }
                });
    }
}
