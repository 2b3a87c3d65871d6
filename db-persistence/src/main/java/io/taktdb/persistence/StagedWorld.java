package io.taktdb.persistence;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.sqlite.SqliteImport;
import io.taktdb.runtime.journal.WorldSource;
import java.nio.file.Path;
import java.util.List;

/**
 * A stored world that is in memory beside the running one, checked in full, to be put into its place.
 *
 * <p>Threading: one thread.
 */
public final class StagedWorld implements AutoCloseable {
    private final Database database;
    private final Lease lease;
    private final String source;
    private final long seed;
    private final List<String> notes;

    private StagedWorld(final Database database, final long seed, final String source, final List<String> notes) {
        this.database = database;
        this.lease = database.lease();
        this.seed = seed;
        this.source = source;
        this.notes = List.copyOf(notes);
    }

    /**
     * Loads an SQLite file: a dump, or plain tables of another program.
     *
     * @throws io.taktdb.types.error.DbException INVALID_REQUEST, SCHEMA_MISMATCH or CONFLICT the file is not one that
     *     can be had; OUT_OF_MEMORY
     */
    public static StagedWorld ofSqlite(final Path file, final MemoryBudget budget) {
        final SqliteImport found = SqliteImport.open(file);
        final Database database = load(found, budget);
        return new StagedWorld(database, found.seed(), found.isDump() ? "dump" : "tables", found.notes());
    }

    static StagedWorld ofSnapshot(final WorldSource snapshot, final MemoryBudget budget) {
        return new StagedWorld(load(snapshot, budget), snapshot.seed(), "snapshot", List.of());
    }

    private static Database load(final WorldSource stored, final MemoryBudget budget) {
        final Database database = new Database(budget, Math.max(0, stored.commit() - 1), stored.tick());
        try {
            stored.load(database);
            database.commit(stored.tick());
            return database;
        } catch (final RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /** The world; until this is closed. */
    public State state() {
        return lease.state();
    }

    /** The seed of its random numbers. */
    public long seed() {
        return seed;
    }

    /** Where it comes from: {@code dump}, {@code tables} or {@code snapshot}. */
    public String source() {
        return source;
    }

    /** What could not be taken over, or has another name now, in words. */
    public List<String> notes() {
        return notes;
    }

    /** Returns the memory. */
    @Override
    public void close() {
        lease.close();
        database.close();
    }
}
