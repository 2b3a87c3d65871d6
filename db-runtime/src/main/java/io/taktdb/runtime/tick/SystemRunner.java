package io.taktdb.runtime.tick;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.journal.JournalCommit;
import io.taktdb.runtime.parallel.Workers;
import io.taktdb.runtime.procedure.CallWatch;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.SystemPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs all systems of a tick, each over all chunks of its table: as if one after the other, in the order of their
 * registration.
 *
 * <p>Systems in a row that cannot meet form a wave; the chunks of a wave are run side by side. Waves with little to do
 * stay on the tick thread, since waking a worker costs more than it brings. Threading: tick thread; bodies on all
 * workers.
 */
final class SystemRunner {
    /** Numbers of systems' transactions, apart from those of commands. */
    private static final long FIRST_NUMBER = -1L << 32;

    private final CallWatch watch;
    private final Workers workers;
    private final long aloneBelowNs;
    private final List<SystemRun<? extends Chunk>> runs = new ArrayList<>();
    private final List<SystemPlan<?>> plans;
    private final SystemTimes[] times;
    private final int[] waveEnds;
    private final boolean[] skips;

    SystemRunner(
            final Database database,
            final Workers workers,
            final List<SystemPlan<?>> systems,
            final LoopConfig config,
            final CallWatch watch) {
        this.watch = watch;
        this.workers = workers;
        aloneBelowNs = config.aloneBelow().toNanos();
        plans = List.copyOf(systems);
        times = new SystemTimes[plans.size()];
        skips = new boolean[plans.size()];
        for (int i = 0; i < times.length; i++) {
            runs.add(new SystemRun<>(database, workers.count(), plans.get(i)));
            times[i] = new SystemTimes();
        }
        waveEnds = waves(plans);
    }

    /** For each wave, the position behind its last system. */
    static int[] waves(final List<SystemPlan<?>> plans) {
        final List<Integer> ends = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= plans.size(); i++) {
            if (i == plans.size() || meetsOne(plans.subList(start, i), plans.get(i))) {
                ends.add(i);
                start = i;
            }
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }

    private static boolean meetsOne(final List<SystemPlan<?>> wave, final SystemPlan<?> next) {
        return wave.stream().anyMatch(next::meets);
    }

    /**
     * Runs them.
     *
     * @return positions of those whose run was taken back, in order
     */
    int[] run(final SystemContext context) {
        return run(context, JournalCommit.NO_SYSTEMS);
    }

    /**
     * Runs all but some.
     *
     * @param skipped positions, in order
     * @return positions of those whose run was taken back, in order
     */
    int[] run(final SystemContext context, final int[] skipped) {
        Arrays.fill(skips, false);
        for (final int system : skipped) {
            skips[system] = true;
        }
        int[] failed = JournalCommit.NO_SYSTEMS;
        int start = 0;
        for (final int end : waveEnds) {
            failed = runWave(context, start, end, failed);
            start = end;
        }
        return failed;
    }

    private int[] runWave(final SystemContext context, final int start, final int end, final int[] failedBefore) {
        final long startNs = System.nanoTime();
        int pieces = 0;
        long expectedNs = 0;
        for (int i = start; i < end; i++) {
            if (!skips[i]) {
                pieces += runs.get(i).begin(context);
                expectedNs += runs.get(i).expectedNs();
            }
        }
        if (pieces > 0) {
            watch.begin(name(start), false);
            workers.run(pieces, expectedNs < aloneBelowNs, (worker, piece) -> runPiece(worker, piece, start));
            watch.end();
        }
        int[] failed = failedBefore;
        for (int i = start; i < end; i++) {
            if (!skips[i]) {
                final boolean stands = runs.get(i).end(FIRST_NUMBER - i);
                final long ns = end - start == 1
                        ? System.nanoTime() - startNs
                        : runs.get(i).busyNs();
                times[i].add(ns, runs.get(i).failure());
                if (!stands) {
                    failed = Arrays.copyOf(failed, failed.length + 1);
                    failed[failed.length - 1] = i;
                }
            }
        }
        return failed;
    }

    /** Finds the chunk of a piece: the wave's systems have them one behind the other. */
    private void runPiece(final int worker, final int piece, final int start) {
        int system = start;
        int chunk = piece;
        while (skips[system] || chunk >= runs.get(system).chunks()) {
            chunk -= skips[system] ? 0 : runs.get(system).chunks();
            system++;
        }
        runs.get(system).run(worker, chunk);
    }

    /** Position of the system that took longest in the newest tick; -1 when there is none. */
    int longest() {
        int longest = -1;
        for (int i = 0; i < times.length; i++) {
            if (longest < 0 || times[i].lastNs() > times[longest].lastNs()) {
                longest = i;
            }
        }
        return longest;
    }

    /** Name of a system. */
    String name(final int system) {
        return plans.get(system).spec().name();
    }

    /** How long a system took in the newest tick. */
    long lastNs(final int system) {
        return times[system].lastNs();
    }

    /** What all cost so far. Any thread. */
    List<SystemFigures> figures() {
        final List<SystemFigures> figures = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            figures.add(times[i].figures(name(i), plans.get(i).spec().table()));
        }
        return figures;
    }
}
