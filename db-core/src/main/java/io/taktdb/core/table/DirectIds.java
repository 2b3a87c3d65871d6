package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.DirtyFlag;
import io.taktdb.core.version.Epochs;
import io.taktdb.core.version.PageStore;
import io.taktdb.core.version.RowParts;
import io.taktdb.core.version.Scalars;

/**
 * Dense ids: pages of 512 row numbers, found by {@code id >>> 9}. The format is drawn at {@link IdLookup}.
 *
 * <p>Threading: tick thread.
 */
final class DirectIds {
    /** Page numbers that every table may leave out: 8 bytes each. */
    private static final int FREE_REACH = 1024;

    /** Pages with few ids that every table may have. */
    private static final int FREE_THIN = 16;

    /** A page with so many ids costs less than they would in the sparse map. */
    private static final int THICK_IDS = IdLookup.BLOCK_IDS / 4;

    private static final int MAX_BLOCK = 1 << 30;

    private final PageStore pages;
    private final RowParts entryAndCounts;
    private final Scalars scalars;

    DirectIds(final Epochs epochs, final String table, final Scalars scalars, final DirtyFlag dirty) {
        this.pages = new PageStore(epochs, table + ".ids", IdLookup.BLOCK_BYTES, dirty);
        final int[] parts = {0, Integer.BYTES, Integer.BYTES, IdLookup.BLOCK_LIVE, 0, 2 * Integer.BYTES};
        this.entryAndCounts = new RowParts(pages, parts, new int[0]);
        this.scalars = scalars;
    }

    PageStore pages() {
        return pages;
    }

    /**
     * Whether an id gets a direct page: one that is not too far out, and in a table whose pages are not too thin. The
     * ids that the server gives come one after the other, so they always may.
     *
     * @param nextId the id that the server would give
     */
    boolean reaches(final long id, final long nextId) {
        final long block = id >>> IdLookup.BLOCK_SHIFT;
        if (block >= MAX_BLOCK || block > 2L * pages.taken() + FREE_REACH && block > pages.count()) {
            return false;
        }
        final long thick = scalars.get(TableView.THICK_BLOCKS);
        return id == nextId || pages.taken() - thick < FREE_THIN + thick;
    }

    /** Whether the id's page is there. */
    boolean hasBlockOf(final long id) {
        return id >>> IdLookup.BLOCK_SHIFT < pages.count() && pages.has((int) (id >>> IdLookup.BLOCK_SHIFT));
    }

    /** Makes the id's page. */
    void createBlockOf(final long id) {
        pages.create((int) (id >>> IdLookup.BLOCK_SHIFT));
    }

    /** Whether no id of the id's page was ever used, as far as direct pages go. */
    boolean isUnusedBlockOf(final long id) {
        final long block = id >>> IdLookup.BLOCK_SHIFT;
        return block >= pages.count() || pages.address((int) block) == 0;
    }

    /** Sets the row of an id that has a page and was never used. */
    void add(final long id, final long row) {
        final int block = (int) (id >>> IdLookup.BLOCK_SHIFT);
        count(set(block, id, (int) (row + 1)), 1);
    }

    /** Sets the rows of ids of one page, one after the other, that were never used. */
    void addAll(final long firstId, final long firstRow, final int count) {
        final int block = (int) (firstId >>> IdLookup.BLOCK_SHIFT);
        final int entry = (int) firstId & IdLookup.BLOCK_IDS - 1;
        final long first = pages.prepare(block, entry << 2, count << 2);
        for (int i = 0; i < count; i++) {
            Memory.putInt(first + ((long) i << 2), (int) firstRow + i + 1);
        }
        count(pages.prepare(block, IdLookup.BLOCK_LIVE, 2 * Integer.BYTES), count);
    }

    private void count(final long counts, final int added) {
        final int used = Memory.getInt(counts + Integer.BYTES) + added;
        Memory.putInt(counts, Memory.getInt(counts) + added);
        Memory.putInt(counts + Integer.BYTES, used);
        if (used >= THICK_IDS && used - added < THICK_IDS) {
            scalars.set(TableView.THICK_BLOCKS, scalars.get(TableView.THICK_BLOCKS) + 1);
        }
    }

    /** Sets the row of an id that has a page and a row already. */
    void move(final long id, final long row) {
        Memory.putInt(entry((int) (id >>> IdLookup.BLOCK_SHIFT), id), (int) (row + 1));
    }

    /** Marks an id as deleted; a page whose ids are all dead goes. */
    void kill(final long id) {
        final int block = (int) (id >>> IdLookup.BLOCK_SHIFT);
        final long live = set(block, id, -1);
        Memory.putInt(live, Memory.getInt(live) - 1);
        if (Memory.getInt(live) == 0
                && Memory.getInt(live - IdLookup.BLOCK_LIVE + IdLookup.BLOCK_USED) == IdLookup.BLOCK_IDS) {
            pages.drop(block, IdLookup.DEAD_BLOCK);
        }
    }

    /**
     * Says, while a stored table is loaded, that all ids of a page are dead.
     *
     * @return false when some id of it was used already
     */
    boolean buryBlockOf(final long id) {
        final int block = (int) (id >>> IdLookup.BLOCK_SHIFT);
        if (block < pages.count() && pages.address(block) != 0 || scalars.get(TableView.SPARSE_IDS) != 0) {
            return false;
        }
        pages.createDropped(block, IdLookup.DEAD_BLOCK);
        scalars.set(TableView.THICK_BLOCKS, scalars.get(TableView.THICK_BLOCKS) + 1);
        return true;
    }

    /** Sets an entry. Returns the address of the page's counts, which may be written too. */
    private long set(final int block, final long id, final int stored) {
        final int entry = (int) id & IdLookup.BLOCK_IDS - 1;
        final long page = entryAndCounts.prepare(block, entry);
        Memory.putInt(page + ((long) entry << 2), stored);
        return page + IdLookup.BLOCK_LIVE;
    }

    private long entry(final int block, final long id) {
        return pages.prepare(block, (int) (id & IdLookup.BLOCK_IDS - 1) << 2, Integer.BYTES);
    }
}
