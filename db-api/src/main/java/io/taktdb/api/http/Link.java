package io.taktdb.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.Executor;

/**
 * A connection as the one sees it that has taken it over ({@link Takeover}).
 *
 * <p>Threading: its event loop, except {@link #executor} and {@link #execute}.
 */
public interface Link {
    /** Runs tasks on the event loop in the order of their coming, and flushes what they wrote at their end. */
    Executor executor();

    ByteBufAllocator allocator();

    /** Where commands go. */
    CommandPort commands();

    HttpLimits limits();

    /** Whether the client takes what it is sent; if not, {@link Takeover#writable} says when it does again. */
    boolean isWritable();

    /** Bytes that were written and that the client has not taken. */
    long pendingBytes();

    /** Writes bytes, which it owns from now on; they are flushed soon. */
    void write(ByteBuf bytes);

    /** Runs a task on the event loop: at once if the caller is on it. Any thread. */
    void execute(Runnable task);

    /** Has a worker thread do what is too long for an event loop; may refuse with RejectedExecutionException. */
    Executor workers();

    /**
     * Takes memory for input that is not complete.
     *
     * @throws io.taktdb.types.error.DbException OVERLOADED all connections together have too much
     */
    void reserve(int bytes);

    /** Gives back what was {@link #reserve reserved}. */
    void giveBack(int bytes);

    /** Says whether more is to be read. */
    void reading(boolean wanted);

    /** Ends the connection once everything that was written is sent, or the client takes too long for it. */
    void finish();

    /** Ends the connection now. */
    void abort();
}
