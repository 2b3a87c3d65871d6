package io.taktdb.persistence.recovery;

import io.taktdb.persistence.journal.JournalPlan;
import io.taktdb.persistence.journal.JournalPlanner;
import io.taktdb.persistence.journal.SegmentCatalog;
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
 *   <li>No snapshot, none that was set aside, and no journal that anybody was told of: a new world.
 *   <li>Each snapshot, newest first, is read and checked in full; the first valid one is the world, together with the
 *       journal behind it. Those that failed are set aside. If there is a journal, it must reach as far as they did:
 *       else what it lacks is lost, and the start is refused. Without a journal the loss is reported.
 *   <li>No valid one: STORAGE_DAMAGED. An empty world is never put in a damaged one's place.
 *   <li>A file that cannot be read at all, or that a newer version wrote, stops the start: it may be whole.
 *   <li>A journal that is damaged where it was acknowledged stops the start. {@code --salvage} gives up what is damaged
 *       and what follows it, and says what that is.
 * </ol>
 *
 * Nothing is changed before all of it was checked, but for the names of damaged snapshots. Threading: the opening
 * thread.
 */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final DataFolder folder;
    private final long newSeed;
    private final boolean isSalvage;
    private final List<DbException> faults = new ArrayList<>();
    private final List<Long> damaged = new ArrayList<>();

    private Recovery(final DataFolder folder, final long newSeed, final boolean isSalvage) {
        this.folder = folder;
        this.newSeed = newSeed;
        this.isSalvage = isSalvage;
    }

    /**
     * The world of a data folder.
     *
     * @param newSeed the seed of a new world
     * @param isSalvage whether what is damaged may be given up
     * @throws DbException STORAGE_DAMAGED no snapshot is valid, or the journal is damaged; STORAGE_FAILED a file cannot
     *     be read
     */
    public static LoadedWorld load(final DataFolder folder, final long newSeed, final boolean isSalvage) {
        return new Recovery(folder, newSeed, isSalvage).run();
    }

    private LoadedWorld run() {
        final SnapshotReader snapshot = newestValid();
        final SegmentCatalog journal = folder.journal();
        if (snapshot == null) {
            if (!faults.isEmpty() || !folder.snapshots().setAside().isEmpty()) {
                throw noneIsValid();
            }
            final JournalPlan plan = JournalPlanner.plan(journal, 0, false);
            return world(null, newSeed, plan, new ArrayList<>(plan.warnings()));
        }
        final JournalPlan plan = JournalPlanner.plan(journal, snapshot.commit(), isSalvage);
        requireOneWorld(plan, snapshot);
        final boolean isCovered = damaged.isEmpty() || plan.lastCommit() >= damaged.get(0);
        final boolean hasJournal = !journal.numbers().isEmpty();
        if (!isCovered && hasJournal && !isSalvage) {
            throw notCovered(snapshot, plan);
        }
        final List<String> warnings = new ArrayList<>(plan.warnings());
        setAside(snapshot, isCovered, warnings);
        return world(snapshot, snapshot.seed(), plan, warnings);
    }

    private LoadedWorld world(
            final SnapshotReader snapshot, final long seed, final JournalPlan plan, final List<String> warnings) {
        warnings.forEach(LOG::warn);
        return new LoadedWorld(folder.storage(), snapshot, seed, plan, warnings, isSalvage);
    }

    private SnapshotReader newestValid() {
        final SnapshotCatalog snapshots = folder.snapshots();
        for (final long commit : snapshots.commits()) {
            try {
                final SnapshotReader reader = snapshots.open(commit);
                reader.verify();
                return reader;
            } catch (final DbException e) {
                if (e.code() != ErrorCode.STORAGE_DAMAGED) {
                    throw e;
                }
                faults.add(e);
                damaged.add(commit);
            }
        }
        return null;
    }

    private void setAside(final SnapshotReader valid, final boolean isCovered, final List<String> warnings) {
        for (int i = 0; i < damaged.size(); i++) {
            folder.snapshots().setAside(damaged.get(i));
            warnings.add("snapshot " + damaged.get(i) + " is damaged and was set aside; the world starts from snapshot "
                    + valid.commit() + ", tick " + valid.tick()
                    + (isCovered
                            ? ", and the journal has all that followed it: "
                            : ", what was committed after it is lost: ")
                    + faults.get(i).getMessage());
        }
    }

    private static void requireOneWorld(final JournalPlan plan, final SnapshotReader snapshot) {
        plan.seeds().forEach((file, seed) -> {
            if (seed != snapshot.seed()) {
                throw new DbException(
                        ErrorCode.STORAGE_DAMAGED,
                        "journal belongs to another world: file=" + file + ", seed=" + seed + ", snapshot="
                                + snapshot.commit() + ", its seed=" + snapshot.seed()
                                + "; put back the journal that belongs to the snapshots, or move this one away");
            }
        });
    }

    private DbException notCovered(final SnapshotReader valid, final JournalPlan plan) {
        return new DbException(
                        ErrorCode.STORAGE_DAMAGED,
                        "newest snapshot is damaged and the journal does not reach as far: damaged=" + damaged.get(0)
                                + ", valid=" + valid.commit() + ", journalEnd=" + plan.lastCommit() + ", cause=["
                                + faults.get(0).getMessage() + "]; restore the snapshot from a copy, or start once with"
                                + " --salvage, which gives up what was committed in between",
                        faults.get(0))
                .with("folder", folder.path().toString());
    }

    private DbException noneIsValid() {
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
