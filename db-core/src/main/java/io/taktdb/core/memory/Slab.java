package io.taktdb.core.memory;

/**
 * One block of memory that holds frames of one size.
 *
 * <pre>
 *   meta line 0 .. n-1 │ half A of frame 0 .. n-1 │ half B of frame 0 .. n-1
 *   64 or 128 bytes    │ pageBytes each           │ pageBytes each
 * </pre>
 *
 * The halves of a frame (twins) are at the constant distance {@code n * pageBytes}; the B region costs physical memory
 * only from the first write on. A large slab fills whole huge pages of the operating system, where it gives such. A
 * frame is known by the address of its meta line. In guard mode a gap follows each half, so that an access just behind
 * a page does not hit the next one.
 *
 * <p>Threading: tick thread.
 */
final class Slab {
    private static final int GAP_BYTES = Guard.ENABLED ? 64 : 0;

    private final MemoryBudget budget;
    private final long address;
    private final long totalBytes;
    private final int frames;
    private final int pageBytes;
    private final int metaBytes;
    private final long firstHalf;
    private final int[] free;
    private int freeCount;

    /** @throws io.taktdb.types.error.DbException OUT_OF_MEMORY when the budget is used up */
    Slab(final MemoryBudget budget, final int pageBytes, final int frames) {
        this.budget = budget;
        this.pageBytes = pageBytes;
        this.frames = frames;
        this.metaBytes = FramePool.metaBytes(pageBytes);
        totalBytes = bytesFor(frames, pageBytes);
        address = budget.allocate(totalBytes);
        firstHalf = address + allMetaBytes(frames, pageBytes);
        free = new int[frames];
        for (int i = 0; i < frames; i++) {
            free[i] = frames - 1 - i;
        }
        freeCount = frames;
    }

    /** Bytes of a slab of so many frames. */
    static long bytesFor(final int frames, final int pageBytes) {
        return HugePages.fill(usedBytes(frames, pageBytes));
    }

    private static long usedBytes(final int frames, final int pageBytes) {
        return allMetaBytes(frames, pageBytes) + 2L * frames * (pageBytes + GAP_BYTES);
    }

    /** As many frames as wanted, or somewhat fewer if their slab then fills huge pages. */
    static int framesFor(final int wanted, final int pageBytes) {
        for (int frames = wanted; frames > wanted - wanted / 8; frames--) {
            if (HugePages.isFilledBy(bytesFor(frames, pageBytes))) {
                return frames;
            }
        }
        return wanted;
    }

    private static long allMetaBytes(final int frames, final int pageBytes) {
        return alignUp((long) frames * FramePool.metaBytes(pageBytes), 4096);
    }

    private static long alignUp(final long value, final long alignment) {
        return (value + alignment - 1) & -alignment;
    }

    int frames() {
        return frames;
    }

    boolean hasFree() {
        return freeCount > 0;
    }

    boolean isEmpty() {
        return freeCount == frames;
    }

    boolean holds(final long meta) {
        return meta >= address && meta < address + (long) frames * metaBytes;
    }

    long address() {
        return address;
    }

    /** Takes a frame: its meta line is zeroed, its halves are as they were. */
    long take(final String name) {
        final int frame = free[--freeCount];
        final long meta = address + (long) frame * metaBytes;
        final long a = firstHalf + (long) frame * (pageBytes + GAP_BYTES);
        final long b = a + (long) frames * (pageBytes + GAP_BYTES);
        if (Guard.ENABLED) {
            Guard.onAllocate(meta, metaBytes, name + ".meta");
            Guard.onAllocate(a, pageBytes, name + ".A");
            Guard.onAllocate(b, pageBytes, name + ".B");
        }
        Memory.zero(meta, metaBytes);
        Memory.putLong(meta + FramePool.HALF_A, a);
        Memory.putLong(meta + FramePool.HALF_B, b);
        return meta;
    }

    void giveBack(final long meta) {
        if (Guard.ENABLED) {
            final long a = Memory.getLong(meta + FramePool.HALF_A);
            final long b = Memory.getLong(meta + FramePool.HALF_B);
            Guard.onRelease(a);
            Guard.onRelease(b);
            Guard.onRelease(meta);
        }
        free[freeCount++] = (int) ((meta - address) / metaBytes);
    }

    void release() {
        Guard.onFree(address, totalBytes);
        budget.free(address, totalBytes);
    }
}
