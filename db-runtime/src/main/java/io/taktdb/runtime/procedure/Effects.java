package io.taktdb.runtime.procedure;

import io.taktdb.core.table.RowReader;

/**
 * What a system may do beside its chunk: read tables that it declared, note effects on other rows, and add to totals.
 *
 * <p>Effects are kept per chunk and applied in the order of chunks after all of them ran, so that the result does not
 * depend on the number of workers. Threading: one worker, during one chunk.
 */
public interface Effects {
    /** For a system that declared neither tables nor effects: refuses all. */
    Effects NONE = new NoEffects();

    /** The most effects that one chunk may note in a tick. */
    int MAX_PER_CHUNK = 65_536;

    /**
     * Notes an effect, which {@link SystemPlan#effect} applies later.
     *
     * @param target what it is for, such as the id of a record
     * @throws io.taktdb.types.error.DbException LIMIT_EXCEEDED more than {@link #MAX_PER_CHUNK}; CONFLICT the system
     *     did not say how effects are applied
     */
    void emit(long target, long value);

    /**
     * Adds to a total.
     *
     * @param slot from 0 to {@link SystemPlan#totals} - 1
     */
    void sum(int slot, long value);

    /** Adds to a total of fractions: added within a chunk as they come, then chunk by chunk. */
    void sum(int slot, double value);

    /**
     * Rows of a declared table, as they are before the effects; the same flyweight each time.
     *
     * @throws io.taktdb.types.error.DbException CONFLICT the system did not declare it; TABLE_NOT_FOUND
     */
    RowReader reader(String table);
}
