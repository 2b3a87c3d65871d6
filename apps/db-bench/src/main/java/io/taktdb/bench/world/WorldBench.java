package io.taktdb.bench.world;

import io.taktdb.bench.report.Figure;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.runtime.tick.Stage;
import io.taktdb.runtime.tick.SystemFigures;
import io.taktdb.runtime.tick.TickFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A battle of some ticks, run as fast as it goes, and what its ticks cost. Threading: one thread.
 */
public final class WorldBench {
    /** 2025-01-01T00:00:00Z in microseconds. */
    private static final long START_MICROS = 1_735_689_600_000_000L;

    private static final long TICK_MICROS = 1_000_000 / 60;
    private static final double NS_PER_US = 1e3;

    private final int rows;
    private final int ticks;

    /** @param ticks to be measured, after as many to warm up */
    public WorldBench(final int rows, final int ticks) {
        this.rows = rows;
        this.ticks = ticks;
    }

    /**
     * What came out of a run.
     *
     * @param hash of the last state
     * @param rows that it has
     * @param ids the highest id: what it is more than the rows has died
     * @param times in microseconds a tick, by name: {@code tick}, stages, systems
     */
    public record Outcome(long hash, long rows, long ids, Map<String, Double> times) {
        public Outcome {
            times = new LinkedHashMap<>(times);
        }
    }

    /** Runs the battle. */
    public Outcome run(final int workers) {
        final LoopConfig loop = LoopConfig.atRate(60).withWorkers(workers).withHashTicks(0);
        try (TaktDb db =
                TaktDb.openStepped(TaktConfig.inMemory(new Battle(rows)).withLoop(loop), START_MICROS)) {
            for (int tick = 1; tick <= ticks; tick++) {
                db.tick(START_MICROS + tick * TICK_MICROS);
            }
            final Map<String, Long> before = systems(db);
            final long startNs = System.nanoTime();
            for (int tick = ticks + 1; tick <= 2 * ticks; tick++) {
                db.tick(START_MICROS + tick * TICK_MICROS);
            }
            final double tickUs = (System.nanoTime() - startNs) / NS_PER_US / ticks;
            try (Lease lease = db.lease()) {
                final TableState units = lease.state().table(Battle.UNIT);
                return new Outcome(
                        StateHash.of(lease.state()), units.rowCount(), lastId(units), times(db, before, tickUs));
            }
        }
    }

    private static long lastId(final TableState units) {
        long last = 0;
        final RowReader row = units.reader();
        for (long i = 0; row.seekRow(i); i++) {
            last = Math.max(last, row.id());
        }
        return last;
    }

    private Map<String, Double> times(final TaktDb db, final Map<String, Long> before, final double tickUs) {
        final TickFigures figures = db.tickFigures();
        final Map<String, Double> times = new LinkedHashMap<>();
        times.put("tick", tickUs);
        for (final Stage stage : Stage.values()) {
            times.put(
                    stage.name().toLowerCase(Locale.ROOT),
                    figures.stages().get(stage).p50Ns() / NS_PER_US);
        }
        systems(db).forEach((name, ns) -> times.put("system." + name, (ns - before.get(name)) / NS_PER_US / ticks));
        return times;
    }

    private static Map<String, Long> systems(final TaktDb db) {
        final Map<String, Long> totals = new LinkedHashMap<>();
        for (final SystemFigures system : db.tickFigures().systems()) {
            totals.put(system.name(), system.totalNs());
        }
        return totals;
    }

    /** Figures of a run beside the same run with one worker. */
    static List<Figure> figures(final int workers, final Outcome one, final Outcome many) {
        final List<Figure> figures = new ArrayList<>();
        many.times()
                .forEach((name, us) -> figures.add(new Figure(
                        "world." + name + '.' + workers + "-workers",
                        us,
                        "us",
                        "1-worker",
                        us / Math.max(0.001, one.times().get(name)))));
        return figures;
    }
}
