package io.taktdb.core.table;

import io.taktdb.core.layout.TableLayout;
import io.taktdb.types.schema.TableSchema;
import java.util.BitSet;
import java.util.List;

/**
 * How one table gets another layout or schema: at once, or from what a {@link TablePreparation} has made.
 *
 * <p>All of it is undoable. Threading: tick thread.
 */
final class LayoutChange {
    private final Table table;
    private final BitSet writtenPast = new BitSet(); // ids of fields that are written past the indexes
    private TablePreparation preparation;

    LayoutChange(final Table table) {
        this.table = table;
    }

    /** Makes room for one more row: a small table moves to larger chunks when its only chunk is full. */
    void makeRoom() {
        final long count = table.rowCount();
        final TableLayout layout = table.layout();
        if (count == layout.rowsPerChunk() && table.rows().chunks() == 1) {
            final TableLayout larger = TableLayout.of(table.schema(), count * 4);
            if (larger.rowsPerChunk() > layout.rowsPerChunk()) {
                moveTo(larger);
            }
        }
    }

    /** See {@link Table#moveTo}. */
    void moveTo(final TableLayout layout) {
        final RowStore old = table.rows();
        final RowStore moved = RowStore.sharing(old, layout, table.epochs(), table.dirty());
        table.adopt(moved);
        table.epochs().undo().saveAction(() -> table.adopt(old));
        new TableMove(table, old, moved, table.defaults()).run();
        old.dropAllBut(moved);
    }

    /** See {@link Table#changeSchema}. */
    void changeSchema(final TableSchema schema) {
        final TableSchema before = table.schema();
        final RowStore old = table.rows();
        final TableLayout same = TableLayout.ofChunkRows(schema, old.layout().rowsPerChunk());
        final PreparedRows prepared = preparation == null ? null : preparation.rowsFor(schema);
        if (prepared != null) {
            take(prepared);
        } else if (same.hasPlacesOf(old.layout())) {
            table.adopt(new RowStore(old, same));
            table.epochs().undo().saveAction(() -> table.adopt(old));
        } else {
            moveTo(TableLayout.of(schema, table.rowCount()));
        }
        table.indexes().change(before);
    }

    private void take(final PreparedRows prepared) {
        final RowStore old = table.rows();
        final RowStore moved = prepared.finish();
        prepared.taken(true);
        table.adopt(moved);
        table.epochs().undo().saveAction(() -> {
            prepared.taken(false);
            table.adopt(old);
        });
        old.dropAllBut(moved);
    }

    /** Says that a preparation has begun, whose indexes are kept true from now on; null: it has ended. */
    void prepare(final TablePreparation begun) {
        preparation = begun;
        table.indexes().prepare(begun == null ? List.of() : List.copyOf(begun.indexes()));
    }

    /** The preparation that is under way, or null. */
    TablePreparation preparation() {
        return preparation;
    }

    /** See {@link Table#writesPastIndexes}. */
    void writesPastIndexes(final int fieldId) {
        writtenPast.set(fieldId);
    }

    /** Whether somebody writes a field past the indexes. */
    boolean isWrittenPast(final int fieldId) {
        return writtenPast.get(fieldId);
    }
}
