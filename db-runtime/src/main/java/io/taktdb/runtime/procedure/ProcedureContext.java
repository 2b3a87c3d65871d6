package io.taktdb.runtime.procedure;

import io.taktdb.core.transaction.Database;
import java.util.HashMap;
import java.util.Map;

/**
 * What a procedure may know and change: tables, tick, time, random numbers, who calls.
 *
 * <p>Everything in it is the same on a replay. Threading: tick thread, valid during the call only.
 */
public final class ProcedureContext {
    private final Database database;
    private final long seed;
    private final TickRandom random = new TickRandom();
    private final Map<String, ProcedureTable> tables = new HashMap<>();
    private long tick;
    private final CallWatch watch = new CallWatch();
    private final Registry registry;
    private final Schedules schedules;
    private long timeMicros;
    private Client client = Client.NONE;

    /**
     * A context of code that can schedule nothing.
     *
     * @param seed of the world
     */
    public ProcedureContext(final Database database, final long seed) {
        this(database, new Registry(), seed);
    }

    /**
     * @param registry of the procedures that can be scheduled
     * @param seed of the world
     */
    public ProcedureContext(final Database database, final Registry registry, final long seed) {
        this.database = database;
        this.registry = registry;
        this.seed = seed;
        this.schedules = new Schedules(database, this);
    }

    /**
     * Prepares the context for one call.
     *
     * @param command number of the command within its tick
     */
    public void begin(final long newTick, final long newTimeMicros, final long command) {
        tick = newTick;
        timeMicros = newTimeMicros;
        client = Client.NONE;
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

    /** Who calls; {@link Client#NONE} for the world itself. */
    public Client client() {
        return client;
    }

    /** Says who calls. The engine's business. */
    public void client(final Client caller) {
        client = caller;
    }

    /** Calls that the world makes to itself, later. */
    public Schedules schedules() {
        return schedules;
    }

    /** Ends the call here if it took longer than it may; for long loops that touch no table. */
    public void checkTime() {
        watch.check();
    }

    /** What is told when a call takes too long. The engine's business. */
    public CallWatch watch() {
        return watch;
    }

    /**
     * Calls another procedure as a part of this call: what one does stands or falls with the other.
     *
     * @return what it returns
     * @throws io.taktdb.types.error.DbException PROCEDURE_NOT_FOUND; SCHEMA_MISMATCH another record; or what it throws
     */
    public Object call(final String name, final Record parameters) {
        return procedure(name).within(this, parameters);
    }

    /** A procedure by name; PROCEDURE_NOT_FOUND. */
    Procedure<?, ?> procedure(final String name) {
        final Procedure<?, ?> found = registry.procedure(name);
        if (found == null) {
            throw registry.procedureNotFound(name);
        }
        return found;
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
        watch.check();
        final ProcedureTable known = tables.get(name);
        if (known != null && known.isOf(database.tableById(known.tableId()), name)) {
            return known;
        }
        final ProcedureTable table = new ProcedureTable(database.table(name), watch);
        tables.put(name, table);
        return table;
    }
}
