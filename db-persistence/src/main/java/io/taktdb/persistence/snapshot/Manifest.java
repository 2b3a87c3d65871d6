package io.taktdb.persistence.snapshot;

import java.time.Instant;
import java.util.List;

/**
 * What a snapshot says of itself: which state it holds, and what its files must be.
 *
 * @param commit the commit of the state, also the snapshot's id
 * @param tick the tick in which that commit was made
 * @param seed the world's seed of random numbers
 * @param createdAt when it was written, to the millisecond
 * @param stateHash hash of the state's content in hexadecimal, or null when none was taken
 * @param tables in the order in which {@code pages.bin} holds them
 * @param files every other file of the snapshot
 */
record Manifest(
        long commit,
        long tick,
        long seed,
        Instant createdAt,
        String stateHash,
        List<TableEntry> tables,
        List<FileEntry> files) {
    /** The file's name in the snapshot's folder. */
    static final String NAME = "manifest.json";

    /** Version of the whole snapshot's format. */
    static final int FORMAT_VERSION = 1;

    /**
     * One table.
     *
     * @param scalars the table's counters, by index
     */
    record TableEntry(int id, String name, long rows, int rowsPerChunk, List<Long> scalars) {}

    /** One file: its size and the CRC32C of all its bytes. */
    record FileEntry(String name, long bytes, int crc) {}

    Manifest {
        tables = List.copyOf(tables);
        files = List.copyOf(files);
    }

    /** The entry of a file, or null. */
    FileEntry file(final String name) {
        for (final FileEntry file : files) {
            if (file.name().equals(name)) {
                return file;
            }
        }
        return null;
    }

    /** Rows of all tables. */
    long rows() {
        long sum = 0;
        for (final TableEntry table : tables) {
            sum += table.rows();
        }
        return sum;
    }

    /** Bytes of all files but this one. */
    long bytes() {
        long sum = 0;
        for (final FileEntry file : files) {
            sum += file.bytes();
        }
        return sum;
    }
}
