package io.taktdb.runtime.journal;

import java.util.List;

/**
 * The hash of a state that was committed.
 *
 * @param commit its number
 * @param tick its tick
 * @param hash of the whole state
 * @param tables of each table, by name
 */
public record HashedState(long commit, long tick, long hash, List<Table> tables) {
    /** The hash of one table. */
    public record Table(String name, long hash) {}

    public HashedState {
        tables = List.copyOf(tables);
    }

    /** The hash in hexadecimal. */
    public String text() {
        return String.format("%016x", hash);
    }
}
