package io.taktdb.persistence.recovery;

import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.journal.JournalPlan;
import io.taktdb.persistence.journal.JournalReplay;
import io.taktdb.persistence.snapshot.SnapshotInfo;
import io.taktdb.persistence.snapshot.SnapshotReader;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.runtime.command.KeyWindow;
import io.taktdb.runtime.journal.ReplayTarget;
import io.taktdb.runtime.journal.WorldSource;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.Schema;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The world that a data folder holds, checked and ready to be loaded; or a new one.
 *
 * <p>Threading: the opening thread.
 */
public final class LoadedWorld implements WorldSource {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedWorld.class);

    private final Storage storage;
    private final SnapshotReader snapshot;
    private final long seed;
    private final List<String> warnings;
    private final boolean isSalvage;
    private JournalPlan plan;
    private volatile KeyWindow keys;

    LoadedWorld(
            final Storage storage,
            final SnapshotReader snapshot,
            final long seed,
            final JournalPlan plan,
            final List<String> warnings,
            final boolean isSalvage) {
        this.storage = storage;
        this.snapshot = snapshot;
        this.seed = seed;
        this.plan = plan;
        this.warnings = List.copyOf(warnings);
        this.isSalvage = isSalvage;
    }

    /** The world of a snapshot alone, which was checked. */
    public static LoadedWorld of(final Storage storage, final SnapshotReader snapshot) {
        final JournalPlan plan = JournalPlan.none(snapshot.commit());
        return new LoadedWorld(storage, snapshot, snapshot.seed(), plan, List.of(), false);
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

    /** What is to be done with the journal. */
    public JournalPlan plan() {
        return plan;
    }

    /** The commit that the world has after the replay. */
    public long lastCommit() {
        return plan.lastCommit();
    }

    /** Fills an empty database; the caller publishes it. */
    @Override
    public void load(final Database database) {
        if (!isNew()) {
            snapshot.load(database);
        }
    }

    @Override
    public void loadKeys(final KeyWindow window) {
        keys = window;
        if (!isNew()) {
            snapshot.keys().forEach(window::load);
        }
    }

    /** The commands with keys of the engine that loaded the world, or null. */
    public KeyWindow keys() {
        return keys;
    }

    @Override
    public void replay(final ReplayTarget target) {
        final JournalReplay replay = new JournalReplay(storage, plan, target);
        try {
            replay.run();
        } catch (final DbException e) {
            if (!isSalvage || replay.hasBegun()) {
                throw e;
            }
            LOG.warn("commits {} to {} are given up: {}", plan.afterCommit() + 1, plan.lastCommit(), e.getMessage());
            plan = plan.withoutReplay();
        }
    }
}
