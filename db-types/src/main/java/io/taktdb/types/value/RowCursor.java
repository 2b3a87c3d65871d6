package io.taktdb.types.value;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Walks one row's byte form (see {@link RowWriter}) field by field.
 *
 * <pre>{@code
 * row.wrap(buffer, index, limit);
 * while (row.next()) { row.fieldId(); row.value(); }
 * next = row.end();
 * }</pre>
 *
 * Threading: one thread.
 */
public final class RowCursor {
    private final ValueCursor value = new ValueCursor();
    private DirectBuffer buffer;
    private int limit;
    private int position;
    private int remaining;
    private int count;
    private int fieldId;
    private int valueStart;

    /**
     * Starts on the row at {@code index}.
     *
     * @throws DbException INVALID_REQUEST the bytes are cut short
     */
    public RowCursor wrap(final DirectBuffer source, final int index, final int end) {
        if (end - index < Integer.BYTES) {
            throw cutShort(index, end);
        }
        buffer = source;
        limit = end;
        count = source.getInt(index, ByteOrder.LITTLE_ENDIAN);
        remaining = count;
        position = index + Integer.BYTES;
        if (count < 0) {
            throw cutShort(index, end);
        }
        return this;
    }

    /** How many fields the row brings. */
    public int count() {
        return count;
    }

    /**
     * Steps to the next field.
     *
     * @return false at the end
     */
    public boolean next() {
        if (remaining == 0) {
            return false;
        }
        if (limit - position < Integer.BYTES) {
            throw cutShort(position, limit);
        }
        remaining--;
        fieldId = buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
        valueStart = position + Integer.BYTES;
        value.wrap(buffer, valueStart, limit);
        position = value.end();
        return true;
    }

    public int fieldId() {
        return fieldId;
    }

    /** Where the current field's value begins, kind and all; it ends where {@link #value()} does. */
    public int valueStart() {
        return valueStart;
    }

    /** The current field's value; overwritten by {@link #next()}. */
    public ValueCursor value() {
        return value;
    }

    /** The first index after the row, once all fields were walked; walks the rest if need be. */
    public int end() {
        while (next()) {
            // only the position matters
        }
        return position;
    }

    private static DbException cutShort(final int index, final int end) {
        return new DbException(ErrorCode.INVALID_REQUEST, "row is cut short: offset=" + index + ", limit=" + end);
    }
}
