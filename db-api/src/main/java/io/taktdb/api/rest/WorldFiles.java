package io.taktdb.api.rest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The port to persistence: files made of a committed state. The front end knows no formats.
 *
 * <p>Threading: {@link #dump} and {@link #takeSnapshot} are called on worker threads and may take long; several may run
 * at once. The rest is called on event loops and must not block.
 */
public interface WorldFiles {
    /**
     * One finished snapshot.
     *
     * @param id what it is called in paths
     * @param takenMicros microseconds since 1970
     */
    record Snapshot(String id, long tick, long commit, long bytes, long takenMicros) {}

    /**
     * Writes the newest state into a SQLite file.
     *
     * @return a temporary file, the caller's to delete, with the state that it shows
     */
    Dump dump() throws IOException;

    /** A SQLite file and the state that it shows. */
    record Dump(Path file, long tick, long commit) {}

    /** Takes a snapshot of the newest state and waits until it is on the disk. */
    Snapshot takeSnapshot() throws IOException;

    /** All finished snapshots, newest first. */
    List<Snapshot> snapshots();

    /** Tick of the newest finished snapshot, or -1. */
    default long newestSnapshotTick() {
        final List<Snapshot> all = snapshots();
        return all.isEmpty() ? -1 : all.get(0).tick();
    }
}
