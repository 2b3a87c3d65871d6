package io.taktdb.api.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The port to persistence: files made of committed states. The front end knows no formats.
 *
 * <p>Threading: any thread, several at once. All may block and are called on worker threads, except
 * {@link #newestSnapshotTick}, which must not.
 */
public interface WorldFiles {
    /**
     * One finished snapshot.
     *
     * @param id its commit in decimal
     */
    record Snapshot(String id, long tick, long commit, long rows, long bytes, Instant taken) {}

    /** A SQLite file, the caller's to delete, and the state that it shows. */
    record Dump(Path file, long tick, long commit) {}

    /** Writes the newest state into a temporary SQLite file. */
    Dump dump() throws IOException;

    /**
     * Writes the state of a snapshot into a temporary SQLite file.
     *
     * @throws io.taktdb.types.error.DbException SNAPSHOT_NOT_FOUND
     */
    Dump dump(String snapshotId) throws IOException;

    /** Takes a snapshot of what is committed now and waits until it is on the disk. */
    Snapshot takeSnapshot() throws IOException;

    /** All finished snapshots, newest first. */
    List<Snapshot> snapshots() throws IOException;

    /**
     * One finished snapshot.
     *
     * @throws io.taktdb.types.error.DbException SNAPSHOT_NOT_FOUND
     */
    Snapshot snapshot(String id) throws IOException;

    /**
     * Deletes a snapshot.
     *
     * @throws io.taktdb.types.error.DbException SNAPSHOT_NOT_FOUND; CONFLICT it is the newest
     */
    void deleteSnapshot(String id) throws IOException;

    /**
     * A world that was put in the place of the one before.
     *
     * @param source what it came from: {@code dump}, {@code tables} or {@code snapshot}
     * @param snapshot id of the snapshot that was taken of it
     * @param notes what could not be taken over, or has another name now, in words
     */
    record Restored(
            String source, int tables, long rows, String snapshot, long tick, long commit, List<String> notes) {}

    /**
     * Replaces the whole world by that of a SQLite file, checked in full before, and saves it.
     *
     * @throws io.taktdb.types.error.DbException INVALID_REQUEST, SCHEMA_MISMATCH or CONFLICT, and nothing has changed
     */
    Restored restore(Path file) throws IOException;

    /**
     * Replaces the whole world by that of a snapshot, and saves it.
     *
     * @throws io.taktdb.types.error.DbException SNAPSHOT_NOT_FOUND or STORAGE_DAMAGED, and nothing has changed
     */
    Restored restore(String snapshotId) throws IOException;

    /** Tick of the newest finished snapshot as far as is known, or -1. Does not block. */
    long newestSnapshotTick();
}
