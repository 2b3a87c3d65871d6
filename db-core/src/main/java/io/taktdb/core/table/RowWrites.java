package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.version.UndoLog;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.ValueCursor;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.LongArrayList;

/**
 * Inserts, replaces, merges and deletes of whole rows, from their byte form.
 *
 * <p>Each call is atomic: it either takes place, or throws and has changed nothing. Threading: tick thread.
 */
public final class RowWrites {
    private final Table table;
    private long[] written = new long[0]; // per field the stamp of the write that brought it last
    private final RowDeletes deletes;
    private long stamp;

    RowWrites(final Table table) {
        this.table = table;
        this.deletes = new RowDeletes(table);
    }

    /**
     * Inserts a row under an id of the server's choice.
     *
     * @return the id
     */
    public long insert(final RowCursor row) {
        final UndoLog undo = table.epochs().undo();
        final int mark = undo.mark();
        try {
            final long id = table.ids().nextId();
            insertRow(id, row, true);
            return id;
        } catch (final RuntimeException | Error e) {
            undo.rollback(mark);
            throw e;
        }
    }

    /**
     * Inserts a row under a given id.
     *
     * @throws DbException CONFLICT the id was used before, or a unique index has the values; TABLE_FULL;
     *     SCHEMA_MISMATCH; FIELD_NOT_FOUND; OUT_OF_MEMORY
     */
    public void insert(final long id, final RowCursor row) {
        final UndoLog undo = table.epochs().undo();
        final int mark = undo.mark();
        try {
            insertRow(id, row, false);
        } catch (final RuntimeException | Error e) {
            undo.rollback(mark);
            throw e;
        }
    }

    private void insertRow(final long id, final RowCursor row, final boolean isUnused) {
        checkRoom(table, 1);
        table.layoutChange().makeRoom();
        final long at = table.rowCount();
        if (!isUnused) {
            table.ids().requireUnused(id);
        }
        table.ids().add(id, at);
        table.rows().append(at, 1);
        table.scalars().set(TableView.ROWS, at + 1);
        table.rows().openId(at, id);
        writeNew(at, row);
        table.indexes().insert(at);
    }

    /** Refuses more rows than the schema lets a table have. */
    static void checkRoom(final TableView table, final long more) {
        if (table.rowCount() + more > table.schema().maxRows()) {
            throw new DbException(
                            ErrorCode.TABLE_FULL,
                            "table is full: table=" + table.schema().name() + ", rows=" + table.rowCount()
                                    + ", maxRows=" + table.schema().maxRows()
                                    + "; raise maxRows in the schema or delete rows")
                    .with("table", table.schema().name());
        }
    }

    /**
     * Replaces all fields of a record: absent ones take their default, or null.
     *
     * @throws DbException see insert
     */
    public void replace(final long id, final RowCursor row) {
        update(id, row, true);
    }

    /**
     * Changes the fields that the row brings.
     *
     * @throws DbException RECORD_NOT_FOUND; else see insert
     */
    public void merge(final long id, final RowCursor row) {
        update(id, row, false);
    }

    private void update(final long id, final RowCursor row, final boolean whole) {
        final UndoLog undo = table.epochs().undo();
        final int mark = undo.mark();
        try {
            final long at = requireRow(id);
            table.indexes().begin(at);
            writeFields(at, row);
            if (whole) {
                fillAbsent(at, false);
            }
            table.indexes().finish();
        } catch (final RuntimeException | Error e) {
            undo.rollback(mark);
            throw e;
        }
    }

    /**
     * Deletes a record; the last row takes its place. Records that refer to it go too, lose their reference, or are in
     * the way, as their relation says.
     *
     * @throws DbException RECORD_NOT_FOUND; CONFLICT it is referred to
     */
    public void delete(final long id) {
        deletes.delete(id);
    }

    /** Rows deleted so far, those of transactions that were taken back included. */
    long deletes() {
        return deletes.count();
    }

    /**
     * Deletes every record; those that refer to each other are not in the way.
     *
     * @return how many there were
     * @throws DbException CONFLICT records of other tables refer to some
     */
    public long clear() {
        return deletes.clear();
    }

    /**
     * Deletes records; those that refer to each other are not in the way.
     *
     * @return how many there were
     * @throws DbException CONFLICT other records refer to some; RECORD_NOT_FOUND
     */
    public long deleteAll(final LongArrayList ids) {
        return deletes.deleteAll(ids.toLongArray(), ids.size());
    }

    /** The same for the first {@code count} ids of an array. */
    public long deleteAll(final long[] ids, final int count) {
        return deletes.deleteAll(ids, count);
    }

    /**
     * Row of an id.
     *
     * @throws DbException RECORD_NOT_FOUND
     */
    long requireRow(final long id) {
        return requireRow(table, id);
    }

    static long requireRow(final TableView table, final long id) {
        final long row = IdLookup.find(table, id);
        if (row < 0) {
            throw notFound(table, id, row);
        }
        return row;
    }

    /** The error for an id without a record. */
    static DbException notFound(final TableView table, final long id, final long found) {
        final String shown = Long.toUnsignedString(id);
        return new DbException(
                        ErrorCode.RECORD_NOT_FOUND,
                        "record not found: table=" + table.schema().name() + ", id=" + shown
                                + (found == IdLookup.DEAD ? "; it was deleted" : ""))
                .with("table", table.schema().name())
                .with("id", shown);
    }

    /** Writes all fields of a row that was appended just now. */
    private void writeNew(final long at, final RowCursor row) {
        final RowStore rows = table.rows();
        final FieldSlot[] slots = rows.slots();
        final long[] open = rows.open();
        final int inChunk = rows.inChunk(at);
        beginFields();
        int absent = slots.length;
        while (row.next()) {
            final int field = requireField(row);
            final boolean again = written[field] == stamp;
            if (again || !slots[field].writeFresh(open, inChunk, row.value())) {
                table.fieldWriter().write(rows, slots[field].place(), at, row.value(), !again);
            }
            absent -= again ? 0 : 1;
            written[field] = stamp;
        }
        if (absent > 0) {
            fillAbsent(at, true);
        }
    }

    private void writeFields(final long at, final RowCursor row) {
        beginFields();
        while (row.next()) {
            final int field = requireField(row);
            table.indexes().touch(field);
            table.fieldWriter().write(table.rows(), table.place(field), at, row.value(), false);
            written[field] = stamp;
        }
    }

    private void beginFields() {
        final int fields = table.rows().slots().length;
        if (written.length < fields) {
            written = Arrays.copyOf(written, Math.max(fields, 16));
        }
        stamp++;
    }

    private int requireField(final RowCursor row) {
        final int field = table.positionOf(row.fieldId());
        if (field < 0) {
            throw new DbException(
                            ErrorCode.FIELD_NOT_FOUND,
                            "field was dropped meanwhile: table="
                                    + table.schema().name() + ", field id=" + row.fieldId() + "; read the schema again")
                    .with("table", table.schema().name());
        }
        return field;
    }

    private void fillAbsent(final long at, final boolean fresh) {
        final List<FieldPlace> places = table.layout().fields();
        for (int field = 0; field < places.size(); field++) {
            if (written[field] == stamp) {
                continue;
            }
            final FieldPlace place = places.get(field);
            if (!fresh) {
                table.indexes().touch(field);
            }
            final ValueCursor value = table.defaults().of(field);
            if (value != null) {
                table.fieldWriter().write(table.rows(), place, at, value, fresh);
            } else if (!place.field().mayBeNull()) {
                throw required(place.field());
            } else if (!fresh) {
                table.fieldWriter().clear(table.rows(), place, at, false);
            }
        }
    }

    DbException required(final Field field) {
        return new DbException(
                        ErrorCode.SCHEMA_MISMATCH,
                        "field is required: table=" + table.schema().name() + ", field=" + field.name() + ", type="
                                + field.type().spelling() + "; give a value, or make it optional")
                .with("table", table.schema().name())
                .with("field", field.name());
    }
}
