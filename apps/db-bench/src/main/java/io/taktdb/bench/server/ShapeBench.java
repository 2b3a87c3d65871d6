package io.taktdb.bench.server;

import io.taktdb.bench.load.Crowd;
import io.taktdb.bench.load.LoadClient;
import io.taktdb.bench.load.LoadResult;
import io.taktdb.bench.load.Requests;
import io.taktdb.bench.report.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads of a kind of their own: many that listen, many that do nothing, and some that do harm. Threading: one thread.
 */
final class ShapeBench {
    private static final int SMALL_WORLD = 1_000;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE_NS = 30 * SECOND_NS;
    private static final double NS_PER_US = 1e3;
    private static final double MIB = 1 << 20;
    private static final int OTHERS = 8;
    private static final int SLOW = 1_000;
    private static final int DEAF = 100;
    private static final Pattern CONNECTIONS = Pattern.compile("\"connections\":(\\d+)");

    private final BenchPlan plan;
    private final LoadClient client;
    private final Consumer<String> progress;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Figure> figures = new ArrayList<>();

    ShapeBench(final BenchPlan plan, final LoadClient client, final Consumer<String> progress) {
        this.plan = plan;
        this.client = client;
        this.progress = progress;
    }

    List<Figure> run() {
        if (plan.wants("subscribers")) {
            subscribers();
        }
        if (plan.wants("idle")) {
            idle();
        }
        if (plan.wants("hostile")) {
            hostile();
        }
        return figures;
    }

    private void subscribers() {
        final int count = plan.shrunk(1_000);
        try (Servers server = Servers.bank(SMALL_WORLD, true);
                Crowd crowd = new Crowd()) {
            final long[] alone = lateness(server);
            crowd.openSockets(
                    server.port(),
                    count,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"subscribe\",\"params\":{\"table\":\"mover\"},\"id\":1}");
            pause(plan.warmUpNs());
            server.latenessNs();
            final long frames = crowd.frames();
            final long bytes = crowd.bytes();
            final long cpuNs = server.cpuNs();
            final long startNs = System.nanoTime();
            pause(plan.shapeNs());
            final double seconds = (System.nanoTime() - startNs) / 1e9;
            final double rate = (crowd.frames() - frames) / seconds;
            final double cpu = (server.cpuNs() - cpuNs) / 1e9 / seconds;
            final long[] late = server.latenessNs();
            progress.accept(String.format(
                    Locale.ROOT,
                    "subscribers: %d to 100 rows at 60 Hz: %.0f messages/s, %.1f MiB/s, server cpu %.2f processors;"
                            + " lateness p50 %.1f us, p99 %.0f us (alone %.1f us, %.0f us)",
                    count,
                    rate,
                    (crowd.bytes() - bytes) / MIB / seconds,
                    cpu,
                    late[0] / NS_PER_US,
                    late[1] / NS_PER_US,
                    alone[0] / NS_PER_US,
                    alone[1] / NS_PER_US));
            add("subscribers.messages", rate, "1/s", "wanted", rate / (60.0 * count));
            add("subscribers.cpu", cpu, "processors", "itself", 1);
            addLateness("subscribers", late, alone);
        }
    }

    private void idle() {
        final int count = plan.shrunk(10_000);
        try (Servers server = Servers.bank(SMALL_WORLD, false);
                Crowd crowd = new Crowd()) {
            crowd.openSockets(server.port(), Math.min(100, count), null); // what the first connections load
            final long[] alone = lateness(server);
            final long before = server.memoryBytes();
            crowd.openSockets(server.port(), count, null);
            pause(plan.warmUpNs());
            final double added = (server.memoryBytes() - before) / MIB;
            final long[] late = lateness(server);
            progress.accept(String.format(
                    Locale.ROOT,
                    "idle: %d WebSockets add %.1f MiB; lateness p50 %.1f us, p99 %.0f us (alone %.1f us, %.0f us)",
                    count,
                    added,
                    late[0] / NS_PER_US,
                    late[1] / NS_PER_US,
                    alone[0] / NS_PER_US,
                    alone[1] / NS_PER_US));
            add("idle.memory", added, "MiB", "limit", added / 150);
            addLateness("idle", late, alone);
        }
    }

    private void hostile() {
        try (Servers server = Servers.bank(SMALL_WORLD, false);
                Crowd crowd = new Crowd()) {
            final Requests reads = Requests.http("GET", i -> "/v1/tables/account/records/" + (1 + i % 999), i -> null);
            final LoadResult alone = others(server, reads);
            final long open = connections(server);
            final byte[] list = "GET /v1/tables/account/records?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);
            crowd.openDripping(server.port(), plan.shrunk(SLOW));
            crowd.openDeaf(server.port(), plan.shrunk(DEAF), list, 200);
            final long startNs = System.nanoTime(); // of the youngest of them
            final LoadResult besides = others(server, reads);
            while (connections(server) > open && System.nanoTime() - startNs < PATIENCE_NS) {
                pause(POLL_NS);
            }
            final double seconds = (System.nanoTime() - startNs) / 1e9;
            final long left = connections(server) - open;
            progress.accept(String.format(
                    Locale.ROOT,
                    "hostile: %d slow senders and %d that never read: all but %d closed after %.1f s; others p99"
                            + " %.0f us (alone %.0f us)",
                    plan.shrunk(SLOW),
                    plan.shrunk(DEAF),
                    left,
                    seconds,
                    besides.p99Ns() / NS_PER_US,
                    alone.p99Ns() / NS_PER_US));
            add("hostile.closed", seconds, "s", "limit", seconds / 10);
            add("hostile.left", (double) left, "connections", "limit", (double) left);
            add(
                    "hostile.others.p99",
                    besides.p99Ns() / NS_PER_US,
                    "us",
                    "alone",
                    (double) besides.p99Ns() / alone.p99Ns());
        }
    }

    /** What well-behaved clients see. */
    private LoadResult others(final Servers server, final Requests reads) {
        return client.run(server.port(), reads, OTHERS, 1, plan.warmUpNs(), plan.shapeNs())
                .requireClean("hostile.others");
    }

    private long connections(final Servers server) {
        final HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/v1/status"))
                .build();
        try {
            final Matcher found = CONNECTIONS.matcher(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
            if (!found.find()) {
                throw new IllegalStateException("status says nothing of connections");
            }
            return Long.parseLong(found.group(1));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the connections were counted", e);
        }
    }

    private long[] lateness(final Servers server) {
        server.latenessNs();
        pause(plan.shapeNs());
        return server.latenessNs();
    }

    private void addLateness(final String name, final long[] late, final long[] alone) {
        add(name + ".lateness.p50", late[0] / NS_PER_US, "us", "alone", (double) late[0] / Math.max(1, alone[0]));
        add(name + ".lateness.p99", late[1] / NS_PER_US, "us", "alone", (double) late[1] / Math.max(1, alone[1]));
    }

    private static void pause(final long ns) {
        final long untilNs = System.nanoTime() + ns;
        while (System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(untilNs - System.nanoTime());
        }
    }

    private void add(final String name, final double value, final String unit, final String peer, final double ratio) {
        figures.add(new Figure(name, value, unit, peer, ratio));
    }
}
