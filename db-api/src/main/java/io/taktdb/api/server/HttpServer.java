package io.taktdb.api.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.taktdb.api.http.HttpFigures;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.RequestCounts;
import io.taktdb.api.http.Router;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Listens, serves connections on its event loops, and stops in order.
 *
 * <p>The pipeline of a connection is one handler, {@code Connection}: whatever else a connection may become (TLS before
 * it, WebSocket in its place) is put in here. Threading: any thread.
 */
public final class HttpServer implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int WORKERS = 2;
    private static final int WORKER_QUEUE = 64;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final HttpServerConfig config;
    private final HttpLimits limits;
    private final MultiThreadIoEventLoopGroup group;
    private final Map<EventLoop, LoopContext> contexts = new LinkedHashMap<>();
    private final ThreadPoolExecutor workers;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final AtomicLong refused = new AtomicLong();
    private final RequestCounts counts = new RequestCounts();
    private volatile Channel listening;

    /**
     * A server that does not listen yet.
     *
     * @param engine takes a command from any thread, or throws OVERLOADED; see {@link #wake}
     */
    public HttpServer(final HttpServerConfig config, final Router router, final Consumer<Submission> engine) {
        this.config = config;
        limits = config.limits();
        final IoHandlerFactory io = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(config.eventLoops(), new DefaultThreadFactory("takt-http"), io);
        workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WORKER_QUEUE),
                new DefaultThreadFactory("takt-http-worker"));
        workers.allowCoreThreadTimeOut(true);
        for (final EventExecutor executor : group) {
            final EventLoop loop = (EventLoop) executor;
            final LoopContext context = new LoopContext(loop, config, router, workers, counts, engine);
            contexts.put(loop, context);
            context.start();
        }
    }

    /**
     * Starts listening; closes the server if it cannot.
     *
     * @throws DbException UNAVAILABLE the address cannot be listened on
     */
    public HttpServer listen() {
        final ChannelFuture bound = bootstrap().bind(config.bind()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new DbException(
                    ErrorCode.UNAVAILABLE,
                    "address cannot be listened on: address=" + config.bind() + ", cause="
                            + bound.cause().getMessage() + "; choose another port, or stop who uses it",
                    bound.cause());
        }
        listening = bound.channel();
        return this;
    }

    private ServerBootstrap bootstrap() {
        final Class<? extends ServerChannel> type =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        return new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        accept(channel);
                    }
                });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a refused connection
    private void accept(final Channel channel) {
        if (connections.incrementAndGet() > limits.connections()) {
            connections.decrementAndGet();
            refused.incrementAndGet();
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        config.tls().ifPresent(tls -> tls.secure(channel));
        channel.pipeline().addLast(new Connection(contexts.get(channel.eventLoop()), channel));
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** How many connections are open. */
    public int connections() {
        return connections.get();
    }

    /** The figures of this moment. */
    public HttpFigures figures() {
        int replies = 0;
        long bodyBytes = 0;
        for (final LoopContext context : contexts.values()) {
            replies += context.mailbox().waiting();
            bodyBytes += context.budget().taken();
        }
        return new HttpFigures(
                connections(),
                refused.get(),
                replies,
                bodyBytes,
                workers.getQueue().size(),
                counts,
                limits);
    }

    /** Whether the server is on its way down. */
    public boolean isDraining() {
        return contexts.values().iterator().next().isDraining();
    }

    /** Has the event loops hand out the replies that the engine left; called on the tick thread after each commit. */
    public void wake() {
        for (final LoopContext context : contexts.values()) {
            context.mailbox().wake();
        }
    }

    /** Serves on for the pause, stops listening, lets requests under way finish within the limit
     * then closes everything. Again is harmless. */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        final long pauseUntilNs = System.nanoTime() + limits.drainPause().toNanos();
        while (System.nanoTime() - pauseUntilNs < 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(pauseUntilNs - System.nanoTime());
        }
        if (listening != null) {
            listening.close().syncUninterruptibly();
        }
        contexts.values().forEach(LoopContext::drain);
        final long deadlineNs = System.nanoTime() + limits.drainTime().toNanos();
        while (connections.get() > 0 && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        workers.shutdownNow();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
