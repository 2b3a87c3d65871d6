package io.taktdb.bench.server;

import io.taktdb.bench.load.LoadClient;
import io.taktdb.bench.load.LoadResult;
import io.taktdb.bench.load.Requests;
import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Runs calls against our server and the bare one by turns. Threading: one thread. */
final class ServerBench {
    private static final String PEER = "netty-floor";
    private static final long NS_PER_MS = 1_000_000;
    private static final long SETTLE_NS = 300 * NS_PER_MS;
    private static final double NS_PER_US = 1e3;

    private final BenchPlan plan;
    private final LoadClient client;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    ServerBench(final BenchPlan plan, final LoadClient client, final Consumer<String> progress) {
        this.plan = plan;
        this.client = client;
        this.progress = progress;
    }

    /** All cases that are wanted. */
    List<Figure> run() {
        final List<CallCase> cases =
                CallCase.all().stream().filter(one -> plan.wants(one.name())).toList();
        if (cases.isEmpty()) {
            return figures;
        }
        try (Servers ours = Servers.bank(CallCase.ACCOUNTS, false);
                Servers floor = Servers.floor()) {
            for (final CallCase one : cases) {
                measure(one, ours, floor);
            }
        }
        return figures;
    }

    private void measure(final CallCase one, final Servers ours, final Servers floor) {
        run(one, ours, one.ours(), plan.warmUpNs());
        run(one, floor, one.floor(), plan.warmUpNs());
        final Side us = new Side();
        final Side them = new Side();
        for (int round = 0; round < plan.rounds(); round++) {
            measure(one, floor, one.floor(), them);
            measure(one, ours, one.ours(), us);
        }
        progress.accept(String.format(
                Locale.ROOT,
                "%-28s %9.0f/s  p50 %7.0f us  p99 %7.0f us  server cpu %5.2f us   floor %9.0f/s  cpu %5.2f us   %.2f",
                one.name(),
                us.rate.median(),
                us.p50.median(),
                us.p99.median(),
                us.cpu.median(),
                them.rate.median(),
                them.cpu.median(),
                us.rate.medianRatio(them.rate)));
        add(one.name(), us.rate.median(), "1/s", us.rate.medianRatio(them.rate));
        add(one.name() + ".p50", us.p50.median(), "us", us.p50.medianRatio(them.p50));
        add(one.name() + ".p99", us.p99.median(), "us", us.p99.medianRatio(them.p99));
        add(one.name() + ".cpu", us.cpu.median(), "us", us.cpu.medianRatio(them.cpu));
    }

    /** What one server came to, round by round. */
    private static final class Side {
        private final Samples rate = new Samples();
        private final Samples p50 = new Samples();
        private final Samples p99 = new Samples();
        private final Samples cpu = new Samples();
    }

    private void measure(final CallCase one, final Servers server, final Requests requests, final Side side) {
        final long startNs = System.nanoTime();
        final long cpuNs = server.cpuNs();
        final LoadResult result = run(one, server, requests, SETTLE_NS);
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        side.rate.add(result.perSecond());
        side.p50.add(result.p50Ns() / NS_PER_US);
        side.p99.add(result.p99Ns() / NS_PER_US);
        side.cpu.add((server.cpuNs() - cpuNs) / NS_PER_US / (result.perSecond() * seconds));
    }

    private LoadResult run(final CallCase one, final Servers server, final Requests requests, final long warmUpNs) {
        return client.run(server.port(), requests, one.connections(), one.window(), warmUpNs, plan.measureNs())
                .requireClean(one.name());
    }

    private void add(final String name, final double value, final String unit, final double ratio) {
        figures.add(new Figure(name, value, unit, PEER, ratio));
    }
}
