package io.taktdb.runtime.procedure;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.function.Consumer;

/**
 * Where a module says what it brings. Threading: the opening thread, during {@link WorldModule#register}.
 */
public interface WorldRegistry {
    /** A table that must exist: made at start if there is none of that name. */
    void table(CreateTable table);

    /** Code that runs once in the life of a world, in its first tick, as one transaction. */
    void onCreate(Consumer<ProcedureContext> body);

    /** Code that runs each time the engine starts with the world, before anything else, as one transaction. */
    void onOpen(Consumer<ProcedureContext> body);

    /** Code that runs when a client has connected, as one transaction; {@link ProcedureContext#client} says who. */
    void onConnect(Consumer<ProcedureContext> body);

    /**
     * Code that runs when a client has gone, as one transaction; {@link ProcedureContext#client} says who. Not for
     * those that were connected when the engine ended without a stop: {@link #onOpen} is the place to clear up after
     * them.
     */
    void onDisconnect(Consumer<ProcedureContext> body);

    /**
     * A procedure that clients call by name.
     *
     * @param name e.g. {@code world.damage}; unique; names that start with {@code rpc.} are reserved
     * @param description one sentence
     * @param parameters a record, whose components are the parameters, see {@link RecordShape}
     * @param result what the body returns: a record, a list of records, a scalar, a string, or {@code Void.class}
     */
    <P extends Record, R> void procedure(
            String name, String description, Class<P> parameters, Class<R> result, ProcedureBody<P, R> body);

    /**
     * Code that runs every tick over all chunks of one table, on all workers.
     *
     * @param chunk an interface of accessors; its setters say which fields the system writes
     */
    default <C extends Chunk> void system(
            final String name, final String table, final Class<C> chunk, final SystemBody<C> body) {
        system(SystemPlan.of(name, table, chunk, body));
    }

    /** Code that runs every tick, with all that it touches besides its own rows. */
    <C extends Chunk> void system(SystemPlan<C> plan);
}
