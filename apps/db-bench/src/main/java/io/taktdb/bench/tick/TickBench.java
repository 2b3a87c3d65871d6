package io.taktdb.bench.tick;

import io.taktdb.bench.report.Figure;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.runtime.tick.Stage;
import io.taktdb.runtime.tick.TickFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** All cases, one after the other. Threading: one thread. */
final class TickBench {
    private static final String PEER = "plain-loop";
    private static final int WARM_UP_SECONDS = 1;
    private static final int WRITES = 20_000;
    private static final double NS_PER_US = 1e3;

    private final int seconds;
    private final int rows;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * @param seconds of each case
     * @param rows of the large world
     */
    TickBench(final int seconds, final int rows, final Consumer<String> progress) {
        this.seconds = seconds;
        this.rows = rows;
        this.progress = progress;
    }

    void run() {
        for (final int rate : new int[] {60, 120}) {
            lateness(rate, "idle", 1_000, Load.Kind.NONE);
            lateness(rate, "movers", rows, Load.Kind.NONE);
            lateness(rate, "commands", 1_000, Load.Kind.COMMANDS);
            lateness(rate, "snapshot", rows / 4, Load.Kind.SNAPSHOT);
        }
        work();
        arrival();
    }

    private void lateness(final int rate, final String name, final int worldRows, final Load.Kind kind) {
        progress.accept("lateness at " + rate + " Hz, " + name);
        final Histogram ours = new Histogram(1, 60_000_000_000L, 3);
        final Histogram theirs;
        try (TaktDb db = open(rate, worldRows, Runtime.getRuntime().availableProcessors());
                Load load = new Load(db, kind)) {
            final PlainLoop warmUp = new PlainLoop(rate);
            warmUp.start();
            pause(WARM_UP_SECONDS);
            warmUp.stop();
            final PlainLoop plain = new PlainLoop(rate);
            plain.start();
            final AtomicReference<Histogram> sink = new AtomicReference<>(ours);
            db.onTick(() -> {
                final Histogram now = sink.get();
                if (now != null) {
                    now.recordValue(Math.max(0, db.latenessNs()));
                }
            });
            pause(seconds);
            sink.set(null);
            theirs = plain.stop();
            progress.accept("overruns: " + db.status().overruns() + ", held: "
                    + db.status().heldRate() + " Hz");
        }
        final String prefix = "lateness." + rate + "hz." + name + '.';
        final Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put("p50", 50.0);
        percentiles.put("p99", 99.0);
        percentiles.put("p99.9", 99.9);
        percentiles.put("max", 100.0);
        percentiles.forEach((label, percentile) -> add(
                prefix + label,
                ours.getValueAtPercentile(percentile) / NS_PER_US,
                PEER,
                theirs.getValueAtPercentile(percentile) / NS_PER_US));
    }

    private void work() {
        final List<TickFigures> byWorkers = new ArrayList<>();
        for (int workers = 1; workers <= 2; workers++) {
            progress.accept("work of " + rows + " moving rows, workers: " + workers);
            try (TaktDb db = open(60, rows, workers)) {
                pause(Math.max(seconds, 3)); // the slow ticks of the start are few then
                byWorkers.add(db.tickFigures());
            }
        }
        for (final Stage stage : Stage.values()) {
            final double one = byWorkers.get(0).stages().get(stage).p50Ns() / NS_PER_US;
            final double two = byWorkers.get(1).stages().get(stage).p50Ns() / NS_PER_US;
            add("work." + stage.name().toLowerCase(java.util.Locale.ROOT) + ".2-workers.p50", two, "1-worker", one);
        }
    }

    private void arrival() {
        progress.accept("one caller, one write after the other");
        final Histogram latency = new Histogram(1, 60_000_000_000L, 3);
        try (TaktDb db = open(60, 1_000, 1)) {
            final Caller caller = new Caller(db);
            caller.write(WRITES, new Histogram(1, 60_000_000_000L, 3));
            caller.write(WRITES, latency);
        }
        final double hop = ThreadHop.medianNs(WRITES) / NS_PER_US;
        add("arrival.write.p50", latency.getValueAtPercentile(50) / NS_PER_US, "thread-hop", hop);
        add("arrival.write.p99", latency.getValueAtPercentile(99) / NS_PER_US, "thread-hop", hop);
    }

    private static TaktDb open(final int rate, final int rows, final int workers) {
        return TaktDb.open(TaktConfig.inMemory(new MoverWorld(rows))
                .withLoop(LoopConfig.atRate(rate).withWorkers(workers)));
    }

    private static void pause(final long seconds) {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(untilNs - System.nanoTime());
        }
    }

    private void add(final String name, final double value, final String peer, final double theirs) {
        figures.add(new Figure(name, value, "us", peer, value / Math.max(0.001, theirs)));
    }

    /** What was measured so far. */
    List<Figure> figures() {
        return List.copyOf(figures);
    }
}
