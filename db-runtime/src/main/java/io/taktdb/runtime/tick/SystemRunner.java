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

    SystemRunner(final Database database, final Workers workers, final List<SystemSpec<?>> systems) {
        for (final SystemSpec<?> system : systems) {
            runs.add(new SystemRun<>(database, workers, system));
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
            } else if (!runs.get(i).run(context)) {
                failed = Arrays.copyOf(failed, failed.length + 1);
                failed[failed.length - 1] = i;
            }
        }
        return failed;
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }
}
