package io.taktdb.runtime;

import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.command.CommandApplier;
import io.taktdb.runtime.command.KeyWindow;
import io.taktdb.runtime.journal.JournalStart;
import io.taktdb.runtime.journal.WorldSource;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.runtime.tick.Replay;
import io.taktdb.runtime.tick.TickLoop;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From what is stored to a loop that can start: load, replay, make what modules want and is not there, begin the
 * journal.
 *
 * <p>Threading: the opening thread.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    /** Instead of a time: the world has been there before. */
    private static final long NOT_NEW = -1;

    private Opening() {}

    /** Fills the database and publishes it. */
    static TickLoop loop(
            final TaktConfig config, final Registry registry, final Database database, final long nowMicros) {
        final KeyWindow keys = new KeyWindow();
        final WorldSource source = config.source();
        final long seed = source.seed();
        final ProcedureContext context = new ProcedureContext(database, registry, seed);
        final CommandApplier applier = new CommandApplier(database, registry, context, keys);
        final List<String> modules = registry.signature(config.modules());
        source.load(database);
        source.loadKeys(keys);
        if (source.commit() > 0) {
            database.commit(source.tick());
        }
        final long tick;
        final long timeMicros;
        try (Replay replay = new Replay(database, registry, applier, modules, config.loop(), seed)) {
            final long startNs = System.nanoTime();
            source.replay(replay);
            tick = replay.tick();
            timeMicros = replay.timeMicros();
            if (replay.commits() > 0) {
                LOG.info(
                        "replayed: commits={}, tick={}, ms={}",
                        replay.commits(),
                        tick,
                        (System.nanoTime() - startNs) / 1_000_000);
            }
        }
        final boolean hasChanged =
                prepare(database, registry, context, tick, source.commit() == 0 ? nowMicros : NOT_NEW);
        final long commit = database.states().newest().commit();
        config.journal().start(new JournalStart(commit, tick, seed, modules, hasChanged));
        return new TickLoop(config.loop(), database, registry, applier, config.journal(), seed, tick, timeMicros);
    }

    /** Makes what modules want and is not there. Returns whether anything was made. */
    private static boolean prepare(
            final Database database,
            final Registry registry,
            final ProcedureContext context,
            final long tick,
            final long nowMicros) {
        final boolean isNew = nowMicros != NOT_NEW;
        boolean hasChanged = isNew;
        for (final CreateTable table : registry.tables()) {
            if (database.schema().table(table.table()) == null) {
                database.change(table);
                hasChanged = true;
            }
        }
        if (isNew) {
            context.begin(tick, nowMicros, 0);
            for (final Consumer<ProcedureContext> body : registry.onCreate()) {
                body.accept(context);
            }
        }
        if (hasChanged) {
            database.commit(tick);
        }
        return hasChanged;
    }
}
