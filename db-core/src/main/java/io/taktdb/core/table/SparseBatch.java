package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Pages;
import java.util.Arrays;

/**
 * The smallest sparse ids from some id on, sorted, a batch at a time.
 *
 * <p>Each batch is a pass over all buckets; the first is small, for lists that end early, and each later one twice as
 * large, so that a walk over n ids takes about n / {@value #MAX_IDS} passes. Threading: one thread.
 */
final class SparseBatch {
    private static final int FIRST_IDS = 1024;
    private static final int MAX_IDS = 1 << 17;

    private final TableView table;
    private long[] ids = new long[0]; // with the sign bit flipped, so that signed order is unsigned order
    private int size = FIRST_IDS;
    private int count;
    private int position;
    private boolean more;
    private long from;

    SparseBatch(final TableView table) {
        this.table = table;
    }

    /** Whether the table has no sparse ids. */
    boolean isEmpty() {
        return table.scalar(TableView.SPARSE_IDS) == 0;
    }

    void from(final long id) {
        from = id ^ Long.MIN_VALUE;
        size = FIRST_IDS;
        count = 0;
        position = 0;
        more = !isEmpty();
    }

    /** Whether there is a next id. */
    boolean ready() {
        if (position == count && more) {
            gather();
        }
        return position < count;
    }

    long id() {
        return ids[position] ^ Long.MIN_VALUE;
    }

    void advance() {
        position++;
    }

    private void gather() {
        count = 0;
        position = 0;
        more = false;
        long bound = Long.MAX_VALUE;
        final Pages buckets = table.sparseBuckets();
        for (int bucket = 0; bucket < buckets.count(); bucket++) {
            final long page = buckets.address(bucket);
            for (int entry = 0; entry < IdLookup.BUCKET_ENTRIES; entry++) {
                final long at = IdLookup.entryAddress(page, entry);
                final long id = Memory.getLong(at) ^ Long.MIN_VALUE;
                if (Memory.getInt(at + Long.BYTES) > 0 && id >= from && id <= bound) {
                    bound = add(id, bound);
                }
            }
        }
        keepSmallest();
        if (more) {
            from = ids[count - 1] + 1;
            size = Math.min(MAX_IDS, size * 2);
        }
    }

    /** Adds an id; answers the largest that is still of use. */
    private long add(final long id, final long bound) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, Math.min(2 * size, Math.max(64, count * 2)));
        }
        ids[count++] = id;
        if (count < 2 * size) {
            return bound;
        }
        keepSmallest();
        return ids[count - 1];
    }

    private void keepSmallest() {
        Arrays.sort(ids, 0, count);
        more |= count > size;
        count = Math.min(count, size);
    }
}
