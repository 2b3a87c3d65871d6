package io.taktdb.types.value;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * One value in its byte form (see {@link ValueKind}), read in place.
 *
 * <p>{@link #wrap} finds where the value's bytes start and end; {@link #end()} is where the next thing starts. Every
 * length is checked against the limit, so that damaged bytes are an error and never a wild read. Threading: one thread.
 */
public final class ValueCursor {
    private DirectBuffer buffer;
    private byte kind;
    private int offset;
    private int length;

    /**
     * Reads the head of the value at {@code index}.
     *
     * @param limit where the enclosing bytes end
     * @throws DbException INVALID_REQUEST the bytes are cut short or the kind is unknown
     */
    public ValueCursor wrap(final DirectBuffer source, final int index, final int limit) {
        buffer = source;
        if (index >= limit) {
            throw cutShort(index, limit);
        }
        kind = source.getByte(index);
        offset = index + 1;
        if (kind == ValueKind.NULL) {
            length = 0;
        } else if (ValueKind.isScalar(kind)) {
            length = ValueKind.scalar(kind).rowBytes();
        } else if (ValueKind.hasLength(kind)) {
            if (limit - offset < Integer.BYTES) {
                throw cutShort(index, limit);
            }
            length = source.getInt(offset, ByteOrder.LITTLE_ENDIAN);
            offset += Integer.BYTES;
        } else {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST, "unknown kind of value: kind=" + kind + ", offset=" + index);
        }
        if (length < 0 || length > limit - offset) {
            throw cutShort(index, limit);
        }
        return this;
    }

    private static DbException cutShort(final int index, final int limit) {
        return new DbException(ErrorCode.INVALID_REQUEST, "value is cut short: offset=" + index + ", limit=" + limit);
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    public byte kind() {
        return kind;
    }

    public boolean isNull() {
        return kind == ValueKind.NULL;
    }

    /** Where the value's bytes start in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** How many bytes the value has. */
    public int length() {
        return length;
    }

    /** The first index after the value. */
    public int end() {
        return offset + length;
    }
}
