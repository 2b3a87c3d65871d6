package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.memory.Memory;
import io.taktdb.types.schema.Field;
import io.taktdb.types.value.ValueCursor;
import java.util.List;

/**
 * New rows whose ids follow each other, appended chunk by chunk and filled in place.
 *
 * <pre>{@code
 * run.begin(count);
 * while (run.next()) {
 *     run.append();
 *     ...fill rows run.row() to run.row() + run.size() - 1...
 *     run.finish();
 * }
 * }</pre>
 *
 * Threading: tick thread.
 */
final class RowRun {
    private final Table table;
    private long id;
    private long row;
    private int size;
    private int left;

    RowRun(final Table table) {
        this.table = table;
    }

    /**
     * Finds the ids.
     *
     * @return the first
     * @throws io.taktdb.types.error.DbException TABLE_FULL
     */
    long begin(final int count) {
        RowWrites.checkRoom(table, count);
        id = table.ids().nextIds(count);
        left = count;
        return id;
    }

    /** Makes room for the next row: maybe in another layout. Returns false at the end. */
    boolean next() {
        if (left > 0) {
            table.layoutChange().makeRoom();
        }
        return left > 0;
    }

    /** Appends as many rows as the chunk takes: they show defaults, null or zero. */
    void append() {
        final RowStore rows = table.rows();
        row = table.rowCount();
        size = Math.min(left, rows.layout().rowsPerChunk() - rows.inChunk(row));
        table.ids().addAll(id, row, size);
        rows.append(row, size);
        table.scalars().set(TableView.ROWS, row + size);
        final FieldPlace place = rows.layout().id();
        long at = rows.open()[0] + place.offset() + (long) rows.inChunk(row) * place.stride();
        for (int i = 0; i < size; i++) {
            Memory.putLong(at, id + i);
            at += place.stride();
        }
        fillDefaults(rows);
    }

    private void fillDefaults(final RowStore rows) {
        final List<Field> fields = table.schema().fields();
        for (int field = 0; field < fields.size(); field++) {
            if (fields.get(field).defaultJson() != null) {
                for (int i = 0; i < size; i++) {
                    final ValueCursor value = table.defaults().of(field);
                    table.fieldWriter().write(rows, table.place(field), row + i, value, true);
                }
            }
        }
    }

    /** The first row that {@link #append} made. */
    long row() {
        return row;
    }

    /** How many rows {@link #append} made. */
    int size() {
        return size;
    }

    /**
     * Enters the rows, filled by now, into the indexes.
     *
     * @throws io.taktdb.types.error.DbException CONFLICT a unique index has the values
     */
    void finish() {
        for (int i = 0; i < size; i++) {
            table.indexes().insert(row + i);
        }
        id += size;
        left -= size;
    }
}
