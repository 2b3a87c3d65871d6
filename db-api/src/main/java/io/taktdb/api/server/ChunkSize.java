package io.taktdb.api.server;

import io.netty.buffer.ByteBuf;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/** The line before each chunk of a body: a hexadecimal size and extensions, which are ignored (RFC 9112, 7.1). */
final class ChunkSize {
    /** A size with more digits is over every limit. */
    private static final int MAX_DIGITS = 12;

    private ChunkSize() {}

    /**
     * The size; {@code Long.MAX_VALUE} for any with too many digits.
     *
     * @throws DbException INVALID_REQUEST
     */
    static long parse(final ByteBuf in, final int start, final int length) {
        long size = 0;
        int digits = 0;
        while (digits < length) {
            final int digit = Character.digit((char) (in.getByte(start + digits) & 0xFF), 16);
            if (digit < 0) {
                break;
            }
            if (++digits > MAX_DIGITS) {
                return Long.MAX_VALUE;
            }
            size = size << 4 | digit;
        }
        if (digits == 0 || !isExtension(in, start + digits, start + length)) {
            throw new DbException(ErrorCode.INVALID_REQUEST, "chunk size is not a hexadecimal number");
        }
        return size;
    }

    private static boolean isExtension(final ByteBuf in, final int start, final int end) {
        if (start < end && in.getByte(start) != ';') {
            return false;
        }
        for (int i = start; i < end; i++) {
            final byte letter = in.getByte(i);
            if (letter < ' ' && letter != '\t') {
                return false;
            }
        }
        return true;
    }
}
