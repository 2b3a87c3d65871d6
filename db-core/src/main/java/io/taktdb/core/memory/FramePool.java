package io.taktdb.core.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Frames of one page size, cut from slabs that double in size up to {@value #MAX_SLAB_BYTES} bytes a half.
 *
 * <p>A frame is a page, its twin and one 64-byte meta line; its handle is the address of that line, whose first words
 * are the addresses of the halves and whose rest belongs to the user of the frame:
 *
 * <pre>
 *   OFFSET  SIZE  DESCRIPTION
 *        0     8  address of half A
 *        8     8  address of half B
 *       16    48  free for use, zero at first
 * </pre>
 *
 * Slabs that are empty go back to the operating system, but for one spare. Threading: tick thread.
 */
public final class FramePool {
    /** Bytes of a frame's meta line: one cache line. */
    public static final int META_BYTES = 64;

    /** Offset in the meta line of the address of half A. */
    public static final int HALF_A = 0;

    /** Offset in the meta line of the address of half B. */
    public static final int HALF_B = 8;

    /** The most bytes of one half of a slab, unless a single page is larger. */
    public static final int MAX_SLAB_BYTES = 4 << 20;

    private static final int MIN_SLAB_BYTES = 16 << 10;

    private final int pageBytes;
    private final MemoryBudget budget;
    private final TreeMap<Long, Slab> slabs = new TreeMap<>();
    private final List<Slab> withFree = new ArrayList<>();
    private int nextSlabBytes = MIN_SLAB_BYTES;
    private int emptySlabs;
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

    public int pageBytes() {
        return pageBytes;
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
        if (withFree.isEmpty()) {
            addSlab();
        }
        final Slab slab = withFree.get(withFree.size() - 1);
        if (slab.isEmpty()) {
            emptySlabs--;
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
        final Map.Entry<Long, Slab> entry = slabs.floorEntry(meta);
        if (entry == null || !entry.getValue().holds(meta)) {
            throw new IllegalArgumentException("not a frame of this pool: meta=" + meta + ", pageBytes=" + pageBytes);
        }
        final Slab slab = entry.getValue();
        final boolean wasFull = !slab.hasFree();
        slab.giveBack(meta);
        liveFrames--;
        if (wasFull) {
            withFree.add(slab);
        }
        if (slab.isEmpty() && ++emptySlabs > 1) {
            emptySlabs--;
            drop(slab);
        }
    }

    /** Returns all memory to the operating system. Nobody may use any frame any more. */
    public void close() {
        for (final Slab slab : slabs.values()) {
            budget.release(slab.totalBytes());
            slab.release();
        }
        slabs.clear();
        withFree.clear();
        liveFrames = 0;
        emptySlabs = 0;
    }

    private void addSlab() {
        final int frames = Math.max(1, nextSlabBytes / pageBytes);
        budget.reserve(Slab.bytesFor(pageBytes, frames));
        final Slab slab = new Slab(pageBytes, frames);
        slabs.put(slab.address(), slab);
        withFree.add(slab);
        emptySlabs++;
        nextSlabBytes = Math.min(MAX_SLAB_BYTES, nextSlabBytes * 2);
    }

    private void drop(final Slab slab) {
        withFree.remove(slab);
        slabs.remove(slab.address());
        budget.release(slab.totalBytes());
        slab.release();
    }
}
