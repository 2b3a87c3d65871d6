package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Pages;
import java.util.Arrays;

/**
 * The ids of one table in ascending unsigned order, with their rows.
 *
 * <pre>{@code
 * walk.from(0);
 * while (walk.next()) { walk.id(); walk.row(); }
 * }</pre>
 *
 * Dense ids come straight off their pages; sparse ones are gathered {@value #BATCH} at a time by a pass over their
 * buckets. Threading: one thread, under one lease (or the tick thread on a {@link Table}).
 */
public final class IdWalk {
    private static final int BATCH = 1024;

    private final TableView table;
    private final SparseBatch sparse;
    private long nextDirect;
    private boolean directDone;
    private long directId;
    private long directRow;
    private boolean directReady;
    private long id;
    private long row;

    IdWalk(final TableView table) {
        this.table = table;
        this.sparse = new SparseBatch(table);
        from(0);
    }

    /** Starts at an id, whether or not it exists. */
    public IdWalk from(final long idInclusive) {
        nextDirect = idInclusive;
        directDone = false;
        directReady = false;
        sparse.from(idInclusive);
        return this;
    }

    /**
     * Steps to the next id.
     *
     * @return false at the end
     */
    public boolean next() {
        if (!directReady && !directDone) {
            findDirect();
        }
        final boolean hasSparse = sparse.ready();
        if (directReady && (!hasSparse || Long.compareUnsigned(directId, sparse.id()) < 0)) {
            id = directId;
            row = directRow;
            directReady = false;
            return true;
        }
        if (hasSparse) {
            id = sparse.id();
            row = sparse.row();
            sparse.advance();
            return true;
        }
        return false;
    }

    public long id() {
        return id;
    }

    public long row() {
        return row;
    }

    /**
     * Steps over up to {@code n} ids; whole pages at once where it can.
     *
     * @return how many it stepped over
     */
    public long skip(final long n) {
        long left = n;
        while (left > 0) {
            final long whole = sparse.isEmpty() ? skipBlock(left) : 0;
            if (whole > 0) {
                left -= whole;
            } else if (next()) {
                left--;
            } else {
                break;
            }
        }
        return n - left;
    }

    private long skipBlock(final long most) {
        final Pages direct = table.directIds();
        if (directReady || directDone || (nextDirect & IdLookup.BLOCK_IDS - 1) != 0) {
            return 0;
        }
        final long block = nextDirect >>> IdLookup.BLOCK_SHIFT;
        if (block >= direct.count()) {
            return 0;
        }
        final long page = direct.address((int) block);
        final int live = page > IdLookup.DEAD_BLOCK ? Memory.getInt(page + IdLookup.BLOCK_LIVE) : 0;
        if (live > most || live == 0) {
            return 0;
        }
        nextDirect += IdLookup.BLOCK_IDS;
        return live;
    }

    private void findDirect() {
        final Pages direct = table.directIds();
        while (nextDirect >>> IdLookup.BLOCK_SHIFT < direct.count()) {
            final long page = direct.address((int) (nextDirect >>> IdLookup.BLOCK_SHIFT));
            if (page <= IdLookup.DEAD_BLOCK) {
                nextDirect = (nextDirect | IdLookup.BLOCK_IDS - 1) + 1;
                continue;
            }
            do {
                final int stored = Memory.getInt(page + ((nextDirect & IdLookup.BLOCK_IDS - 1) << 2));
                if (stored > 0) {
                    directId = nextDirect++;
                    directRow = stored - 1L;
                    directReady = true;
                    return;
                }
                nextDirect++;
            } while ((nextDirect & IdLookup.BLOCK_IDS - 1) != 0);
        }
        directDone = true;
    }

    /** The smallest sparse ids from some id on, sorted, a batch at a time. */
    private static final class SparseBatch {
        private final TableView table;
        private long[] ids = new long[0];
        private int[] rows = new int[0];
        private int count;
        private int position;
        private boolean more;
        private long from;

        SparseBatch(final TableView table) {
            this.table = table;
        }

        boolean isEmpty() {
            return table.scalar(TableView.SPARSE_IDS) == 0;
        }

        void from(final long id) {
            from = id;
            count = 0;
            position = 0;
            more = !isEmpty();
        }

        boolean ready() {
            if (position == count && more) {
                gather();
            }
            return position < count;
        }

        long id() {
            return ids[position];
        }

        long row() {
            return rows[position];
        }

        void advance() {
            position++;
        }

        private void gather() {
            count = 0;
            position = 0;
            more = false;
            final Pages buckets = table.sparseBuckets();
            for (int bucket = 0; bucket < buckets.count(); bucket++) {
                final long page = buckets.address(bucket);
                for (int entry = 0; entry < IdLookup.BUCKET_ENTRIES; entry++) {
                    final long at = IdLookup.entryAddress(page, entry);
                    final int stored = Memory.getInt(at + Long.BYTES);
                    if (stored > 0 && Long.compareUnsigned(Memory.getLong(at), from) >= 0) {
                        add(Memory.getLong(at), stored - 1);
                    }
                }
            }
            keepSmallest();
            if (more) {
                from = ids[count - 1] + 1;
            }
        }

        private void add(final long id, final int row) {
            if (count == ids.length) {
                if (count >= 2 * BATCH) {
                    keepSmallest();
                } else {
                    ids = Arrays.copyOf(ids, Math.max(64, count * 2));
                    rows = Arrays.copyOf(rows, ids.length);
                }
            }
            ids[count] = id;
            rows[count++] = row;
        }

        /** Sorts what was gathered and forgets all but the first batch. */
        private void keepSmallest() {
            final Integer[] order = new Integer[count];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, (a, b) -> Long.compareUnsigned(ids[a], ids[b]));
            final int kept = Math.min(count, BATCH);
            final long[] sortedIds = new long[ids.length];
            final int[] sortedRows = new int[ids.length];
            for (int i = 0; i < kept; i++) {
                sortedIds[i] = ids[order[i]];
                sortedRows[i] = rows[order[i]];
            }
            more |= count > kept;
            ids = sortedIds;
            rows = sortedRows;
            count = kept;
        }
    }
}
