package io.taktdb.persistence.recovery;

import io.taktdb.persistence.snapshot.SnapshotCatalog;
import io.taktdb.persistence.snapshot.SnapshotReader;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the world to start with.
 *
 * <ol>
 *   <li>No snapshot, and none that was set aside: a new world.
 *   <li>Each snapshot, newest first, is read and checked in full; the first valid one is the world. Those that failed
 *       are reported and set aside: what was committed after the valid one is lost, since there is no journal yet.
 *   <li>No valid one: STORAGE_DAMAGED. An empty world is never put in a damaged one's place.
 *   <li>A file that cannot be read at all, or that a newer version wrote, stops the start: it may be whole.
 * </ol>
 *
 * Threading: the opening thread.
 */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private Recovery() {}

    /**
     * The world of a data folder.
     *
     * @param newSeed the seed of a new world
     * @throws DbException STORAGE_DAMAGED no snapshot is valid; STORAGE_FAILED one cannot be read
     */
    public static LoadedWorld load(final DataFolder folder, final long newSeed) {
        final SnapshotCatalog snapshots = folder.snapshots();
        final List<DbException> faults = new ArrayList<>();
        final List<Long> damaged = new ArrayList<>();
        for (final long commit : snapshots.commits()) {
            try {
                final SnapshotReader reader = snapshots.open(commit);
                reader.verify();
                return LoadedWorld.of(reader, warn(folder, reader, damaged, faults));
            } catch (final DbException e) {
                if (e.code() != ErrorCode.STORAGE_DAMAGED) {
                    throw e;
                }
                faults.add(e);
                damaged.add(commit);
            }
        }
        if (faults.isEmpty() && snapshots.setAside().isEmpty()) {
            return LoadedWorld.empty(newSeed);
        }
        throw noneIsValid(folder, faults);
    }

    private static List<String> warn(
            final DataFolder folder,
            final SnapshotReader valid,
            final List<Long> damaged,
            final List<DbException> faults) {
        final List<String> warnings = new ArrayList<>();
        for (int i = 0; i < damaged.size(); i++) {
            folder.snapshots().setAside(damaged.get(i));
            warnings.add("snapshot " + damaged.get(i) + " is damaged and was set aside; the world starts from snapshot "
                    + valid.commit() + ", tick " + valid.tick() + ", what was committed after it is lost: "
                    + faults.get(i).getMessage());
        }
        warnings.forEach(LOG::warn);
        return warnings;
    }

    private static DbException noneIsValid(final DataFolder folder, final List<DbException> faults) {
        final DbException none = new DbException(
                ErrorCode.STORAGE_DAMAGED,
                "no snapshot is valid: folder=" + folder.path() + ", damaged="
                        + (faults.size() + folder.snapshots().setAside().size())
                        + (faults.isEmpty() ? "" : ", newest=[" + faults.get(0).getMessage() + "]")
                        + "; restore the folder from a copy, or move it away to start with an empty world",
                faults.isEmpty() ? null : faults.get(0));
        faults.stream().skip(1).forEach(none::addSuppressed);
        return none.with("folder", folder.path().toString());
    }
}
