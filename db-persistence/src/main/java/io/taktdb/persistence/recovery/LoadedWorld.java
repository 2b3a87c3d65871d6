package io.taktdb.persistence.recovery;

import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.snapshot.SnapshotInfo;
import io.taktdb.persistence.snapshot.SnapshotReader;
import io.taktdb.runtime.journal.WorldSource;
import io.taktdb.types.schema.Schema;
import java.util.List;

/**
 * The world that a data folder holds, checked and ready to be loaded; or a new one.
 *
 * <p>Threading: the opening thread.
 */
public final class LoadedWorld implements WorldSource {
    private final SnapshotReader snapshot;
    private final long seed;
    private final List<String> warnings;

    private LoadedWorld(final SnapshotReader snapshot, final long seed, final List<String> warnings) {
        this.snapshot = snapshot;
        this.seed = seed;
        this.warnings = List.copyOf(warnings);
    }

    static LoadedWorld empty(final long seed) {
        return new LoadedWorld(null, seed, List.of());
    }

    /** A world from a snapshot that was checked. */
    public static LoadedWorld of(final SnapshotReader snapshot, final List<String> warnings) {
        return new LoadedWorld(snapshot, snapshot.seed(), warnings);
    }

    /** Whether nothing was stored. */
    public boolean isNew() {
        return snapshot == null;
    }

    /** The snapshot that the world comes from, or null for a new one. */
    public SnapshotInfo snapshot() {
        return isNew() ? null : snapshot.info();
    }

    @Override
    public long commit() {
        return isNew() ? 0 : snapshot.commit();
    }

    @Override
    public long tick() {
        return isNew() ? 0 : snapshot.tick();
    }

    @Override
    public long seed() {
        return seed;
    }

    public Schema schema() {
        return isNew() ? Schema.EMPTY : snapshot.schema();
    }

    /** What went wrong on the way and was got around, in words; empty when all is well. */
    public List<String> warnings() {
        return warnings;
    }

    /** Fills an empty database; the caller publishes it. */
    @Override
    public void load(final Database database) {
        if (!isNew()) {
            snapshot.load(database);
        }
    }
}
