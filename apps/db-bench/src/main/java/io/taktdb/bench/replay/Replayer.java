package io.taktdb.bench.replay;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.tick.LoopConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes a recording again by the same door as a start does. Threading: one thread. */
final class Replayer {
    private Replayer() {}

    /** Hashes after each so many ticks, and of the end. */
    static List<Long> hashes(final Path file, final int workers, final int everyTicks) {
        final List<Long> hashes = new ArrayList<>();
        final LoopConfig loop = LoopConfig.atRate(60)
                .withWorkers(workers)
                .withAloneBelow(Duration.ZERO) // short systems too are spread over all workers
                .withHashTicks(0);
        final TaktConfig config = new TaktConfig(
                loop,
                new MemoryBudget(MemoryBudget.UNLIMITED),
                List.of(Recorder.world()),
                new Recorded(file, everyTicks, hashes));
        try (TaktDb db = TaktDb.openStepped(config, Recorder.START_MICROS);
                Lease lease = db.lease()) {
            hashes.add(StateHash.of(lease.state()));
        }
        return hashes;
    }
}
