package io.taktdb.api.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.RequestHead;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/**
 * Cuts a connection's bytes into requests.
 *
 * <pre>
 *   REQUEST_LINE ─► HEADER_LINES ─┬─► FIXED_BODY ────────────────────────────────────► REQUEST_LINE
 *                                 └─► CHUNK_SIZE ─► CHUNK_DATA ─► CHUNK_END ─┐              ▲
 *                                         ▲  └──────────────────────────────┘              │
 *                                         └─► TRAILERS ─────────────────────────────────────┘
 * </pre>
 *
 * Every fault is a {@link DbException}, after which the connection cannot be understood any more. Threading: one event
 * loop.
 */
final class RequestFramer {
    private static final int MAX_EMPTY_LINES = 4;
    private static final int MAX_CHUNK_LINE = 1024;
    private static final int REQUEST_LINE_EXTRA = 64;

    /** What {@link #advance} came to. */
    enum Step {
        /** All bytes are used up. */
        NEED_MORE,
        /** {@link #head()} is there; say with {@link #beginBody} what to do with its body. */
        HEAD,
        /** The body is there, too. */
        COMPLETE
    }

    private enum State {
        REQUEST_LINE,
        HEADER_LINES,
        FIXED_BODY,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILERS
    }

    private final HttpLimits limits;
    private final HeadReader reader;
    private final BodyCollector body;
    private State state = State.REQUEST_LINE;
    private RequestHead head;
    private int scanned;
    private int lineLength;
    private int headerBytesLeft;
    private int emptyLines;
    private long remaining;

    RequestFramer(
            final HttpLimits limits,
            final LineRoom lineRoom,
            final ByteBufAllocator allocator,
            final BodyBudget budget) {
        this.limits = limits;
        this.reader = new HeadReader(limits.uriBytes(), lineRoom);
        this.body = new BodyCollector(allocator, budget);
    }

    /** Room that {@link HeadReader} needs for the longest line. */
    static LineRoom lineRoom(final HttpLimits limits) {
        return new LineRoom(
                Math.max(Math.max(limits.uriBytes() + REQUEST_LINE_EXTRA, limits.headerBytes()), MAX_CHUNK_LINE));
    }

    /** Whether no part of a request has arrived that is not complete. */
    boolean isBetweenRequests() {
        return state == State.REQUEST_LINE && scanned == 0;
    }

    /** Whether a head is complete and its body is not. */
    boolean isInBody() {
        return state != State.REQUEST_LINE && state != State.HEADER_LINES;
    }

    /** The body that is gathered. */
    BodyCollector body() {
        return body;
    }

    RequestHead head() {
        return head;
    }

    /**
     * Says how large the body may be, and whether it is wanted.
     *
     * @throws DbException BODY_TOO_LARGE it is larger
     */
    void beginBody(final long limit, final boolean skip) {
        body.begin(limit, skip);
        body.require(head.contentLength());
    }

    /** Goes on until something is complete or the bytes are used up. */
    Step advance(final ByteBuf in) {
        while (true) {
            switch (state) {
                case REQUEST_LINE -> {
                    if (!requestLine(in)) {
                        return Step.NEED_MORE;
                    }
                }
                case HEADER_LINES -> {
                    if (!line(in, headerBytesLeft)) {
                        return Step.NEED_MORE;
                    }
                    if (headerLine(in)) {
                        return Step.HEAD;
                    }
                }
                case FIXED_BODY -> {
                    if (!data(in)) {
                        return Step.NEED_MORE;
                    }
                    return complete();
                }
                default -> {
                    if (!chunk(in)) {
                        return Step.NEED_MORE;
                    }
                    if (state == State.REQUEST_LINE) {
                        return Step.COMPLETE;
                    }
                }
            }
        }
    }

    private boolean requestLine(final ByteBuf in) {
        if (!line(in, limits.uriBytes() + REQUEST_LINE_EXTRA)) {
            return false;
        }
        if (lineLength == 0) {
            if (++emptyLines > MAX_EMPTY_LINES) {
                throw fault("too many empty lines before a request: limit=" + MAX_EMPTY_LINES);
            }
        } else {
            emptyLines = 0;
            reader.requestLine(in, in.readerIndex(), lineLength);
            headerBytesLeft = limits.headerBytes();
            state = State.HEADER_LINES;
        }
        nextLine(in);
        return true;
    }

    private boolean headerLine(final ByteBuf in) {
        final boolean isLast = lineLength == 0;
        if (isLast) {
            head = reader.finish();
            remaining = head.contentLength();
            state = head.contentLength() == RequestHead.CHUNKED ? State.CHUNK_SIZE : State.FIXED_BODY;
            headerBytesLeft = limits.headerBytes();
        } else {
            reader.headerLine(in, in.readerIndex(), lineLength);
            headerBytesLeft -= lineLength + 2;
        }
        nextLine(in);
        return isLast;
    }

    private boolean chunk(final ByteBuf in) {
        if (state == State.CHUNK_DATA) {
            if (!data(in)) {
                return false;
            }
            state = State.CHUNK_END;
            return true;
        }
        if (!line(in, state == State.TRAILERS ? headerBytesLeft : MAX_CHUNK_LINE)) {
            return false;
        }
        if (state == State.CHUNK_SIZE) {
            remaining = ChunkSize.parse(in, in.readerIndex(), lineLength);
            body.require(remaining);
            state = remaining == 0 ? State.TRAILERS : State.CHUNK_DATA;
        } else if (state == State.CHUNK_END) {
            if (lineLength != 0) {
                throw fault("chunk is longer than its size says");
            }
            state = State.CHUNK_SIZE;
        } else if (lineLength == 0) {
            complete();
        } else {
            reader.trailerLine(in, in.readerIndex(), lineLength);
            headerBytesLeft -= lineLength + 2;
        }
        nextLine(in);
        return true;
    }

    /**
     * Takes what is there of {@link #remaining} bytes.
     *
     * @return whether that was all
     */
    private boolean data(final ByteBuf in) {
        final int count = (int) Math.min(remaining, in.readableBytes());
        if (count > 0) {
            body.take(in, count, count == head.contentLength());
            remaining -= count;
        }
        return remaining == 0;
    }

    private Step complete() {
        state = State.REQUEST_LINE;
        return Step.COMPLETE;
    }

    /**
     * Finds the end of the line at the reader index.
     *
     * @return whether it is there; {@link #lineLength} is set
     */
    private boolean line(final ByteBuf in, final int limit) {
        final int start = in.readerIndex();
        final int end = in.indexOf(start + scanned, in.writerIndex(), (byte) '\n');
        lineLength = (end < 0 ? in.writerIndex() : end - 1) - start;
        if (lineLength > limit) {
            throw lineTooLong();
        }
        if (end < 0) {
            scanned = in.readableBytes();
            return false;
        }
        if (lineLength < 0 || in.getByte(end - 1) != '\r') {
            throw fault("line does not end with CR and LF");
        }
        return true;
    }

    private void nextLine(final ByteBuf in) {
        in.skipBytes(lineLength + 2);
        scanned = 0;
    }

    private DbException lineTooLong() {
        return switch (state) {
            case REQUEST_LINE -> HeadReader.uriTooLong(limits.uriBytes());
            case HEADER_LINES, TRAILERS ->
                new DbException(
                        ErrorCode.HEADERS_TOO_LARGE,
                        "header fields are too large: limit=" + limits.headerBytes() + " bytes");
            default -> fault("line of a chunk is too long: limit=" + MAX_CHUNK_LINE + " bytes");
        };
    }

    private static DbException fault(final String detail) {
        return new DbException(ErrorCode.INVALID_REQUEST, detail);
    }
}
