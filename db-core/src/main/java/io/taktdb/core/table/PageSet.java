package io.taktdb.core.table;

import io.taktdb.core.layout.GroupPlan;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Pages;
import java.util.ArrayList;
import java.util.List;

/**
 * All pages of one kind of one table, as bytes: what a snapshot stores and a restart loads.
 *
 * <p>Threading: as the table view that it was made of.
 *
 * @param name kind of pages: {@code group.<name>}, {@code heap}, {@code ids}, {@code sparse}, {@code sparseDirectory},
 *     {@code blocks}; stable, part of the snapshot's format
 * @param pageBytes bytes of a page, 0 for blocks, which differ
 */
public record PageSet(String name, int pageBytes, Pages pages) {
    /** Answer of {@link #bytes} for a number without a page. */
    public static final int ABSENT = 0;

    /** Answer of {@link #bytes} for a page of ids that are all dead. */
    public static final int DEAD = -1;

    /** The page sets of a table, in the order of the format. */
    public static List<PageSet> of(final TableView table) {
        final List<PageSet> sets = new ArrayList<>();
        final List<GroupPlan> groups = table.layout().groups();
        for (int i = 0; i < groups.size(); i++) {
            sets.add(new PageSet("group." + groups.get(i).name(), groups.get(i).pageBytes(), table.group(i)));
        }
        sets.add(new PageSet("heap", HeapClasses.PAGE_BYTES, table.heap()));
        sets.add(new PageSet("ids", IdLookup.BLOCK_BYTES, table.directIds()));
        sets.add(new PageSet("sparse", IdLookup.BUCKET_BYTES, table.sparseBuckets()));
        sets.add(new PageSet("sparseDirectory", IdLookup.DIRECTORY_ENTRIES * Integer.BYTES, table.sparseDirectory()));
        sets.add(new PageSet("blocks", 0, table.blocks()));
        return sets;
    }

    /** How many page numbers there are. */
    public int count() {
        return pages.count();
    }

    /** Bytes of a page, {@link #ABSENT} or {@link #DEAD}. */
    public int bytes(final int page) {
        final long address = pages.address(page);
        if (address <= IdLookup.DEAD_BLOCK) {
            return address == 0 ? ABSENT : DEAD;
        }
        return pageBytes > 0 ? pageBytes : HeapReference.BLOCK_HEADER + (int) Memory.getLong(address);
    }

    /**
     * Copies a page that is there.
     *
     * @param target at least {@link #bytes} long
     */
    public void copy(final int page, final byte[] target) {
        Memory.copy(pages.address(page), target, 0, bytes(page));
    }
}
