package io.taktdb.bench.replay;

import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.journal.ReplayTarget;
import io.taktdb.runtime.journal.WorldSource;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.Registry;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A recording as the history of a world: begins as the recorded one began, and notes hashes on the way. Threading: the
 * opening thread.
 *
 * @param hashes gets the hash after each so many ticks
 */
record Recorded(Path file, int everyTicks, List<Long> hashes) implements WorldSource {
    @Override
    public long commit() {
        return 1;
    }

    @Override
    public long tick() {
        return 0;
    }

    @Override
    public long seed() {
        return WorldSource.NEW.seed();
    }

    /** As a new world is made. */
    @Override
    public void load(final Database database) {
        final Registry registry = new Registry();
        Recorder.world().register(registry);
        registry.tables().forEach(database::change);
        final ProcedureContext context = new ProcedureContext(database, registry, seed());
        context.begin(0, Recorder.START_MICROS, 0);
        registry.onCreate().forEach(body -> body.accept(context));
    }

    @Override
    public void replay(final ReplayTarget target) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (long tick = Recording.replay(in, target); tick >= 0; tick = Recording.replay(in, target)) {
                if (tick % everyTicks == 0) {
                    hashes.add(target.stateHash());
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("recording cannot be read: file=" + file, e);
        }
    }
}
