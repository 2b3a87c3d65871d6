package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Pages;

/**
 * The ids of one table in ascending unsigned order, with their rows.
 *
 * <pre>{@code
 * walk.from(0);
 * while (walk.next()) { walk.id(); walk.row(); }
 * }</pre>
 *
 * Dense ids come straight off their pages; sparse ones are gathered and sorted by passes over their buckets, see
 * {@link SparseBatch}. Threading: one thread, under one lease (or the tick thread on a {@link Table}).
 */
public final class IdWalk {
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
            row = IdLookup.find(table, id);
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
}
