package io.taktdb.bench.server;

import io.taktdb.bench.load.LoadClient;
import io.taktdb.bench.load.LoadResult;
import io.taktdb.bench.load.Requests;
import io.taktdb.bench.report.Figure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** SET and GET of a Redis that is installed on the machine, without persistence. Threading: one thread. */
final class RedisBench {
    private static final String PROGRAM = "redis-server";
    private static final int CLIENTS = 64;
    private static final int PIPELINED = 16;
    private static final long START_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final double NS_PER_US = 1e3;

    private final BenchPlan plan;
    private final LoadClient client;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    RedisBench(final BenchPlan plan, final LoadClient client, final Consumer<String> progress) {
        this.plan = plan;
        this.client = client;
        this.progress = progress;
    }

    List<Figure> run() {
        if (!plan.wants("redis")) {
            return figures;
        }
        Process redis = null;
        try {
            final int port = freePort();
            redis = start(port);
            awaitOpen(port);
            measure(port, "redis.set", Requests.redis(i -> "SET account:" + i + " " + i));
            measure(port, "redis.get", Requests.redis(i -> "GET account:" + i));
        } catch (final IOException e) {
            progress.accept("redis: left out, it cannot be started here: " + e.getMessage());
            figures.add(new Figure("redis.skipped", 1, "runs", "redis", 1));
        } finally {
            if (redis != null) {
                redis.destroy();
            }
        }
        return figures;
    }

    private void measure(final int port, final String name, final Requests requests) {
        for (final int window : new int[] {1, PIPELINED}) {
            final LoadResult result = client.run(port, requests, CLIENTS, window, plan.warmUpNs(), plan.measureNs())
                    .requireClean(name);
            final String full = name + (window == 1 ? ".seq" : ".pipelined");
            progress.accept(String.format(
                    Locale.ROOT,
                    "%-28s %9.0f/s  p50 %7.0f us  p99 %7.0f us",
                    full,
                    result.perSecond(),
                    result.p50Ns() / NS_PER_US,
                    result.p99Ns() / NS_PER_US));
            figures.add(new Figure(full, result.perSecond(), "1/s", "redis", 1));
        }
    }

    private static Process start(final int port) throws IOException {
        return new ProcessBuilder(
                        PROGRAM,
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--appendonly",
                        "no")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitOpen(final int port) throws IOException {
        final long untilNs = System.nanoTime() + START_NS;
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (final IOException e) {
                if (System.nanoTime() - untilNs > 0) {
                    throw e;
                }
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }
}
