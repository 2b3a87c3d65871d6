package io.taktdb.core.table;

import io.taktdb.core.version.UndoLog;

/**
 * Deletes of whole rows: the last row takes the place of one that goes.
 *
 * <p>Each call is atomic, and what it deletes goes together: records that refer to each other are not in the way.
 * Threading: tick thread.
 */
final class RowDeletes {
    private final Table table;
    private long count;

    RowDeletes(final Table table) {
        this.table = table;
    }

    /** Rows deleted so far, those of transactions that were taken back included. */
    long count() {
        return count;
    }

    /** Deletes one record. */
    void delete(final long id) {
        final UndoLog undo = table.epochs().undo();
        final int mark = undo.mark();
        begin();
        try {
            final long before = table.rowCount();
            removeRow(RowWrites.requireRow(table, id), id);
            table.rows().zeroTail(table.rowCount(), before);
            table.watch().end();
        } catch (final RuntimeException | Error e) {
            takeBack(mark);
            throw e;
        } finally {
            table.epochs().budget().closeReserve();
        }
    }

    /** Deletes the first {@code size} of some ids. */
    long deleteAll(final long[] ids, final int size) {
        final UndoLog undo = table.epochs().undo();
        final int mark = undo.mark();
        final long before = table.rowCount();
        begin();
        try {
            for (int i = 0; i < size; i++) {
                removeRow(RowWrites.requireRow(table, ids[i]), ids[i]);
            }
            return end(before);
        } catch (final RuntimeException | Error e) {
            takeBack(mark);
            throw e;
        } finally {
            table.epochs().budget().closeReserve();
        }
    }

    /** Deletes every record. */
    long clear() {
        final UndoLog undo = table.epochs().undo();
        final int mark = undo.mark();
        final long before = table.rowCount();
        begin();
        try {
            for (long row = before - 1; row >= 0; row--) {
                removeRow(row, table.rows().id(row));
            }
            return end(before);
        } catch (final RuntimeException | Error e) {
            takeBack(mark);
            throw e;
        } finally {
            table.epochs().budget().closeReserve();
        }
    }

    private void begin() {
        table.watch().begin();
        table.epochs().budget().openReserve();
    }

    private long end(final long before) {
        final long rows = table.rowCount();
        table.rows().zeroTail(rows, before);
        table.watch().end(); // may delete more rows, of this table too
        return before - rows;
    }

    private void takeBack(final int mark) {
        table.epochs().undo().rollback(mark);
        table.watch().abandon();
    }

    private void removeRow(final long row, final long id) {
        final RowStore rows = table.rows();
        final long last = table.rowCount() - 1;
        table.indexes().remove(row);
        for (final FieldSlot slot : rows.variableSlots()) {
            table.fieldWriter().free(rows, slot.place(), row);
        }
        table.ids().kill(id);
        rows.remove(row, last);
        if (row != last) {
            table.ids().move(rows.id(row), row);
        }
        table.scalars().set(TableView.ROWS, last);
        count++;
        table.watch().deleted(table, id);
    }
}
