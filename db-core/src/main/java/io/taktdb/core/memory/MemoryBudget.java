package io.taktdb.core.memory;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much off-heap memory the engine may reserve, and how much it has.
 *
 * <p>The last part of a limited budget is a reserve: only deletes and systems get it, since a delete may need another
 * frame for a page that a lease still shows. So a full database can always be emptied, and keeps ticking.
 *
 * <p>Threading: reserved on the tick thread, read by any.
 */
public final class MemoryBudget {
    /** No limit of our own. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** The least limit that there may be. */
    public static final long MIN_BYTES = 16L << 20;

    /** The reserve is this part of the limit... */
    private static final int RESERVE_PART = 16;

    /** ...and no more than this. */
    private static final long MAX_RESERVE_BYTES = 64L << 20;

    private final long maxBytes;
    private final long keptBytes;
    private final AtomicLong reservedBytes = new AtomicLong();
    private final List<Runnable> relief = new ArrayList<>();
    private int reserveUsers;

    /**
     * @param maxBytes the configured {@code max-memory}, in bytes
     */
    public MemoryBudget(final long maxBytes) {
        this.maxBytes = maxBytes;
        this.keptBytes = maxBytes == UNLIMITED ? 0 : Math.min(maxBytes / RESERVE_PART, MAX_RESERVE_BYTES);
    }

    /** A budget of what is left of this one now, or of the least that there may be: for a world beside this one. */
    public MemoryBudget rest() {
        return new MemoryBudget(
                maxBytes == UNLIMITED ? UNLIMITED : Math.max(MIN_BYTES, maxBytes - reservedBytes.get()));
    }

    /** Registers what gives back memory that is kept for later; called when memory is short. */
    public void onShortage(final Runnable giveBack) {
        relief.add(giveBack);
    }

    /** From here to {@link #closeReserve} the reserve may be used; these nest. */
    public void openReserve() {
        reserveUsers++;
    }

    /** Ends what {@link #openReserve} began. */
    public void closeReserve() {
        reserveUsers--;
    }

    /** Whether so many bytes can be had without the reserve, if need be after what is kept for later was given back. */
    boolean hasRoom(final long bytes) {
        return hasRoom(bytes, maxBytes - keptBytes);
    }

    private boolean hasRoom(final long bytes, final long limit) {
        if (bytes <= limit - reservedBytes.get()) {
            return true;
        }
        relief.forEach(Runnable::run);
        return bytes <= limit - reservedBytes.get();
    }

    /**
     * Takes bytes out of the budget.
     *
     * @throws DbException OUT_OF_MEMORY, and nothing is taken
     */
    private void reserve(final long bytes) {
        if (!hasRoom(bytes, reserveUsers > 0 ? maxBytes : maxBytes - keptBytes)) {
            final long now = reservedBytes.get();
            throw new DbException(
                            ErrorCode.OUT_OF_MEMORY,
                            "memory limit reached: reserved=" + now + ", wanted=" + bytes + ", maxMemory=" + maxBytes
                                    + ", keptForDeletes=" + keptBytes
                                    + "; delete rows, drop tables, end long reads, or raise --max-memory")
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
