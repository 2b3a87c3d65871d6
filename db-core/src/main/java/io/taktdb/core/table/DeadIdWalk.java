package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Pages;

/**
 * The ids of one table whose records were deleted, as ranges: first the dense ones, ascending, then the sparse ones,
 * one
 * by one and in no order.
 *
 * <pre>{@code
 * while (walk.next()) { walk.first(); walk.last(); }
 * }</pre>
 *
 * Threading: one thread, under one lease (or the tick thread on a {@link Table}).
 */
public final class DeadIdWalk {
    private static final int DEAD_ENTRY = -1;

    private final TableView table;
    private long nextDense;
    private int bucket;
    private int entry;
    private long first;
    private long last;

    DeadIdWalk(final TableView table) {
        this.table = table;
    }

    /**
     * Steps to the next range.
     *
     * @return false at the end
     */
    public boolean next() {
        return nextDense() || nextSparse();
    }

    /** The first id of the range. */
    public long first() {
        return first;
    }

    /** The last id of the range. */
    public long last() {
        return last;
    }

    private boolean nextDense() {
        nextDense = skipDense(nextDense, false);
        if (nextDense < 0) {
            return false;
        }
        first = nextDense;
        nextDense = skipDense(first, true);
        last = nextDense < 0 ? ((long) table.directIds().count() << IdLookup.BLOCK_SHIFT) - 1 : nextDense - 1;
        return true;
    }

    /** The first id from one on that is not as told: dead, or not; -1 when all are. */
    private long skipDense(final long from, final boolean dead) {
        final Pages pages = table.directIds();
        long id = from;
        while (id >= 0 && id >>> IdLookup.BLOCK_SHIFT < pages.count()) {
            final long page = pages.address((int) (id >>> IdLookup.BLOCK_SHIFT));
            if (page > IdLookup.DEAD_BLOCK) {
                final int stored = Memory.getInt(page + ((id & IdLookup.BLOCK_IDS - 1) << 2));
                if ((stored == DEAD_ENTRY) != dead) {
                    return id;
                }
                id++;
            } else if ((page == IdLookup.DEAD_BLOCK) == dead) {
                id = (id | IdLookup.BLOCK_IDS - 1) + 1;
            } else {
                return id;
            }
        }
        return -1;
    }

    private boolean nextSparse() {
        final Pages buckets = table.sparseBuckets();
        for (; bucket < buckets.count(); bucket++) {
            while (entry < IdLookup.BUCKET_ENTRIES) {
                final long at = IdLookup.entryAddress(buckets.address(bucket), entry++);
                if (Memory.getInt(at + Long.BYTES) == DEAD_ENTRY) {
                    first = Memory.getLong(at);
                    last = first;
                    return true;
                }
            }
            entry = 0;
        }
        return false;
    }
}
