package io.taktdb.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Tells where answers end, and which are refusals. Threading: one event loop. */
enum Answers {
    /** HTTP/1.1 with Content-Length. */
    HTTP {
        @Override
        int take(final ByteBuf in) {
            final int start = in.readerIndex();
            int lineStart = start;
            int length = 0;
            while (true) {
                final int end = in.indexOf(lineStart, in.writerIndex(), (byte) '\n');
                if (end < 0) {
                    return NOT_YET;
                }
                if (end - lineStart <= 1) {
                    final int answerEnd = end + 1 + length;
                    if (answerEnd > in.writerIndex()) {
                        return NOT_YET;
                    }
                    in.readerIndex(answerEnd);
                    return in.getByte(start + STATUS_OFFSET) == '2' ? DONE : REFUSED;
                }
                if (isLength(in, lineStart, end)) {
                    length = number(in, lineStart + LENGTH.length, end);
                }
                lineStart = end + 1;
            }
        }
    },

    /** WebSocket frames of JSON-RPC. */
    SOCKET {
        @Override
        int take(final ByteBuf in) {
            final int start = in.readerIndex();
            final int have = in.readableBytes();
            if (have < 2) {
                return NOT_YET;
            }
            int length = in.getByte(start + 1) & 0x7F;
            int head = 2;
            if (length == LENGTH_16) {
                if (have < 4) {
                    return NOT_YET;
                }
                length = in.getUnsignedShort(start + 2);
                head = 4;
            } else if (length > LENGTH_16) {
                throw new IllegalStateException("answer is longer than this client reads: bytes > 65535");
            }
            if (have < head + length) {
                return NOT_YET;
            }
            in.skipBytes(head + length);
            final int opcode = in.getByte(start) & 0x0F;
            if (opcode != TEXT) {
                return opcode == PING ? SKIPPED : REFUSED;
            }
            return length > KIND_OFFSET && in.getByte(start + head + KIND_OFFSET) == 'e' ? REFUSED : DONE;
        }
    },

    /** Redis' protocol: simple strings, bulk strings, integers and errors. */
    REDIS {
        @Override
        int take(final ByteBuf in) {
            final int start = in.readerIndex();
            final int end = in.indexOf(start, in.writerIndex(), (byte) '\n');
            if (end < 0) {
                return NOT_YET;
            }
            int answerEnd = end + 1;
            if (in.getByte(start) == '$' && in.getByte(start + 1) != '-') {
                answerEnd += number(in, start + 1, end) + 2;
            }
            if (answerEnd > in.writerIndex()) {
                return NOT_YET;
            }
            in.readerIndex(answerEnd);
            return in.getByte(start) == '-' ? REFUSED : DONE;
        }
    };

    static final int NOT_YET = 0;
    static final int DONE = 1;
    static final int REFUSED = 2;

    /** Something that is no answer was taken. */
    static final int SKIPPED = 3;

    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_OFFSET = 9;
    private static final int LENGTH_16 = 126;
    private static final int TEXT = 1;
    private static final int PING = 9;

    /** Where {@code result} or {@code error} begins in an answer of JSON-RPC. */
    private static final int KIND_OFFSET = 17;

    /**
     * Takes one answer off the front, if it is there whole.
     *
     * @return {@link #NOT_YET}, {@link #DONE}, {@link #REFUSED} or {@link #SKIPPED}
     */
    abstract int take(ByteBuf in);

    private static boolean isLength(final ByteBuf in, final int start, final int end) {
        if (end - start <= LENGTH.length || in.getByte(start + 8) != 'l' && in.getByte(start + 8) != 'L') {
            return false;
        }
        for (int i = 0; i < LENGTH.length; i++) {
            if ((in.getByte(start + i) | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int number(final ByteBuf in, final int start, final int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            final int digit = in.getByte(i) - '0';
            if (digit >= 0 && digit <= 9) {
                number = number * 10 + digit;
            }
        }
        return number;
    }
}
