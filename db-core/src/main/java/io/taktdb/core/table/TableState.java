package io.taktdb.core.table;

import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.version.PageDirectory;
import io.taktdb.core.version.Pages;
import io.taktdb.types.schema.TableSchema;

/**
 * One table as one commit left it.
 *
 * <p>Threading: immutable; to be read only under the lease that it was reached through.
 */
public final class TableState implements TableView {
    private final TableLayout layout;
    private final long[] scalars;
    private final PageDirectory[] groups;
    private final PageDirectory heap;
    private final PageDirectory blocks;
    private final PageDirectory directIds;
    private final PageDirectory sparseBuckets;
    private final PageDirectory sparseDirectory;
    private final PageDirectory[] indexes;
    private final TableMemory memory;

    /** @param before the state before, or null */
    TableState(final Table table, final TableState before) {
        layout = table.layout();
        scalars = table.scalars().published();
        groups = table.rows().publish();
        heap = table.heapStore().pages().publish();
        blocks = table.heapStore().blockStore().publish();
        directIds = table.ids().direct().pages().publish();
        sparseBuckets = table.ids().sparse().buckets().publish();
        sparseDirectory = table.ids().sparse().directory().publish();
        indexes = table.indexes().publish();
        memory = TableMemory.of(table, before == null ? TableMemory.NONE : before.memory);
    }

    @Override
    public TableSchema schema() {
        return layout.schema();
    }

    @Override
    public TableLayout layout() {
        return layout;
    }

    @Override
    public long scalar(final int index) {
        return scalars[index];
    }

    @Override
    public Pages group(final int group) {
        return groups[group];
    }

    @Override
    public Pages heap() {
        return heap;
    }

    @Override
    public Pages blocks() {
        return blocks;
    }

    @Override
    public Pages directIds() {
        return directIds;
    }

    @Override
    public Pages sparseBuckets() {
        return sparseBuckets;
    }

    @Override
    public Pages sparseDirectory() {
        return sparseDirectory;
    }

    @Override
    public Pages index(final int index) {
        return indexes[index];
    }

    /** The memory that the table took when this was published. */
    public TableMemory memory() {
        return memory;
    }

    @Override
    public String toString() {
        return "TableState{table=" + schema().name() + ", rows=" + rowCount() + '}';
    }
}
