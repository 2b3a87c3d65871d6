package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Pages;

/**
 * From an id to its row, for readers and for the tick thread alike.
 *
 * <pre>
 *   Page of 512 dense ids:
 *   OFFSET  SIZE  DESCRIPTION
 *        0  2048  per id: 0 never used, -1 used and deleted, else row + 1
 *     2048     4  live ids in the page
 *     2052     4  used ids in the page, live or deleted
 *     2056    56  zero
 *
 *   Hash bucket of sparse ids:
 *        0     4  entries in use
 *        4     4  local depth
 *        8    56  zero
 *       64  4032  252 entries of 16 bytes: id, row + 1 (0: free entry, -1: deleted), zero
 * </pre>
 */
final class IdLookup {
    static final int BLOCK_SHIFT = 9;
    static final int BLOCK_IDS = 1 << BLOCK_SHIFT;
    static final int BLOCK_LIVE = BLOCK_IDS * Integer.BYTES;
    static final int BLOCK_USED = BLOCK_LIVE + Integer.BYTES;
    static final int BLOCK_BYTES = BLOCK_LIVE + 64;

    /** What a direct page's address is once all its ids are dead. */
    static final long DEAD_BLOCK = 1;

    static final int BUCKET_BYTES = 4096;
    static final int BUCKET_COUNT = 0;
    static final int BUCKET_DEPTH = 4;
    static final int BUCKET_HEADER = 64;
    static final int ENTRY_BYTES = 16;
    static final int BUCKET_ENTRIES = (BUCKET_BYTES - BUCKET_HEADER) / ENTRY_BYTES;
    static final int DIRECTORY_ENTRIES = 1024;

    /** Answer for an id that was never used. */
    static final long UNUSED = -1;

    /** Answer for an id whose record was deleted. */
    static final long DEAD = -2;

    private IdLookup() {}

    /** Row of an id, {@link #UNUSED} or {@link #DEAD}. */
    static long find(final TableView table, final long id) {
        final long block = id >>> BLOCK_SHIFT;
        final Pages direct = table.directIds();
        if (block < direct.count()) {
            final long page = direct.address((int) block);
            if (page > DEAD_BLOCK) {
                return answer(Memory.getInt(page + ((id & BLOCK_IDS - 1) << 2)));
            }
            if (page == DEAD_BLOCK) {
                return DEAD;
            }
        }
        if (table.scalar(TableView.SPARSE_IDS) == 0) {
            return UNUSED;
        }
        final long bucket = table.sparseBuckets().address(bucketOf(table, id));
        final int entry = entryOf(bucket, id);
        return entry < 0 ? UNUSED : answer(Memory.getInt(entryAddress(bucket, entry) + Long.BYTES));
    }

    /** Row of a live id that lies in a direct page; less than 0: ask {@link #find}. */
    static long findDirect(final Pages direct, final long id) {
        final long block = id >>> BLOCK_SHIFT;
        if (block >= direct.count()) {
            return UNUSED;
        }
        final long page = direct.address((int) block);
        return page <= DEAD_BLOCK ? UNUSED : Memory.getInt(page + ((id & BLOCK_IDS - 1) << 2)) - 1L;
    }

    private static long answer(final int stored) {
        return stored == 0 ? UNUSED : stored == -1 ? DEAD : stored - 1L;
    }

    /** Number of the bucket that an id belongs to. */
    static int bucketOf(final TableView table, final long id) {
        final int depth = (int) table.scalar(TableView.SPARSE_DEPTH);
        final int index = (int) (hash(id) & ((1L << depth) - 1));
        final long page = table.sparseDirectory().address(index / DIRECTORY_ENTRIES);
        return Memory.getInt(page + ((long) (index % DIRECTORY_ENTRIES) << 2));
    }

    /** Position of an id in a bucket; or -1 - position of the free entry where it belongs. */
    static int entryOf(final long bucket, final long id) {
        int entry = (int) ((hash(id) >>> 40) % BUCKET_ENTRIES);
        while (true) {
            final long at = entryAddress(bucket, entry);
            if (Memory.getInt(at + Long.BYTES) == 0) {
                return -1 - entry;
            }
            if (Memory.getLong(at) == id) {
                return entry;
            }
            entry = entry + 1 == BUCKET_ENTRIES ? 0 : entry + 1;
        }
    }

    static long entryAddress(final long bucket, final int entry) {
        return bucket + BUCKET_HEADER + (long) entry * ENTRY_BYTES;
    }

    /** Spreads ids over buckets: the finaliser of MurmurHash3 (A. Appleby, public domain). */
    static long hash(final long id) {
        long h = id;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
