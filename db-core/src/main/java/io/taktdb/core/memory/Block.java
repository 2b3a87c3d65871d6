package io.taktdb.core.memory;

/**
 * Single blocks of any size, for values too large for a page. Written once, then only read.
 *
 * <p>Threading: tick thread.
 */
public final class Block {
    private Block() {}

    /**
     * A block of at least {@code bytes}.
     *
     * @throws io.taktdb.types.error.DbException OUT_OF_MEMORY
     */
    public static long allocate(final long bytes, final MemoryBudget budget, final String name) {
        Guard.beforeAllocate();
        final long address = budget.allocate(bytes);
        Guard.onAllocate(address, bytes, name);
        return address;
    }

    /**
     * Gives a block back.
     *
     * @param bytes as it was allocated
     */
    public static void free(final long address, final long bytes, final MemoryBudget budget) {
        if (Guard.ENABLED) {
            Guard.onRelease(address);
            Guard.onFree(address, bytes);
        }
        budget.free(address, bytes);
    }
}
