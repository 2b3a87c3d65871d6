package io.taktdb.persistence.snapshot;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pages of one snapshot, as the process that wrote it remembers them: the next one need not write those again.
 *
 * <p>Threading: one thread.
 */
final class StoredWorld {
    private final long commit;
    private final int generation;
    private final Map<Integer, Map<String, StoredSet>> tables = new HashMap<>();
    private final Map<Long, Manifest.FileEntry> files = new TreeMap<>();

    /**
     * @param commit of the snapshot
     * @param generation how many snapshots before it did it build upon; 0: it is full
     */
    StoredWorld(final long commit, final int generation) {
        this.commit = commit;
        this.generation = generation;
    }

    long commit() {
        return commit;
    }

    int generation() {
        return generation;
    }

    void put(final int table, final String set, final StoredSet pages) {
        tables.computeIfAbsent(table, id -> new HashMap<>()).put(set, pages);
    }

    /** A set of a table; null if there is none. */
    StoredSet get(final int table, final String set) {
        return tables.getOrDefault(table, Map.of()).get(set);
    }

    /** Page files by commit: its own and those of others. */
    Map<Long, Manifest.FileEntry> files() {
        return files;
    }

    /** Bytes of pages that the snapshot uses, by page file. */
    Map<Long, Long> usedBytes() {
        final Map<Long, Long> used = new TreeMap<>();
        files.keySet().forEach(file -> used.put(file, 0L));
        return used;
    }
}
