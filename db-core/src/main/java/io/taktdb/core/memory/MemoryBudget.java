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

    /** The most bytes of one half of a slab, unless a single page is larger. */
    public static final int SLAB_BYTES = 4 << 20;

    private final int slabBytes;
    private volatile long maxBytes;
    private final AtomicLong reservedBytes = new AtomicLong();

    /**
     * @param maxBytes the configured {@code max-memory}, in bytes
     */
    public MemoryBudget(final long maxBytes) {
        this(maxBytes, SLAB_BYTES);
    }

    /**
     * A budget that is spent in pieces of another size.
     *
     * @param slabBytes the most bytes of one half of a slab; 1 makes every frame a piece of its own
     */
    public MemoryBudget(final long maxBytes, final int slabBytes) {
        this.maxBytes = maxBytes;
        this.slabBytes = slabBytes;
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

    int slabBytes() {
        return slabBytes;
    }

    /** Bytes reserved now. */
    public long reservedBytes() {
        return reservedBytes.get();
    }

    /** The limit in bytes. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Sets the limit; what is reserved beyond a lower one stays. */
    public void maxBytes(final long bytes) {
        maxBytes = bytes;
    }
}
