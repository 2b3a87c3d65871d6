package io.taktdb.runtime.tick;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.parallel.Workers;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.SystemSpec;
import java.util.ArrayList;
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

    void run(final SystemContext context) {
        for (final SystemRun<?> run : runs) {
            run.run(context);
        }
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }
}
