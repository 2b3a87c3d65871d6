package io.taktdb.core.memory;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much off-heap memory the engine may reserve, and how much it has.
 *
 * <p>Threading: reserved on the tick thread, read by any.
 */
public final class MemoryBudget {
    /** No limit of our own. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private final long maxBytes;
    private final AtomicLong reservedBytes = new AtomicLong();

    /**
     * @param maxBytes the configured {@code max-memory}, in bytes
     */
    public MemoryBudget(final long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes bytes out of the budget.
     *
     * @throws DbException OUT_OF_MEMORY, and nothing is taken
     */
    private void reserve(final long bytes) {
        final long now = reservedBytes.get();
        if (bytes > maxBytes - now) {
            throw new DbException(
                            ErrorCode.OUT_OF_MEMORY,
                            "memory limit reached: reserved=" + now + ", wanted=" + bytes + ", maxMemory=" + maxBytes
                                    + "; delete rows or raise --max-memory")
                    .with("reserved", now)
                    .with("max_memory", maxBytes);
        }
        reservedBytes.addAndGet(bytes);
    }

    /** Gives bytes back. */
    private void release(final long bytes) {
        reservedBytes.addAndGet(-bytes);
    }

    /** Memory of the operating system, taken out of the budget; not zeroed. */
    long allocate(final long bytes) {
        reserve(bytes);
        try {
            return Memory.allocate(bytes);
        } catch (final OutOfMemoryError e) {
            release(bytes);
            throw new DbException(
                    ErrorCode.OUT_OF_MEMORY,
                    "the machine has no more memory: reserved=" + reservedBytes() + ", wanted=" + bytes
                            + "; lower --max-memory, so that writes are refused earlier",
                    e);
        }
    }

    /** Takes back what {@link #allocate} gave. */
    void free(final long address, final long bytes) {
        Memory.free(address);
        release(bytes);
    }

    /** Bytes reserved now. */
    public long reservedBytes() {
        return reservedBytes.get();
    }

    /** The limit in bytes. */
    public long maxBytes() {
        return maxBytes;
    }
}
