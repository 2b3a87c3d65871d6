package io.taktdb.runtime.command;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.value.RowCursor;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Steps through one command's bytes (see {@link CommandOp}), checking every length.
 *
 * <p>Threading: one thread.
 */
final class CommandReader {
    private final RowCursor row = new RowCursor();
    private DirectBuffer buffer;
    private int position;
    private int limit;

    CommandReader wrap(final DirectBuffer source, final int offset, final int end) {
        buffer = source;
        position = offset;
        limit = end;
        return this;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int position() {
        return position;
    }

    int limit() {
        return limit;
    }

    void skip(final int bytes) {
        need(bytes);
        position += bytes;
    }

    byte readByte() {
        need(1);
        return buffer.getByte(position++);
    }

    int readInt() {
        need(Integer.BYTES);
        position += Integer.BYTES;
        return buffer.getInt(position - Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    /** A number of things that follow; each takes at least one byte. */
    int readCount() {
        final int count = readInt();
        if (count < 0 || count > limit - position) {
            throw cutShort();
        }
        return count;
    }

    long readLong() {
        need(Long.BYTES);
        position += Long.BYTES;
        return buffer.getLong(position - Long.BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    String readText() {
        need(Short.BYTES);
        final int length = buffer.getShort(position, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        position += Short.BYTES;
        need(length);
        position += length;
        return buffer.getStringWithoutLengthUtf8(position - length, length);
    }

    byte[] readBytes(final int length) {
        need(length);
        final byte[] bytes = new byte[length];
        buffer.getBytes(position, bytes);
        position += length;
        return bytes;
    }

    /** The row that starts here; {@link #endRow} steps behind it. */
    RowCursor row() {
        return row.wrap(buffer, position, limit);
    }

    void endRow() {
        position = row.end();
    }

    private void need(final int bytes) {
        if (bytes < 0 || bytes > limit - position) {
            throw cutShort();
        }
    }

    private DbException cutShort() {
        return new DbException(
                ErrorCode.INVALID_REQUEST, "command is cut short: offset=" + position + ", limit=" + limit);
    }
}
