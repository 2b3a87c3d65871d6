package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.BlockStore;
import io.taktdb.core.version.PageStore;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.Arrays;
import java.util.List;

/**
 * A stored table on its way back into memory: counters, chunk size, and its pages from a source.
 *
 * <p>Threading: tick thread, before the first tick.
 */
public final class TableImage {
    /** Where the bytes of stored pages come from. */
    public interface Source {
        /**
         * How many page numbers a set has.
         *
         * @param set position in {@link PageSet#of}
         */
        int count(int set);

        /** The bytes of a page; empty if it is {@link PageSet#ABSENT}, null if it is {@link PageSet#DEAD}. */
        byte[] page(int set, int page);
    }

    private final int rowsPerChunk;
    private final long[] scalars;
    private final Source source;

    /**
     * @param scalars as {@link #scalarsOf} gave them
     */
    public TableImage(final int rowsPerChunk, final long[] scalars, final Source source) {
        this.rowsPerChunk = rowsPerChunk;
        this.scalars = Arrays.copyOf(scalars, TableView.SCALARS);
        this.source = source;
    }

    /** All counters of a table. */
    public static long[] scalarsOf(final TableView table) {
        final long[] values = new long[TableView.SCALARS];
        Arrays.setAll(values, table::scalar);
        return values;
    }

    /** The image of a state's table; used under the lease of that state. */
    public static TableImage of(final TableState table) {
        final List<PageSet> sets = PageSet.of(table);
        return new TableImage(table.layout().rowsPerChunk(), scalarsOf(table), new Source() {
            @Override
            public int count(final int set) {
                return sets.get(set).count();
            }

            @Override
            public byte[] page(final int set, final int page) {
                final int bytes = sets.get(set).bytes(page);
                if (bytes == PageSet.DEAD) {
                    return null;
                }
                final byte[] copy = new byte[bytes];
                if (bytes > 0) {
                    sets.get(set).copy(page, copy);
                }
                return copy;
            }
        });
    }

    int rowsPerChunk() {
        return rowsPerChunk;
    }

    void loadInto(final Table table) {
        final int groups = table.layout().groups().size();
        int set = 0;
        while (set < groups) {
            loadPages(set, table.rows().group(set));
            set++;
        }
        loadPages(set++, table.heapStore().pages());
        loadPages(set++, table.ids().direct().pages());
        loadPages(set++, table.ids().sparse().buckets());
        loadPages(set++, table.ids().sparse().directory());
        loadBlocks(set, table.heapStore().blockStore());
        table.scalars().load(scalars);
        checkRows(table);
    }

    private void loadPages(final int set, final PageStore store) {
        final int count = source.count(set);
        for (int page = 0; page < count; page++) {
            final byte[] bytes = source.page(set, page);
            if (bytes == null) {
                store.createDropped(page, IdLookup.DEAD_BLOCK);
            } else if (bytes.length == 0) {
                store.createDropped(page, 0);
            } else if (bytes.length == store.pageBytes()) {
                store.create(page);
                Memory.copy(bytes, 0, store.prepareFresh(page, 0, bytes.length), bytes.length);
            } else {
                throw corrupt("page has the wrong size: bytes=" + bytes.length + ", expected=" + store.pageBytes());
            }
        }
    }

    private void loadBlocks(final int set, final BlockStore blocks) {
        final int count = source.count(set);
        for (int block = 0; block < count; block++) {
            final byte[] bytes = source.page(set, block);
            if (bytes != null && bytes.length > 0) {
                blocks.place(block, bytes.length);
                Memory.copy(bytes, 0, blocks.address(block), bytes.length);
            }
        }
    }

    private void checkRows(final Table table) {
        final long rows = table.rowCount();
        final int chunks = table.rows().chunks();
        if (rows < 0 || (rows + rowsPerChunk - 1) / rowsPerChunk > chunks) {
            throw corrupt("rows do not fit their pages: rows=" + rows + ", chunks=" + chunks + ", rowsPerChunk="
                    + rowsPerChunk);
        }
        for (int group = 0; group < table.layout().groups().size(); group++) {
            for (int chunk = 0; chunk < Math.max(chunks, table.group(group).count()); chunk++) {
                if (chunk >= chunks || !table.rows().group(group).has(chunk)) {
                    throw corrupt("page is missing: group="
                            + table.layout().groups().get(group).name() + ", chunk=" + chunk + ", chunks=" + chunks);
                }
            }
        }
    }

    private static DbException corrupt(final String fact) {
        return new DbException(ErrorCode.INTERNAL, "stored table is damaged: " + fact + "; use an older snapshot");
    }
}
