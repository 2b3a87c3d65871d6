package io.taktdb.persistence.recovery;

import io.taktdb.persistence.journal.SegmentCatalog;
import io.taktdb.persistence.snapshot.SnapshotCatalog;
import io.taktdb.persistence.storage.AlreadyLockedException;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one world, locked against every other process as long as this is open. What lies in it is drawn at the
 * package {@code io.taktdb.persistence}.
 *
 * <p>Threading: opened and closed by one thread.
 */
public final class DataFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final String LOCK = "LOCK";
    private static final String SNAPSHOTS = "snapshots";
    private static final String JOURNAL = "journal";

    private final Storage storage;
    private final Path folder;
    private final AutoCloseable lock;
    private final SnapshotCatalog snapshots;
    private final SegmentCatalog journal;

    private DataFolder(
            final Storage storage,
            final Path folder,
            final AutoCloseable lock,
            final SnapshotCatalog snapshots,
            final SegmentCatalog journal) {
        this.storage = storage;
        this.folder = folder;
        this.lock = lock;
        this.snapshots = snapshots;
        this.journal = journal;
    }

    /**
     * Locks a folder, making it if need be, and removes what an interrupted writing left.
     *
     * @throws DbException UNAVAILABLE another process holds it; STORAGE_FAILED it cannot be written
     */
    public static DataFolder open(final Storage storage, final Path folder) {
        final AutoCloseable lock = lock(storage, folder);
        try {
            makeSnapshots(storage, folder);
            final SnapshotCatalog snapshots = new SnapshotCatalog(storage, folder.resolve(SNAPSHOTS));
            for (final String name : snapshots.removeLeftovers()) {
                LOG.info("removed what an interrupted writing left: folder={}, name={}", folder, name);
            }
            return new DataFolder(
                    storage, folder, lock, snapshots, new SegmentCatalog(storage, folder.resolve(JOURNAL)));
        } catch (final RuntimeException | Error e) {
            release(lock, folder);
            throw e;
        }
    }

    private static AutoCloseable lock(final Storage storage, final Path folder) {
        try {
            if (!storage.exists(folder)) {
                storage.createFolder(folder);
                storage.forceFolder(folder.toAbsolutePath().getParent());
            }
            return storage.lock(
                    folder.resolve(LOCK), "pid=" + ProcessHandle.current().pid());
        } catch (final AlreadyLockedException e) {
            throw new DbException(
                            ErrorCode.UNAVAILABLE,
                            "data folder is in use: folder=" + folder + ", owner="
                                    + (e.owner().isEmpty() ? "unknown" : e.owner())
                                    + "; stop that server, or choose another folder with --data",
                            e)
                    .with("folder", folder.toString());
        } catch (final IOException e) {
            throw StorageError.failed(
                    "data folder cannot be used", folder, e, "make it writable, or choose another with --data");
        }
    }

    /** The folder's own name must be durable before a snapshot in it can be. */
    private static void makeSnapshots(final Storage storage, final Path folder) {
        try {
            storage.createFolder(folder.resolve(SNAPSHOTS));
            storage.forceFolder(folder);
        } catch (final IOException e) {
            throw StorageError.failed(
                    "data folder cannot be used", folder, e, "make it writable, or choose another with --data");
        }
    }

    Storage storage() {
        return storage;
    }

    public Path path() {
        return folder;
    }

    public SnapshotCatalog snapshots() {
        return snapshots;
    }

    public SegmentCatalog journal() {
        return journal;
    }

    /** Lets other processes have the folder. */
    @Override
    public void close() {
        release(lock, folder);
    }

    static void release(final AutoCloseable lock, final Path folder) {
        try {
            lock.close();
        } catch (final Exception e) { // AutoCloseable's; the lock goes with the process at the latest
            LOG.warn("lock could not be released: folder={}", folder, e);
        }
    }
}
