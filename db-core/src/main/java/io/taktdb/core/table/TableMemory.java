package io.taktdb.core.table;

import io.taktdb.core.layout.GroupPlan;
import io.taktdb.core.version.PageStore;
import java.util.List;

/**
 * The off-heap bytes that one table takes, by kind; a page counts with its twin and its meta line.
 *
 * <p>Frames that only leases still show are not in it, nor free ones of the pools. Threading: immutable.
 *
 * @param rows pages of all groups
 * @param heap pages and blocks of values of variable length
 * @param ids pages of the id map
 * @param indexes pages of all indexes
 */
public record TableMemory(long rows, long heap, long ids, long indexes) {
    /** Nothing. */
    public static final TableMemory NONE = new TableMemory(0, 0, 0, 0);

    /**
     * The memory of a table now.
     *
     * @param before what it was; the same object while nothing changes
     */
    static TableMemory of(final Table table, final TableMemory before) {
        final List<GroupPlan> groups = table.layout().groups();
        long rows = 0;
        for (int group = 0; group < groups.size(); group++) {
            rows += table.rows().group(group).bytes();
        }
        final PageStore buckets = table.ids().sparse().buckets();
        final PageStore directory = table.ids().sparse().directory();
        final long heap = table.heapStore().pages().bytes()
                + table.heapStore().blockStore().bytes();
        final long ids = table.ids().direct().pages().bytes() + buckets.bytes() + directory.bytes();
        final long indexes = table.indexes().bytes();
        return before.rows == rows && before.heap == heap && before.ids == ids && before.indexes == indexes
                ? before
                : new TableMemory(rows, heap, ids, indexes);
    }

    /** The sum of two. */
    public TableMemory plus(final TableMemory other) {
        return new TableMemory(rows + other.rows, heap + other.heap, ids + other.ids, indexes + other.indexes);
    }

    /** Bytes of all kinds. */
    public long total() {
        return rows + heap + ids + indexes;
    }
}
