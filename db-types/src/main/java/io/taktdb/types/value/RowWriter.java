package io.taktdb.types.value;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes one row's values in their byte form.
 *
 * <pre>
 *   OFFSET  SIZE  DESCRIPTION
 *        0     4  count of fields
 *   per field:
 *        0     4  field id (stable within the table)
 *        4     *  value, see {@link ValueKind}
 * </pre>
 *
 * The buffer must grow by itself (an Agrona expandable buffer). Threading: one thread.
 */
public final class RowWriter {
    private MutableDirectBuffer buffer;
    private int start;
    private int position;
    private int count;

    /** Starts a row at {@code index}. */
    public RowWriter wrap(final MutableDirectBuffer target, final int index) {
        buffer = target;
        start = index;
        position = index + Integer.BYTES;
        count = 0;
        return this;
    }

    /** Begins a field; its value must follow, by one of the put methods or through {@link #position(int)}. */
    public RowWriter field(final int fieldId) {
        buffer.putInt(position, fieldId, ByteOrder.LITTLE_ENDIAN);
        position += Integer.BYTES;
        count++;
        return this;
    }

    /** Takes back the field that began at {@code fieldStart}. */
    public void rewind(final int fieldStart) {
        position = fieldStart;
        count--;
    }

    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Where the next byte goes. */
    public int position() {
        return position;
    }

    /** Says that the bytes up to here were written by somebody else. */
    public RowWriter position(final int newPosition) {
        position = newPosition;
        return this;
    }

    public RowWriter putNull() {
        buffer.putByte(position++, ValueKind.NULL);
        return this;
    }

    /** A scalar whose value is the low {@code bytes} of {@code bits}. */
    public RowWriter putScalar(final byte kind, final long bits) {
        position = ValueForm.putScalar(buffer, position, kind, bits);
        return this;
    }

    public RowWriter putString(final String text) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        position = ValueForm.putHead(buffer, position, ValueKind.STRING, utf8.length);
        buffer.putBytes(position, utf8);
        position += utf8.length;
        return this;
    }

    /** Bytes of a kind that carries a length. */
    public RowWriter putBytes(final byte kind, final DirectBuffer source, final int offset, final int length) {
        position = ValueForm.putHead(buffer, position, kind, length);
        buffer.putBytes(position, source, offset, length);
        position += length;
        return this;
    }

    /**
     * Ends the row.
     *
     * @return the first index after it
     */
    public int finish() {
        buffer.putInt(start, count, ByteOrder.LITTLE_ENDIAN);
        return position;
    }
}
