package io.taktdb.bench.server;

import io.taktdb.bench.bank.BankWorld;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Transfers between accounts, each one call of a procedure over a WebSocket; at the end the sum of all balances must be
 * what it was. Threading: one thread.
 */
final class TransferBench {
    private static final int CLIENTS = 64;
    private static final int WINDOW = 40;
    private static final double ZIPF = 1.5;
    private static final long SEED = 42;
    private static final double NS_PER_US = 1e3;
    private static final Pattern SUM = Pattern.compile("\"balance\":(\\d+)");

    private final BenchPlan plan;
    private final LoadClient client;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    TransferBench(final BenchPlan plan, final LoadClient client, final Consumer<String> progress) {
        this.plan = plan;
        this.client = client;
        this.progress = progress;
    }

    List<Figure> run() {
        if (!List.of("transfer.durable.", "transfer.tick.", "transfer.sum").stream()
                .anyMatch(this::wantsSome)) {
            return figures;
        }
        try (Servers server = Servers.bank(CallCase.ACCOUNTS, false)) {
            for (final String ack : List.of("durable", "tick")) {
                measure(server, ack, "uniform", CLIENTS, WINDOW);
                measure(server, ack, "zipf", CLIENTS, WINDOW);
                measure(server, ack, "one", 1, 1);
            }
            checkSum(server.port());
        }
        return figures;
    }

    private boolean wantsSome(final String prefix) {
        return plan.only().isEmpty()
                || plan.only().stream().anyMatch(one -> one.startsWith(prefix) || prefix.startsWith(one));
    }

    private void measure(
            final Servers server, final String ack, final String kind, final int clients, final int window) {
        final String name = "transfer." + ack + '.' + kind;
        if (!plan.wants(name)) {
            return;
        }
        final Random random = new Random(SEED);
        final Zipf zipf = "zipf".equals(kind) ? new Zipf(CallCase.ACCOUNTS, ZIPF) : null;
        final Requests requests = Requests.socket("/ws?ack=" + ack, i -> {
            final int from = account(zipf, random);
            int to = account(zipf, random);
            while (to == from) {
                to = account(zipf, random);
            }
            return "{\"jsonrpc\":\"2.0\",\"method\":\"bank.transfer\",\"params\":{\"from\":" + from + ",\"to\":" + to
                    + ",\"amount\":1},\"id\":" + i + '}';
        });
        client.run(server.port(), requests, clients, window, 0, plan.warmUpNs());
        final LoadResult result =
                client.run(server.port(), requests, clients, window, plan.warmUpNs() / 4, plan.measureNs());
        if (result.lost() > 0) {
            throw new IllegalStateException("connections ended: case=" + name + ", count=" + result.lost());
        }
        progress.accept(String.format(
                Locale.ROOT,
                "%-28s %9.0f/s  p50 %7.0f us  p99 %7.0f us  refused for want of balance %d",
                name,
                result.perSecond(),
                result.p50Ns() / NS_PER_US,
                result.p99Ns() / NS_PER_US,
                result.refused()));
        add(name, result.perSecond(), "1/s");
        add(name + ".p50", result.p50Ns() / NS_PER_US, "us");
        add(name + ".p99", result.p99Ns() / NS_PER_US, "us");
    }

    private static int account(final Zipf zipf, final Random random) {
        return 1 + (zipf == null ? random.nextInt(CallCase.ACCOUNTS) : zipf.next(random));
    }

    private void checkSum(final int port) {
        final HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/rpc"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"method\":\"bank.sum\",\"id\":1}"))
                .build();
        final String answer;
        try {
            answer = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the balances were summed up", e);
        }
        final Matcher sum = SUM.matcher(answer);
        final long expected = CallCase.ACCOUNTS * BankWorld.BALANCE;
        if (!sum.find() || Long.parseLong(sum.group(1)) != expected) {
            throw new IllegalStateException("money was made or lost: expected=" + expected + ", answer=" + answer);
        }
        progress.accept("transfer.sum: " + expected + ", as at the start");
        figures.add(new Figure("transfer.sum", expected, "units", "start", 1));
    }

    private void add(final String name, final double value, final String unit) {
        figures.add(new Figure(name, value, unit, "itself", 1));
    }
}
