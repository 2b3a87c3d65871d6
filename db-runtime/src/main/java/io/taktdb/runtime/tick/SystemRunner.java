package io.taktdb.runtime.tick;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.journal.JournalCommit;
import io.taktdb.runtime.parallel.Workers;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.SystemSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs all systems of a tick in the order of their registration, each over all chunks of its table.
 *
 * <p>Threading: tick thread; bodies on all workers.
 */
final class SystemRunner {
    private final List<SystemRun<? extends Chunk>> runs = new ArrayList<>();
    private final List<SystemSpec<?>> specs;
    private final SystemTimes[] times;

    SystemRunner(final Database database, final Workers workers, final List<SystemSpec<?>> systems) {
        specs = List.copyOf(systems);
        times = new SystemTimes[specs.size()];
        for (int i = 0; i < times.length; i++) {
            runs.add(new SystemRun<>(database, workers, specs.get(i)));
            times[i] = new SystemTimes();
        }
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
        int[] failed = JournalCommit.NO_SYSTEMS;
        int skip = 0;
        for (int i = 0; i < runs.size(); i++) {
            if (skip < skipped.length && skipped[skip] == i) {
                skip++;
            } else if (!timed(i, context)) {
                failed = Arrays.copyOf(failed, failed.length + 1);
                failed[failed.length - 1] = i;
            }
        }
        return failed;
    }

    private boolean timed(final int system, final SystemContext context) {
        final long startNs = System.nanoTime();
        final boolean stands = runs.get(system).run(context);
        times[system].add(System.nanoTime() - startNs, stands);
        return stands;
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
        return specs.get(system).name();
    }

    /** How long a system took in the newest tick. */
    long lastNs(final int system) {
        return times[system].lastNs();
    }

    /** What all cost so far. Any thread. */
    List<SystemFigures> figures() {
        final List<SystemFigures> figures = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            figures.add(times[i].figures(specs.get(i).name(), specs.get(i).table()));
        }
        return figures;
    }
}
