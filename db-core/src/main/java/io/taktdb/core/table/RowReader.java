package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.Memory;
import io.taktdb.types.error.DbException;
import io.taktdb.types.json.DefaultValue;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.schema.NestedType;
import io.taktdb.types.schema.ScalarType;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One row of a table, read in place: a flyweight that is moved from row to row.
 *
 * <p>Fields are named by their position in the schema. {@link #buffer} shows a value's bytes where they lie; it is the
 * same object each time, and valid until the next call and while the lease is open. A null value has length 0.
 *
 * <p>Threading: one thread, under one lease (or the tick thread on a {@link Table}).
 */
public final class RowReader {
    private final TableView table;
    private final Table running; // null on a published state, whose layout never changes
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private TableLayout layout;
    private FieldPlace[] places;
    private long row = -1;
    private int chunk;
    private int inChunk;

    RowReader(final TableView table) {
        this.table = table;
        this.running = table instanceof Table changing ? changing : null;
        learn();
    }

    private void learn() {
        layout = table.layout();
        places = layout.fields().toArray(new FieldPlace[0]);
        locate();
    }

    private void locate() {
        chunk = (int) (row >>> layout.chunkShift());
        inChunk = (int) (row & layout.rowsPerChunk() - 1);
    }

    /** The place of a field, also after the running version moved to another layout. */
    private FieldPlace place(final int field) {
        if (running != null && running.layout() != layout) {
            learn();
        }
        return places[field];
    }

    /**
     * Goes to the record of an id.
     *
     * @return false when there is none
     */
    public boolean seek(final long id) {
        final long found = table.rowOf(id);
        return found >= 0 && seekRow(found);
    }

    /**
     * Goes to the record of an id.
     *
     * @throws DbException RECORD_NOT_FOUND
     */
    public RowReader require(final long id) {
        if (!seek(id)) {
            throw RowWrites.notFound(table, id, IdLookup.find(table, id));
        }
        return this;
    }

    /**
     * Goes to a row by number.
     *
     * @return false when it is beyond the last row
     */
    public boolean seekRow(final long newRow) {
        if (newRow < 0 || newRow >= table.rowCount()) {
            return false;
        }
        row = newRow;
        if (layout == table.layout()) {
            locate();
        } else {
            learn();
        }
        return true;
    }

    /** The row's number; rows move, ids do not. */
    public long row() {
        return row;
    }

    public long id() {
        if (running != null && running.layout() != layout) {
            learn();
        }
        return Memory.getLong(address(layout.id()));
    }

    /** Whether the field has no value. */
    public boolean isNull(final int field) {
        final FieldPlace place = place(field);
        return place.isOptional()
                && !Presence.get(place, table.group(place.group()).address(chunk), inChunk);
    }

    /** The value's bytes, from index 0 to {@link #length}. */
    public DirectBuffer buffer(final int field) {
        final FieldPlace place = place(field);
        final long address = address(place);
        if (place.field().type().isVariable()) {
            Memory.wrap(view, HeapReference.valueAddress(table, address), HeapReference.length(address));
        } else {
            Memory.wrap(view, address, place.bytes());
        }
        return view;
    }

    /** Where the value starts in {@link #buffer}: always 0. */
    public int offset(final int field) {
        return 0;
    }

    /** Bytes of the value. */
    public int length(final int field) {
        final FieldPlace place = place(field);
        return place.field().type().isVariable() ? HeapReference.length(address(place)) : place.bytes();
    }

    /** A boolean, integer, timestamp or enum as a number: sign-extended if the type is signed. */
    public long getLong(final int field) {
        final FieldPlace place = place(field);
        final long bits = Memory.getBits(address(place), place.bytes());
        if (place.field().type() instanceof ScalarType type && type.isInteger() && !type.isUnsigned()) {
            final int shift = Long.SIZE - place.bytes() * Byte.SIZE;
            return bits << shift >> shift;
        }
        return bits;
    }

    public int getInt(final int field) {
        return (int) getLong(field);
    }

    public boolean getBoolean(final int field) {
        return Memory.getByte(address(place(field))) != 0;
    }

    /** An f32 or f64, or an integer as a double. */
    public double getDouble(final int field) {
        final FieldPlace place = place(field);
        if (place.field().type() == ScalarType.F32) {
            return Memory.getFloat(address(place));
        } else if (place.field().type() == ScalarType.F64) {
            return Memory.getDouble(address(place));
        }
        final long value = getLong(field);
        return value < 0 && place.field().type() == ScalarType.U64 ? (value >>> 1 | value & 1) * 2.0 : value;
    }

    public float getFloat(final int field) {
        return (float) getDouble(field);
    }

    /** Element of a vector of f32, e.g. 0 for x. */
    public float getFloat(final int field, final int element) {
        final FieldPlace place = place(field);
        Objects.checkIndex(element, place.bytes() / Float.BYTES);
        return Memory.getFloat(address(place) + (long) element * Float.BYTES);
    }

    /** A string or json value, or a nested one as JSON; null when it is null. Allocates. */
    public String getString(final int field) {
        if (isNull(field)) {
            return null;
        }
        if (place(field).field().type() instanceof NestedType nested) {
            return DefaultValue.toJson(nested, buffer(field), 0, length(field), JsonStyle.PLAIN);
        }
        final byte[] bytes = new byte[length(field)];
        buffer(field).getBytes(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether a field has the same value as in another row of the same fields. */
    public boolean hasSameValue(final int field, final RowReader other) {
        final boolean isNull = isNull(field);
        if (isNull || other.isNull(field)) {
            return isNull == other.isNull(field);
        }
        final int bytes = length(field);
        if (bytes != other.length(field)) {
            return false;
        }
        return Memory.isSame(valueAddress(field), other.valueAddress(field), bytes);
    }

    private long valueAddress(final int field) {
        final FieldPlace place = place(field);
        final long address = address(place);
        return place.field().type().isVariable() ? HeapReference.valueAddress(table, address) : address;
    }

    private long address(final FieldPlace place) {
        return table.group(place.group()).address(chunk) + place.offset() + (long) inChunk * place.stride();
    }
}
