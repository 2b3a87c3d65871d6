package io.taktdb.persistence.snapshot;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    static final int FORMAT_VERSION = 2;

    /**
     * One table.
     *
     * @param scalars the table's counters, by index
     */
    record TableEntry(int id, String name, long rows, int rowsPerChunk, List<Long> scalars) {}

    /** One file: its size and the CRC32C of all its bytes. */
    record FileEntry(String name, long bytes, int crc) {
        private static final Pattern KEPT = Pattern.compile("pages-([0-9]{20})\\.bin");

        /** The commit of the snapshot that wrote this page file, which is linked here; -1 if it is none. */
        long pagesOf() {
            final Matcher kept = KEPT.matcher(name);
            return kept.matches() ? Long.parseLong(kept.group(1)) : -1;
        }
    }

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

    /** Commits of the snapshots that wrote its page files, itself included. */
    Set<Long> pageFiles() {
        final Set<Long> commits = new HashSet<>();
        commits.add(commit);
        for (final FileEntry file : files) {
            if (file.pagesOf() >= 0) {
                commits.add(file.pagesOf());
            }
        }
        return commits;
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
