package io.taktdb.runtime.procedure;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowAccess;
import io.taktdb.core.table.RowEditor;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.TableSchema;

/**
 * One table as procedures see it: the running version, read and written at once, taken back if the call fails.
 *
 * <p>Threading: tick thread.
 */
public final class ProcedureTable {
    private final Table table;
    private RowEditor editor;
    private RowReader reader;
    private final CallWatch watch;

    ProcedureTable(final Table table, final CallWatch watch) {
        this.watch = watch;
        this.table = table;
    }

    int tableId() {
        return table.schema().id();
    }

    boolean isOf(final Table other, final String name) {
        return other == table && table.schema().name().equals(name);
    }

    public TableSchema schema() {
        return table.schema();
    }

    /** Rows in the table. */
    public long rowCount() {
        watch.check();
        return table.rowCount();
    }

    /**
     * Position of a field, for editors and readers.
     *
     * @throws DbException FIELD_NOT_FOUND
     */
    public int field(final String name) {
        final int field = table.schema().indexOf(name);
        if (field < 0) {
            throw table.schema().fieldNotFound(name);
        }
        return field;
    }

    /** Whether there is a record of an id. */
    public boolean exists(final long id) {
        watch.check();
        return table.rowOf(id) >= 0;
    }

    /**
     * The record of an id, to read and write field by field; the same flyweight each time.
     *
     * @throws DbException RECORD_NOT_FOUND
     */
    public RowEditor edit(final long id) {
        watch.check();
        if (editor == null) {
            editor = table.editor();
        }
        return editor.require(id);
    }

    /** A flyweight over all rows; the same each time. */
    public RowReader reader() {
        watch.check();
        if (reader == null) {
            reader = table.reader();
        }
        return reader;
    }

    /** A new walk over the ids in ascending order. */
    public IdWalk walk() {
        watch.check();
        return table.walk();
    }

    /** A new, empty row to fill and {@link #insert}. */
    public RowDraft draft() {
        watch.check();
        return new RowDraft(table.schema());
    }

    /**
     * Inserts a row.
     *
     * @return its id
     * @throws DbException SCHEMA_MISMATCH, TABLE_FULL, OUT_OF_MEMORY; nothing has changed then
     */
    public long insert(final RowDraft draft) {
        watch.check();
        return table.writes().insert(draft.finish());
    }

    /**
     * Inserts a row under a given id.
     *
     * @throws DbException CONFLICT the id was used before; else as {@link #insert(RowDraft)}
     */
    public void insert(final long id, final RowDraft draft) {
        watch.check();
        table.writes().insert(id, draft.finish());
    }

    /**
     * Deletes a record, with what follows from it for records that refer to it.
     *
     * @throws DbException RECORD_NOT_FOUND; CONFLICT it is referred to
     */
    public void delete(final long id) {
        watch.check();
        table.writes().delete(id);
    }

    /**
     * Deletes the records of the first {@code count} ids, which may refer to each other; nothing of them if it fails.
     *
     * @throws DbException RECORD_NOT_FOUND; CONFLICT other records refer to some
     */
    public void deleteAll(final long[] ids, final int count) {
        table.writes().deleteAll(ids, count);
    }

    /**
     * Records through a chunk interface: the fastest way to read, change and insert many of them. Keep it, it is made
     * anew by each call.
     *
     * @throws DbException INVALID_SCHEMA a method of the interface fits no field
     */
    public <C extends Chunk> RowAccess<C> access(final Class<C> type) {
        return table.access(type);
    }
}
