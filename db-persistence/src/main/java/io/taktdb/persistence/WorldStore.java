package io.taktdb.persistence;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.persistence.journal.JournalWriter;
import io.taktdb.persistence.recovery.DataFolder;
import io.taktdb.persistence.recovery.LoadedWorld;
import io.taktdb.persistence.recovery.Recovery;
import io.taktdb.persistence.snapshot.SnapshotInfo;
import io.taktdb.persistence.snapshot.SnapshotReader;
import io.taktdb.persistence.snapshot.SnapshotService;
import io.taktdb.persistence.snapshot.SnapshotTask;
import io.taktdb.persistence.snapshot.SnapshotWriter;
import io.taktdb.persistence.sqlite.SqliteDump;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.runtime.journal.Journal;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One world and its data folder: loads it, keeps it safe while it runs, saves it at the end.
 *
 * <pre>{@code
 * try (WorldStore store = WorldStore.open(StoreConfig.of(folder));
 *         TaktDb db = TaktDb.open(new TaktConfig(loop, memory, modules, store.world(), store.journal()))) {
 *     store.start(db::lease);
 *     ...
 *     db.stop();
 *     store.stop();   // the last snapshot, while the last state can still be leased; then the journal ends
 * }
 * }</pre>
 *
 * Threading: any thread; opened, started and closed by one.
 */
public final class WorldStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorldStore.class);

    private final StoreConfig config;
    private final Storage storage;
    private final DataFolder folder;
    private final LoadedWorld world;
    private final Clock clock;
    private final JournalWriter journal;
    private volatile SnapshotService service;
    private boolean stopped;
    private boolean closed;

    private WorldStore(
            final StoreConfig config,
            final Storage storage,
            final DataFolder folder,
            final LoadedWorld world,
            final Clock clock) {
        this.config = config;
        this.storage = storage;
        this.folder = folder;
        this.world = world;
        this.clock = clock;
        this.journal =
                config.journal().isOn() ? new JournalWriter(config.journal(), folder.journal(), world::plan) : null;
    }

    /**
     * Locks the data folder and finds the world in it, which is checked in full.
     *
     * @throws DbException UNAVAILABLE another process uses the folder; STORAGE_DAMAGED no snapshot is valid;
     *     STORAGE_FAILED files cannot be read or written
     */
    public static WorldStore open(final StoreConfig config) {
        return open(config, Storage.disk(), Clock.systemUTC());
    }

    /**
     * The same on another file system, such as one that fails in a test.
     *
     * @param clock dates snapshots
     */
    public static WorldStore open(final StoreConfig config, final Storage storage, final Clock clock) {
        final Storage encrypted = Storage.encrypted(storage, config.keys());
        final DataFolder folder = DataFolder.open(encrypted, config.folder());
        try {
            return new WorldStore(
                    config, encrypted, folder, Recovery.load(folder, config.newSeed(), config.isSalvage()), clock);
        } catch (final RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    /** The world that the folder holds, for the engine to load; or a new one. */
    public LoadedWorld world() {
        return world;
    }

    /** Where the engine's commits go. */
    public Journal journal() {
        return journal == null ? Journal.NONE : journal;
    }

    /**
     * Begins to take snapshots of a running engine. If the journal needs one to begin with, as that of a new world
     * does, this waits for it.
     *
     * @param leases gives a lease on the newest state, from any thread
     * @throws DbException STORAGE_FAILED that snapshot could not be written
     */
    public void start(final Supplier<Lease> leases) {
        if (service != null) {
            throw new IllegalStateException("the store was started already");
        }
        final int keep = config.keepSnapshots();
        final int full = config.fullSnapshots();
        final SnapshotWriter writer = new SnapshotWriter(folder.snapshots(), clock, keep, full, world::keys);
        service = new SnapshotService(writer, leases, world.seed());
        if (!config.snapshotInterval().isZero()) {
            service.every(config.snapshotInterval());
        }
        if (journal != null && journal.isStarted()) {
            startJournal(service);
        }
    }

    private void startJournal(final SnapshotService snapshots) {
        snapshots.whenStored(info -> {
            final List<Long> kept = folder.snapshots().commits();
            journal.snapshotTaken(
                    info.commit(),
                    info.tick(),
                    Long.parseUnsignedLong(info.stateHash(), 16),
                    kept.get(kept.size() - 1));
            journal.flush(); // whoever waits for the snapshot finds the journal with it
        });
        final boolean mustWait = journal.refusal() != null;
        if (mustWait) {
            snapshots.request().await();
            final DbException refusal = journal.refusal();
            if (refusal != null) { // it failed meanwhile, and would need another snapshot
                throw refusal;
            }
        }
        journal.snapshots(() -> requestQuietly(snapshots));
        if (!mustWait && world.lastCommit() > world.commit()) {
            snapshots.request(); // so that the next start has less to replay
        }
    }

    /** For the journal, which asks again later; at the end the last snapshot is asked for anyway. */
    private static void requestQuietly(final SnapshotService snapshots) {
        try {
            if (snapshots.current() == null) {
                snapshots.request();
            }
        } catch (final DbException e) {
            LOG.debug("the journal's wish for a snapshot came when no more are taken", e);
        }
    }

    private SnapshotService service() {
        final SnapshotService started = service;
        if (started == null) {
            throw new DbException(ErrorCode.UNAVAILABLE, "no snapshot is taken: the server is starting");
        }
        return started;
    }

    /**
     * Asks for a snapshot of what is committed now.
     *
     * @throws DbException UNAVAILABLE the store is not started, or closed
     */
    public SnapshotTask snapshotNow() {
        return service().request();
    }

    /** The snapshot that is being written or waits, or null. */
    public SnapshotTask runningSnapshot() {
        return service == null ? null : service.current();
    }

    /** Why the last snapshot failed, or null when it did not. */
    public String snapshotFailure() {
        return service == null ? null : service.failure();
    }

    /** The newest snapshot: the last one written, or that which was loaded; null when there is none. Reads no file. */
    public SnapshotInfo newestSnapshot() {
        final SnapshotInfo written = service == null ? null : service.newest();
        return written == null ? world.snapshot() : written;
    }

    /** All snapshots, newest first. */
    public List<SnapshotInfo> snapshots() {
        return folder.snapshots().list();
    }

    /**
     * One snapshot.
     *
     * @throws DbException SNAPSHOT_NOT_FOUND
     */
    public SnapshotInfo snapshot(final long commit) {
        return folder.snapshots().info(commit);
    }

    /**
     * Deletes a snapshot.
     *
     * @throws DbException SNAPSHOT_NOT_FOUND; CONFLICT it is the newest
     */
    public void deleteSnapshot(final long commit) {
        folder.snapshots().delete(commit);
    }

    /**
     * Writes a state as an SQLite file. It replaces the file once it is whole.
     *
     * @param state under a lease that stays open until this returns
     * @throws DbException STORAGE_FAILED
     */
    public void dump(final State state, final Path file) {
        new SqliteDump(storage.raw(), world.seed()).write(state, file);
    }

    /**
     * Writes the state of a snapshot as an SQLite file; needs as much memory as the state.
     *
     * @throws DbException SNAPSHOT_NOT_FOUND; STORAGE_DAMAGED; STORAGE_FAILED; OUT_OF_MEMORY
     */
    public void dumpSnapshot(final long commit, final Path file, final MemoryBudget budget) {
        try (StagedWorld staged = stage(commit, budget)) {
            new SqliteDump(storage.raw(), staged.seed()).write(staged.state(), file);
        }
    }

    /**
     * Loads a snapshot beside the running world.
     *
     * @throws DbException SNAPSHOT_NOT_FOUND; STORAGE_DAMAGED; STORAGE_FAILED; OUT_OF_MEMORY
     */
    public StagedWorld stage(final long commit, final MemoryBudget budget) {
        final SnapshotReader reader = folder.snapshots().open(commit);
        reader.verify();
        return StagedWorld.ofSnapshot(LoadedWorld.of(storage, reader), budget);
    }

    /**
     * Takes a last snapshot, and no more after it. Again is harmless.
     *
     * @throws DbException STORAGE_FAILED the last snapshot was not written
     */
    public void stop() {
        final SnapshotService started = service;
        if (started == null || stopped) {
            return;
        }
        stopped = true;
        final SnapshotTask last = started.request();
        started.close();
        try {
            last.await();
        } finally {
            if (journal != null) {
                journal.close();
            }
        }
    }

    /** Stops, if that was not done, and lets the folder go in any case. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
        } finally {
            if (journal != null) {
                journal.close();
            }
            folder.close();
        }
    }
}
