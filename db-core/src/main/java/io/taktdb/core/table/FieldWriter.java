package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.memory.Memory;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.value.ValueCheck;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueKind;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Writes single values into rows, whatever their type, undoably.
 *
 * <p>Threading: tick thread.
 */
final class FieldWriter {
    private final Heap heap;

    FieldWriter(final Heap heap) {
        this.heap = heap;
    }

    /**
     * Writes a value in its byte form; null clears an optional field.
     *
     * @param fresh whether the row is being made, so that nothing old need be saved
     * @throws DbException SCHEMA_MISMATCH the value does not fit the field
     */
    void write(
            final RowStore rows, final FieldPlace place, final long row, final ValueCursor value, final boolean fresh) {
        if (value.isNull()) {
            if (!place.field().mayBeNull()) {
                throw mismatch(place.field(), "null");
            }
            clear(rows, place, row, fresh);
            return;
        }
        final FieldType type = place.field().type();
        if (value.kind() != ValueKind.of(type) || !type.isVariable() && value.length() != place.bytes()) {
            throw mismatch(place.field(), ValueKind.describe(value.kind()));
        }
        writeBytes(rows, place, row, value.buffer(), value.offset(), value.length(), fresh);
    }

    /** Writes a value's bytes, of the field's very type. */
    void writeBytes(
            final RowStore rows,
            final FieldPlace place,
            final long row,
            final DirectBuffer source,
            final int offset,
            final int length,
            final boolean fresh) {
        final FieldType type = place.field().type();
        final String fault = ValueCheck.fault(type, source, offset, length);
        if (fault != null) {
            throw mismatch(place.field(), fault);
        }
        if (type.isVariable()) {
            writeVariable(rows, place, row, source, offset, length, fresh);
        } else {
            copyFixed(source, offset, rows.prepare(place, row, fresh), length);
        }
        if (place.isOptional()) {
            rows.present(place, row, true, fresh);
        }
    }

    /** Makes an optional field null, or an option none. */
    void clear(final RowStore rows, final FieldPlace place, final long row, final boolean fresh) {
        free(rows, place, row);
        Memory.zero(rows.prepare(place, row, fresh), place.bytes());
        if (place.isOptional()) {
            rows.present(place, row, false, fresh);
        }
    }

    /** Forgets the heap bytes of a value, if it has any. The row still refers to them. */
    void free(final RowStore rows, final FieldPlace place, final long row) {
        if (place.field().type().isVariable()) {
            final long reference = rows.address(place, row);
            if (!HeapReference.isInline(HeapReference.length(reference))) {
                heap.free(Memory.getLong(reference + HeapReference.LOCATION));
            }
        }
    }

    private void writeVariable(
            final RowStore rows,
            final FieldPlace place,
            final long row,
            final DirectBuffer source,
            final int offset,
            final int length,
            final boolean fresh) {
        if (!fresh) {
            free(rows, place, row);
        }
        if (HeapReference.isInline(length)) {
            final long reference = rows.prepare(place, row, fresh);
            Memory.zero(reference, HeapReference.BYTES);
            Memory.putInt(reference, length);
            Memory.copy(source, offset, reference + HeapReference.VALUE, length);
            return;
        }
        final long location = heap.store(source, offset, length);
        final long reference = rows.prepare(place, row, fresh);
        Memory.putInt(reference, length);
        Memory.copy(source, offset, reference + HeapReference.VALUE, HeapReference.LOCATION - HeapReference.VALUE);
        Memory.putLong(reference + HeapReference.LOCATION, location);
    }

    static void copyFixed(final DirectBuffer source, final int offset, final long address, final int bytes) {
        switch (bytes) {
            case 1 -> Memory.putByte(address, source.getByte(offset));
            case 2 -> Memory.putShort(address, source.getShort(offset, ByteOrder.LITTLE_ENDIAN));
            case 4 -> Memory.putInt(address, source.getInt(offset, ByteOrder.LITTLE_ENDIAN));
            case 8 -> Memory.putLong(address, source.getLong(offset, ByteOrder.LITTLE_ENDIAN));
            default -> Memory.copy(source, offset, address, bytes);
        }
    }

    static DbException mismatch(final Field field, final String came) {
        return new DbException(
                        ErrorCode.SCHEMA_MISMATCH,
                        "value does not fit the field: field=" + field.name() + ", expected="
                                + field.type().spelling() + (field.mayBeNull() ? " or null" : "") + ", came=" + came)
                .with("field", field.name());
    }
}
