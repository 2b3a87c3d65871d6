package io.taktdb.core.table;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.version.DirtyFlag;
import io.taktdb.core.version.Epochs;
import io.taktdb.core.version.KernelPages;
import io.taktdb.core.version.Pages;
import io.taktdb.core.version.Scalars;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.TableSchema;
import java.util.Arrays;

/**
 * One table as the tick thread works on it.
 *
 * <p>{@link #writes()} changes rows; {@link #moveTo} changes its schema or chunk size; {@link #publish} gives the state
 * that readers see. All changes are undone by the transaction's undo log. Threading: tick thread.
 */
public final class Table implements TableView {
    private final Epochs epochs;
    private final DirtyFlag dirty = new DirtyFlag();
    private final Scalars scalars;
    private final IdMap ids;
    private final Heap heap;
    private final FieldWriter fieldWriter;
    private final RowWrites writes;
    private final TableIndexes indexes;
    private final HeapCompaction compaction;
    private final LayoutChange change = new LayoutChange(this);
    private RowWatch watch = RowWatch.NONE;
    private RowStore rows;
    private Defaults defaults;
    private int[] positionById;
    private TableState published;

    /** A new, empty table. */
    public Table(final Epochs epochs, final TableSchema schema) {
        this.epochs = epochs;
        this.scalars = new Scalars(epochs, SCALARS, dirty);
        this.ids = new IdMap(epochs, schema.name(), this, scalars, dirty);
        this.heap = new Heap(epochs, schema.name(), scalars, dirty);
        this.fieldWriter = new FieldWriter(heap);
        this.compaction = new HeapCompaction(this, heap);
        adopt(new RowStore(epochs, TableLayout.of(schema, 0), dirty));
        this.indexes = new TableIndexes(this);
        this.writes = new RowWrites(this);
        scalars.set(NEXT_ID, 1);
    }

    void adopt(final RowStore newRows) {
        rows = newRows;
        dirty.raise();
        final TableSchema schema = newRows.layout().schema();
        defaults = new Defaults(schema);
        positionById = new int[schema.nextFieldId()];
        Arrays.fill(positionById, -1);
        for (int i = 0; i < schema.fields().size(); i++) {
            positionById[schema.fields().get(i).id()] = i;
        }
    }

    /** Inserts, updates and deletes of rows. */
    public RowWrites writes() {
        return writes;
    }

    /** A flyweight that reads and writes single rows of the running version. */
    public RowEditor editor() {
        return new RowEditor(this);
    }

    /** Single rows of the running version through a chunk interface that writes no indexed field. */
    public <C extends Chunk> RowAccess<C> access(final Class<C> type) {
        return new RowAccess<>(this, type);
    }

    @Override
    public TableSchema schema() {
        return rows.layout().schema();
    }

    @Override
    public TableLayout layout() {
        return rows.layout();
    }

    @Override
    public long scalar(final int index) {
        return scalars.get(index);
    }

    @Override
    public Pages group(final int group) {
        return rows.group(group);
    }

    @Override
    public Pages heap() {
        return heap.pages();
    }

    @Override
    public Pages blocks() {
        return heap.blockStore();
    }

    @Override
    public Pages directIds() {
        return ids.direct().pages();
    }

    @Override
    public Pages sparseBuckets() {
        return ids.sparse().buckets();
    }

    @Override
    public Pages sparseDirectory() {
        return ids.sparse().directory();
    }

    @Override
    public Pages index(final int index) {
        return indexes.pages(index);
    }

    /** Position of a field in the schema by its stable id, or -1 when there is none now. */
    public int positionOf(final int fieldId) {
        return fieldId >= 0 && fieldId < positionById.length ? positionById[fieldId] : -1;
    }

    /** Whole pages of a group, for systems. */
    public KernelPages kernel(final int group) {
        return rows.kernel(group);
    }

    Epochs epochs() {
        return epochs;
    }

    Scalars scalars() {
        return scalars;
    }

    IdMap ids() {
        return ids;
    }

    Heap heapStore() {
        return heap;
    }

    RowStore rows() {
        return rows;
    }

    RowWatch watch() {
        return watch;
    }

    /** Says who is told of writes and deletes. */
    public void watchBy(final RowWatch newWatch) {
        watch = newWatch;
    }

    TableIndexes indexes() {
        return indexes;
    }

    LayoutChange layoutChange() {
        return change;
    }

    DirtyFlag dirty() {
        return dirty;
    }

    FieldWriter fieldWriter() {
        return fieldWriter;
    }

    Defaults defaults() {
        return defaults;
    }

    /** Grows whenever records may have other rows than before: by deletes, and by what is taken back. */
    long rowMoves() {
        return writes.deletes() + epochs.undo().rollbacks();
    }

    FieldPlace place(final int field) {
        return rows.layout().fields().get(field);
    }

    /**
     * Moves all rows to another layout, which may be that of a changed schema: fields are matched by their id, values
     * are converted to wider types, new fields show their default, null or zero.
     *
     * @throws io.taktdb.types.error.DbException SCHEMA_MISMATCH a value has no exact counterpart in the new type
     */
    public void moveTo(final TableLayout layout) {
        change.moveTo(layout);
    }

    /**
     * Takes over a changed schema: builds the indexes that need it, and moves the rows; where only names differ, no row
     * moves.
     *
     * @throws io.taktdb.types.error.DbException SCHEMA_MISMATCH as {@link #moveTo}; CONFLICT a unique index would hold
     *     equal values
     */
    public void changeSchema(final TableSchema schema) {
        change.changeSchema(schema);
    }

    /** Says that a field is written past the indexes: by whole columns, or through a chunk interface. */
    public void writesPastIndexes(final int fieldId) {
        change.writesPastIndexes(fieldId);
    }

    /** Takes over the content of a stored table of the same schema. The table must be new and empty. */
    public void load(final TableImage image) {
        adopt(new RowStore(epochs, TableLayout.ofChunkRows(schema(), image.rowsPerChunk()), dirty));
        image.loadInto(this);
        indexes.rebuild();
    }

    /**
     * Takes back what a stored table knows of its ids besides those of its rows. Not undoable.
     *
     * @param first to {@code last}: ids of records that were deleted, for one range of several
     * @throws io.taktdb.types.error.DbException CONFLICT one was used already; LIMIT_EXCEEDED
     */
    public void bury(final long first, final long last) {
        ids.bury(first, last);
    }

    /** Sets the id that the next record gets, unless it is taken. */
    public void nextId(final long id) {
        scalars.set(NEXT_ID, id);
    }

    /**
     * Does a bounded part of what keeps the table small; between transactions. What does not fit into memory now is
     * left for later.
     */
    public void tidy() {
        if (!compaction.isDue()) {
            return;
        }
        final int mark = epochs.undo().mark();
        try {
            compaction.step();
        } catch (final DbException e) {
            epochs.undo().rollback(mark);
            compaction.giveUp();
        }
        epochs.undo().clear();
    }

    /** Ends the table when the running version is published. */
    public void drop() {
        rows.dropAll();
        heap.dropAll();
        ids.dropAll();
        indexes.dropAll();
    }

    /** The state of the version that is about to be published; the same object while nothing changes. */
    public TableState publish() {
        if (dirty.takeDown()) {
            published = new TableState(this, published);
        }
        return published;
    }

    /** Returns memory that pools do not know of, when the database closes. */
    public void close() {
        heap.blockStore().close();
    }
}
