package io.taktdb.core.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames of one page size, cut from slabs that double in size up to {@value #MAX_SLAB_BYTES} bytes a half.
 *
 * <p>A frame is a page, its twin and one meta line; its handle is the address of that line, whose first words
 * are the addresses of the halves and whose rest belongs to the user of the frame:
 *
 * <pre>
 *   OFFSET  SIZE  DESCRIPTION
 *        0     8  address of half A
 *        8     8  address of half B
 *       16    48  free for use, zero at first; 112 bytes of a large page
 * </pre>
 *
 * Empty slabs are kept for the next need, at least one and with as many frames as those in use, so that leases that
 * come and go do not cost page faults; the others go back to the operating system, and all of them with the last frame.
 * Threading: tick thread.
 */
public final class FramePool {
    /** Bytes of a frame's meta line: one cache line, two for a page above {@value #MAX_LINE_PAGE_BYTES} bytes. */
    public static final int META_BYTES = 64;

    private static final int MAX_LINE_PAGE_BYTES = 16 << 10;

    /** Offset in the meta line of the address of half A. */
    public static final int HALF_A = 0;

    /** Offset in the meta line of the address of half B. */
    public static final int HALF_B = 8;

    /** The most bytes of one half of a slab, unless a single page is larger. */
    public static final int MAX_SLAB_BYTES = 4 << 20;

    private static final int MIN_SLAB_BYTES = 16 << 10;

    private final int pageBytes;
    private final MemoryBudget budget;
    private final List<Slab> withFree = new ArrayList<>();
    private Slab[] slabs = new Slab[4]; // by address
    private int slabCount;
    private int emptySlabs;
    private long allFrames; // of all slabs
    private long emptyFrames; // of empty slabs
    private int nextSlabBytes = MIN_SLAB_BYTES;
    private long liveFrames;

    /**
     * @param pageBytes bytes of a page, a multiple of 64
     */
    public FramePool(final int pageBytes, final MemoryBudget budget) {
        if (pageBytes <= 0 || (pageBytes & 63) != 0) {
            throw new IllegalArgumentException("page size is no multiple of 64: pageBytes=" + pageBytes);
        }
        this.pageBytes = pageBytes;
        this.budget = budget;
    }

    /** Bytes of the meta line of a page. */
    public static int metaBytes(final int pageBytes) {
        return pageBytes <= MAX_LINE_PAGE_BYTES ? META_BYTES : 2 * META_BYTES;
    }

    public int pageBytes() {
        return pageBytes;
    }

    /** Bytes of a frame: meta line and both halves. */
    public int frameBytes() {
        return metaBytes(pageBytes) + 2 * pageBytes;
    }

    /** Frames handed out now. */
    public long liveFrames() {
        return liveFrames;
    }

    /**
     * A frame with zeroed meta line and half A; half B is as it was.
     *
     * @param name for the guard, e.g. {@code mob.main}
     * @throws io.taktdb.types.error.DbException OUT_OF_MEMORY when the budget is used up
     */
    public long take(final String name) {
        final long meta = takeUnclean(name);
        Memory.zero(Memory.getLong(meta + HALF_A), pageBytes);
        return meta;
    }

    /**
     * A frame with zeroed meta line whose halves are both as they were, for who overwrites them.
     *
     * @throws io.taktdb.types.error.DbException OUT_OF_MEMORY when the budget is used up
     */
    public long takeUnclean(final String name) {
        Guard.beforeAllocate();
        if (withFree.isEmpty()) {
            addSlab();
        }
        final Slab slab = withFree.get(withFree.size() - 1);
        if (slab.isEmpty()) {
            emptySlabs--;
            emptyFrames -= slab.frames();
        }
        final long meta = slab.take(name);
        if (!slab.hasFree()) {
            withFree.remove(withFree.size() - 1);
        }
        liveFrames++;
        return meta;
    }

    /** Takes a frame back. Nobody may use it any more. */
    public void giveBack(final long meta) {
        final int position = positionOf(meta);
        if (position < 0 || !slabs[position].holds(meta)) {
            throw new IllegalArgumentException("not a frame of this pool: meta=" + meta + ", pageBytes=" + pageBytes);
        }
        final Slab slab = slabs[position];
        final boolean wasFull = !slab.hasFree();
        slab.giveBack(meta);
        liveFrames--;
        if (wasFull) {
            withFree.add(slab);
        }
        if (slab.isEmpty()) {
            emptySlabs++;
            emptyFrames += slab.frames();
            trim();
        }
    }

    private void trim() {
        if (liveFrames == 0) {
            close();
        }
        for (int position = slabCount - 1; position >= 0 && emptySlabs > 1; position--) {
            final Slab slab = slabs[position];
            if (slab.isEmpty() && emptyFrames - slab.frames() >= allFrames - emptyFrames) {
                remove(position);
            }
        }
    }

    /** Returns all memory to the operating system. Nobody may use any frame any more. */
    public void close() {
        for (int i = 0; i < slabCount; i++) {
            slabs[i].release();
        }
        Arrays.fill(slabs, null);
        withFree.clear();
        slabCount = 0;
        emptySlabs = 0;
        allFrames = 0;
        emptyFrames = 0;
        liveFrames = 0;
        nextSlabBytes = MIN_SLAB_BYTES;
    }

    /** Gives empty slabs back to the operating system. */
    public void giveBackEmpty() {
        if (liveFrames == 0) {
            close();
        }
        for (int position = slabCount - 1; position >= 0 && emptySlabs > 0; position--) {
            if (slabs[position].isEmpty()) {
                remove(position);
            }
        }
    }

    private void remove(final int position) {
        final Slab slab = slabs[position];
        slabCount--;
        emptySlabs--;
        allFrames -= slab.frames();
        emptyFrames -= slab.frames();
        System.arraycopy(slabs, position + 1, slabs, position, slabCount - position);
        slabs[slabCount] = null;
        withFree.remove(slab);
        slab.release();
    }

    /** Near the limit slabs are smaller, so that it is used up; those of the reserve have one frame. */
    private int framesOfNextSlab() {
        int frames = Math.max(1, nextSlabBytes / pageBytes);
        while (frames > 1 && !budget.hasRoom(Slab.bytesFor(frames, pageBytes))) {
            frames /= 2;
        }
        return Slab.framesFor(frames, pageBytes);
    }

    private void addSlab() {
        final Slab slab = new Slab(budget, pageBytes, framesOfNextSlab());
        final int position = positionOf(slab.address()) + 1;
        if (slabCount == slabs.length) {
            slabs = Arrays.copyOf(slabs, slabCount * 2);
        }
        System.arraycopy(slabs, position, slabs, position + 1, slabCount - position);
        slabs[position] = slab;
        slabCount++;
        emptySlabs++;
        allFrames += slab.frames();
        emptyFrames += slab.frames();
        withFree.add(slab);
        nextSlabBytes = Math.min(MAX_SLAB_BYTES, nextSlabBytes * 2);
    }

    /** Position of the slab with the highest address that is not above {@code address}, or -1. */
    private int positionOf(final long address) {
        int low = 0;
        int high = slabCount - 1;
        while (low <= high) {
            final int middle = (low + high) >>> 1;
            if (slabs[middle].address() <= address) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }
}
