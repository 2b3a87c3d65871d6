package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Epochs;
import io.taktdb.core.version.PageStore;

/**
 * Dense ids: pages of 512 row numbers, found by {@code id >>> 9}. The format is drawn at {@link IdLookup}.
 *
 * <p>Threading: tick thread.
 */
final class DirectIds {
    /** A block this far beyond the last one, or beyond twice the blocks in use, goes to the sparse map. */
    private static final int FREE_REACH = 16;

    private final PageStore pages;

    DirectIds(final Epochs epochs, final String table) {
        pages = new PageStore(epochs, table + ".ids", IdLookup.BLOCK_BYTES);
    }

    PageStore pages() {
        return pages;
    }

    /** Whether an id is near enough to those in use to get a direct page. */
    boolean reaches(final long id) {
        return id >>> IdLookup.BLOCK_SHIFT <= pages.count() + (pages.count() >> 1) + (long) FREE_REACH
                && id >>> IdLookup.BLOCK_SHIFT < Integer.MAX_VALUE >>> 1;
    }

    /** Whether the id's page is there. */
    boolean hasBlockOf(final long id) {
        return id >>> IdLookup.BLOCK_SHIFT < pages.count() && pages.has((int) (id >>> IdLookup.BLOCK_SHIFT));
    }

    /** Makes the id's page. */
    void createBlockOf(final long id) {
        pages.create((int) (id >>> IdLookup.BLOCK_SHIFT));
    }

    /**
     * Sets the row of an id that has a page.
     *
     * @param fresh whether the id was never used
     */
    void put(final long id, final long row, final boolean fresh) {
        final int block = (int) (id >>> IdLookup.BLOCK_SHIFT);
        Memory.putInt(entry(block, id), (int) (row + 1));
        if (fresh) {
            add(block, IdLookup.BLOCK_LIVE, 1);
            add(block, IdLookup.BLOCK_USED, 1);
        }
    }

    /** Marks an id as deleted; a page whose ids are all dead goes. */
    void kill(final long id) {
        final int block = (int) (id >>> IdLookup.BLOCK_SHIFT);
        Memory.putInt(entry(block, id), -1);
        add(block, IdLookup.BLOCK_LIVE, -1);
        final long page = pages.address(block);
        if (Memory.getInt(page + IdLookup.BLOCK_USED) == IdLookup.BLOCK_IDS
                && Memory.getInt(page + IdLookup.BLOCK_LIVE) == 0) {
            pages.drop(block, IdLookup.DEAD_BLOCK);
        }
    }

    private long entry(final int block, final long id) {
        return pages.prepare(block, (int) (id & IdLookup.BLOCK_IDS - 1) << 2, Integer.BYTES);
    }

    private void add(final int block, final int offset, final int delta) {
        final long at = pages.prepare(block, offset, Integer.BYTES);
        Memory.putInt(at, Memory.getInt(at) + delta);
    }
}
