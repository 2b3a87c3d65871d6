package io.taktdb.api.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/**
 * Gathers the body of one request after the other, within a limit.
 *
 * <p>A body that arrived in one piece is a slice of what was read. Otherwise memory grows with what has arrived, never
 * with what was announced, and is taken from the budget. Threading: one event loop.
 */
final class BodyCollector {
    private final ByteBufAllocator allocator;
    private final BodyBudget budget;
    private ByteBuf body;
    private int charged;
    private long bytes;
    private long limit;
    private boolean isSkipping;

    BodyCollector(final ByteBufAllocator allocator, final BodyBudget budget) {
        this.allocator = allocator;
        this.budget = budget;
    }

    /**
     * Begins the next body.
     *
     * @param skip whether to read over it
     */
    void begin(final long mostBytes, final boolean skip) {
        bytes = 0;
        limit = mostBytes;
        isSkipping = skip;
    }

    /**
     * Makes sure that so many more bytes are allowed.
     *
     * @throws DbException BODY_TOO_LARGE
     */
    void require(final long moreBytes) {
        if (moreBytes > limit - bytes) {
            throw tooLarge();
        }
    }

    /** The error for a body over the limit. */
    DbException tooLarge() {
        return new DbException(ErrorCode.BODY_TOO_LARGE, "body is too large: limit=" + limit + " bytes")
                .with("limit_bytes", limit);
    }

    /**
     * Takes bytes from the input.
     *
     * @param isWhole whether these are the whole body
     */
    void take(final ByteBuf in, final int count, final boolean isWhole) {
        bytes += count;
        if (isSkipping) {
            in.skipBytes(count);
        } else if (isWhole) {
            body = in.readRetainedSlice(count);
        } else {
            budget.take(count);
            charged += count;
            append(in, count);
        }
    }

    private void append(final ByteBuf in, final int count) {
        if (body == null) {
            body = allocator.heapBuffer(count);
        } else if (count > body.writableBytes()) {
            final long doubled = Math.min(2L * body.capacity(), limit);
            body.capacity((int) Math.max(doubled, body.writerIndex() + count));
        }
        body.writeBytes(in, count);
    }

    /** Whether any byte of the current body has arrived. */
    boolean hasBytes() {
        return bytes > 0;
    }

    /** The body, which the caller owns from now on. */
    ByteBuf removeBody() {
        final ByteBuf whole = body == null ? Unpooled.EMPTY_BUFFER : body;
        body = null;
        return whole;
    }

    /** Bytes that the body took from the budget, for the caller to give back. */
    int removeCharge() {
        final int taken = charged;
        charged = 0;
        return taken;
    }

    /** Lets go of a body that is not complete. */
    void release() {
        removeBody().release();
        budget.giveBack(removeCharge());
    }
}
