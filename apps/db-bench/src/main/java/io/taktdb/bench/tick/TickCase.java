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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Measures one case. Threading: one thread. */
final class TickCase {
    private static final String PEER = "plain-loop";
    private static final int WARM_UP_SECONDS = 1;
    private static final int WRITES = 20_000;

    /** With so many rows and rounds a tick computes for some milliseconds, in what the caches hold. */
    private static final int COMPUTE_ROWS = 50_000;

    private static final int THOUGHTS = 40;
    private static final double NS_PER_US = 1e3;

    private final String name;
    private final int seconds;
    private final int rows;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * @param name such as {@code 60-idle}, {@code work-2} or {@code arrival}
     * @param seconds to measure
     * @param rows of the large world
     */
    TickCase(final String name, final int seconds, final int rows) {
        this.name = name;
        this.seconds = seconds;
        this.rows = rows;
    }

    List<Figure> run() {
        final String[] parts = name.split("-", -1);
        switch (parts[0]) {
            case "work" -> work(Integer.parseInt(parts[1]), rows, 0);
            case "compute" -> work(Integer.parseInt(parts[1]), Math.min(rows, COMPUTE_ROWS), THOUGHTS);
            case "arrival" -> arrival();
            default -> latenessOf(Integer.parseInt(parts[0]), parts[1]);
        }
        return figures;
    }

    private void latenessOf(final int rate, final String kind) {
        switch (kind) {
            case "idle" -> lateness(rate, kind, 1_000, Load.Kind.NONE);
            case "movers" -> lateness(rate, kind, rows, Load.Kind.NONE);
            case "commands" -> lateness(rate, kind, 1_000, Load.Kind.COMMANDS);
            case "snapshot" -> lateness(rate, kind, rows, Load.Kind.SNAPSHOT);
            default -> throw new IllegalArgumentException("no such case: case=" + name);
        }
    }

    private void lateness(final int rate, final String load, final int worldRows, final Load.Kind kind) {
        final Histogram ours = new Histogram(1, 60_000_000_000L, 3);
        final Histogram theirs;
        try (TaktDb db = open(rate, worldRows, Runtime.getRuntime().availableProcessors());
                Load running = new Load(db, kind)) {
            running.start();
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
        }
        final String prefix = "lateness." + rate + "hz." + load + '.';
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

    private void work(final int workers, final int worldRows, final int thoughts) {
        try (TaktDb db = open(60, worldRows, thoughts, workers)) {
            pause(WARM_UP_SECONDS + Math.max(seconds, 3)); // the slow ticks of the start are few then
            final TickFigures now = db.tickFigures();
            for (final Stage stage : Stage.values()) {
                final double p50 = now.stages().get(stage).p50Ns() / NS_PER_US;
                figures.add(new Figure(stage.name().toLowerCase(Locale.ROOT), p50, "us", "itself", 1));
            }
        }
    }

    private void arrival() {
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
        return open(rate, rows, 0, workers);
    }

    private static TaktDb open(final int rate, final int rows, final int thoughts, final int workers) {
        return TaktDb.open(TaktConfig.inMemory(new MoverWorld(rows, thoughts))
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
}
