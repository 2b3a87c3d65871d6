package io.taktdb.persistence.journal;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.recovery.DataFolder;
import io.taktdb.persistence.recovery.LoadedWorld;
import io.taktdb.persistence.recovery.Recovery;
import io.taktdb.runtime.command.CommandApplier;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.runtime.tick.Replay;
import java.util.List;

/** Loads and replays a stored world without running it. */
final class Replays {
    private Replays() {}

    /** State hash and commit that a start would begin with. */
    static long[] hashAndCommit(final SimulatedDisk disk) {
        try (DataFolder folder = DataFolder.open(disk, JournalledWorld.FOLDER)) {
            final LoadedWorld world = Recovery.load(folder, JournalledWorld.SEED, false);
            final Registry registry = new Registry();
            final JournalledWorld.Module module = new JournalledWorld.Module("1");
            module.register(registry);
            try (Database database = new Database(
                    new MemoryBudget(MemoryBudget.UNLIMITED), Math.max(0, world.commit() - 1), world.tick())) {
                world.load(database);
                database.commit(world.tick());
                final CommandApplier applier =
                        new CommandApplier(database, registry, new ProcedureContext(database, world.seed()));
                try (Replay replay = new Replay(
                        database,
                        registry,
                        applier,
                        registry.signature(List.of(module)),
                        LoopConfig.atRate(60).withWorkers(2),
                        world.seed())) {
                    world.replay(replay);
                    return new long[] {
                        replay.stateHash(), database.states().newest().commit()
                    };
                }
            }
        }
    }
}
