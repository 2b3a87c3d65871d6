package io.taktdb.persistence.snapshot;

import java.time.Instant;

/**
 * One snapshot as its manifest describes it.
 *
 * @param commit the commit of the state it holds, also its id
 * @param tick the tick in which that commit was made
 * @param createdAt when it was written
 * @param tables how many tables there are
 * @param rows rows of all tables
 * @param bytes bytes of its files
 * @param stateHash hash of the state's content in hexadecimal, or null when none was taken
 */
public record SnapshotInfo(
        long commit, long tick, Instant createdAt, int tables, long rows, long bytes, String stateHash) {
    static SnapshotInfo of(final Manifest manifest) {
        return new SnapshotInfo(
                manifest.commit(),
                manifest.tick(),
                manifest.createdAt(),
                manifest.tables().size(),
                manifest.rows(),
                manifest.bytes(),
                manifest.stateHash());
    }
}
