package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.memory.Memory;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One row of the running version, written field by field, undoably: what procedures use.
 *
 * <p>Fields are named by their position in the schema; reading goes through {@link #read()}. Numbers that do not fit
 * are refused, never wrapped; so are values that a unique index has, with CONFLICT. The editor stays on its record when
 * others are inserted or deleted meanwhile. Threading: tick thread.
 */
public final class RowEditor {
    private final Table table;
    private final RowReader reader;
    private final UnsafeBuffer text = new UnsafeBuffer(0, 0);
    private long row = -1;
    private long id;
    private long moves;

    RowEditor(final Table table) {
        this.table = table;
        this.reader = new RowReader(table);
    }

    /**
     * Goes to the record of an id.
     *
     * @return false when there is none
     */
    public boolean seek(final long newId) {
        id = newId;
        row = table.rowOf(newId);
        moves = table.rowMoves();
        return row >= 0 && reader.seekRow(row);
    }

    /**
     * Goes to the record of an id.
     *
     * @throws DbException RECORD_NOT_FOUND
     */
    public RowEditor require(final long newId) {
        reader.require(newId);
        row = reader.row();
        id = newId;
        moves = table.rowMoves();
        return this;
    }

    /**
     * The same row, to read.
     *
     * @throws DbException RECORD_NOT_FOUND it was deleted meanwhile
     */
    public RowReader read() {
        row();
        return reader;
    }

    public long id() {
        return id;
    }

    /** The record's row, which deletes of others move. */
    private long row() {
        if (row < 0) {
            throw new IllegalStateException("editor is on no record; seek one first");
        }
        if (moves != table.rowMoves()) {
            require(id);
        }
        return row;
    }

    /**
     * Sets a boolean, integer or timestamp, or the name at a position of an enum.
     *
     * @throws DbException SCHEMA_MISMATCH out of range
     */
    public RowEditor setLong(final int field, final long value) {
        final FieldPlace place = table.place(field);
        if (!fits(place.field().type(), value)) {
            throw FieldWriter.mismatch(place.field(), "integer " + value);
        }
        final int mark = begin(field);
        final long at = prepare(place);
        switch (place.bytes()) {
            case 1 -> Memory.putByte(at, (byte) value);
            case 2 -> Memory.putShort(at, (short) value);
            case 4 -> Memory.putInt(at, (int) value);
            default -> Memory.putLong(at, value);
        }
        finish(mark);
        return this;
    }

    private static boolean fits(final FieldType type, final long value) {
        if (type instanceof ScalarType scalar) {
            if (scalar == ScalarType.BOOL) {
                return value >>> 1 == 0;
            }
            final boolean isWide = scalar.rowBytes() == Long.BYTES;
            return isWide && !scalar.isFloat()
                    || scalar.isInteger() && value >= scalar.minInteger() && value <= scalar.maxInteger();
        }
        return type instanceof EnumType names
                && value >= 0
                && value < names.names().size();
    }

    /** Sets a boolean. */
    public RowEditor setBoolean(final int field, final boolean value) {
        return setLong(field, value ? 1 : 0);
    }

    /**
     * Sets an f32 or f64.
     *
     * @throws DbException SCHEMA_MISMATCH another type
     */
    public RowEditor setDouble(final int field, final double value) {
        final FieldPlace place = table.place(field);
        if (!(place.field().type() instanceof ScalarType type) || !type.isFloat()) {
            throw FieldWriter.mismatch(place.field(), "number " + value);
        }
        final int mark = begin(field);
        if (type == ScalarType.F32) {
            Memory.putFloat(prepare(place), (float) value);
        } else {
            Memory.putDouble(prepare(place), value);
        }
        finish(mark);
        return this;
    }

    /** Sets an element of a vector of f32, e.g. 0 for x. */
    public RowEditor setFloat(final int field, final int element, final float value) {
        final FieldPlace place = table.place(field);
        if (!(place.field().type() instanceof VectorType type) || type.element() != ScalarType.F32) {
            throw FieldWriter.mismatch(place.field(), "number " + value);
        }
        Objects.checkIndex(element, type.length());
        final int mark = begin(field);
        Memory.putFloat(prepare(place) + (long) element * Float.BYTES, value);
        finish(mark);
        return this;
    }

    /**
     * Sets a string.
     *
     * @throws DbException SCHEMA_MISMATCH another type
     */
    public RowEditor setString(final int field, final String value) {
        final FieldPlace place = table.place(field);
        if (place.field().type() != VariableType.STRING) {
            throw FieldWriter.mismatch(place.field(), "string");
        }
        final byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        text.wrap(utf8);
        final int mark = begin(field);
        table.fieldWriter().writeBytes(table.rows(), place, row(), text, 0, utf8.length, false);
        finish(mark);
        return this;
    }

    /**
     * Makes a field null.
     *
     * @throws DbException SCHEMA_MISMATCH the field is not optional
     */
    public RowEditor setNull(final int field) {
        final FieldPlace place = table.place(field);
        if (!place.isOptional()) {
            throw FieldWriter.mismatch(place.field(), "null");
        }
        final int mark = begin(field);
        table.fieldWriter().clear(table.rows(), place, row(), false);
        finish(mark);
        return this;
    }

    /** The field at a position of the schema. */
    public Field field(final int field) {
        return table.place(field).field();
    }

    /** Begins a write to a field. Returns a mark for {@link #finish}, or -1 if no index has the field. */
    private int begin(final int field) {
        if (!table.indexes().has(field)) {
            return -1;
        }
        table.indexes().begin(row());
        table.indexes().touch(field);
        return table.epochs().undo().mark();
    }

    /** Ends a write; if an index refuses the value, it is taken back. */
    private void finish(final int mark) {
        if (mark >= 0) {
            try {
                table.indexes().finish();
            } catch (final RuntimeException | Error e) {
                table.epochs().undo().rollback(mark);
                throw e;
            }
        }
    }

    private long prepare(final FieldPlace place) {
        final long at = row();
        if (place.isOptional()) {
            table.rows().present(place, at, true, false);
        }
        return table.rows().prepare(place, at, false);
    }
}
