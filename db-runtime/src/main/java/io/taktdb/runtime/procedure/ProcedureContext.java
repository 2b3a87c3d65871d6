package io.taktdb.runtime.procedure;

import io.taktdb.core.transaction.Database;
import java.util.HashMap;
import java.util.Map;

/**
 * What a procedure may know and change: tables, tick, time, random numbers.
 *
 * <p>Everything in it is the same on a replay. Threading: tick thread, valid during the call only.
 */
public final class ProcedureContext {
    private final Database database;
    private final long seed;
    private final TickRandom random = new TickRandom();
    private final Map<String, ProcedureTable> tables = new HashMap<>();
    private long tick;
    private long timeMicros;

    /**
     * @param seed of the world
     */
    public ProcedureContext(final Database database, final long seed) {
        this.database = database;
        this.seed = seed;
    }

    /**
     * Prepares the context for one call.
     *
     * @param command number of the command within its tick
     */
    public void begin(final long newTick, final long newTimeMicros, final long command) {
        tick = newTick;
        timeMicros = newTimeMicros;
        random.seed(seed, newTick, command);
    }

    /** The running tick, from 1. */
    public long tick() {
        return tick;
    }

    /** Microseconds since 1970-01-01T00:00:00Z at the start of the tick. */
    public long timeMicros() {
        return timeMicros;
    }

    /** Random numbers of this call. */
    public TickRandom random() {
        return random;
    }

    /**
     * A table of the running version.
     *
     * @throws io.taktdb.types.error.DbException TABLE_NOT_FOUND
     */
    public ProcedureTable table(final String name) {
        final ProcedureTable known = tables.get(name);
        if (known != null && known.isOf(database.tableById(known.tableId()), name)) {
            return known;
        }
        final ProcedureTable table = new ProcedureTable(database.table(name));
        tables.put(name, table);
        return table;
    }
}
