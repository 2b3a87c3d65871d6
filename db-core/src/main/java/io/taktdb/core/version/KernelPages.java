package io.taktdb.core.version;

import io.taktdb.core.memory.FramePool;
import io.taktdb.core.memory.Guard;
import io.taktdb.core.memory.Memory;
import java.util.Arrays;

/**
 * Opens whole pages for a system that writes columns in place, on all workers.
 *
 * <p>The tick thread {@link #plan}s all pages (decides where each is written, takes frames), workers {@link #open} the
 * pages of their own chunks (copy what the twin lacks), then the tick thread {@link #keep}s or {@link #revert}s. Until
 * then the store's addresses show what was there before, but for pages that this version wrote already: they have no
 * spare twin, so they are written in place, and the granules that the system may write are saved aside.
 *
 * <p>A system is a transaction of its own: settle before {@link #plan}, and make no other change of the table until the
 * end. Threading: plan, keep and revert the tick thread; open any worker, each page by one and once.
 */
public final class KernelPages {
    private static final byte IN_PLACE = 0;
    private static final byte TWIN = 1;
    private static final byte FRESH = 2;

    private final PageStore store;
    private long[] targets = new long[0]; // where each page is written
    private long[] frames = new long[0]; // FRESH: the frame; IN_PLACE: address of the saved granules
    private byte[] how = new byte[0];
    private boolean[] opened = new boolean[0];
    private long[][] openMarks = new long[0][]; // IN_PLACE: the saved granules
    private long[] scratch = new long[0];
    private int scratchHalves;
    private int planned;
    private boolean active;

    public KernelPages(final PageStore store) {
        this.store = store;
    }

    /**
     * Decides for pages 0 to {@code pages} - 1 where they are written.
     *
     * @throws io.taktdb.types.error.DbException OUT_OF_MEMORY, and nothing is planned
     */
    public void plan(final int pages) {
        if (active) {
            throw new IllegalStateException("pages are planned already; keep or revert first");
        }
        ensureCapacity(pages);
        active = true;
        planned = 0;
        store.epochs().budget().openReserve(); // a full database goes on ticking
        try {
            while (planned < pages) {
                planOne(planned, store.epochs());
                planned++;
            }
        } catch (final RuntimeException | Error e) {
            revert();
            throw e;
        } finally {
            store.epochs().budget().closeReserve();
        }
    }

    private void planOne(final int page, final Epochs epochs) {
        final long meta = store.meta(page);
        final long current = store.address(page);
        final long currentFrom = Memory.getLong(meta + PageMeta.CURRENT_FROM);
        final long otherFrom = Memory.getLong(meta + PageMeta.OTHER_FROM);
        opened[page] = false;
        if (currentFrom == epochs.building()) {
            frames[page] = takeScratch();
            targets[page] = current;
            how[page] = IN_PLACE;
        } else if (otherFrom != PageMeta.NOTHING && epochs.slots().isHeld(otherFrom, currentFrom)) {
            frames[page] = store.frames().take();
            targets[page] = Memory.getLong(frames[page] + FramePool.HALF_A);
            how[page] = FRESH;
        } else {
            targets[page] = PageMeta.twinOf(meta, current);
            how[page] = TWIN;
        }
    }

    /** Room for one saved page; a frame has two. */
    private long takeScratch() {
        if (scratchHalves % 2 == 0) {
            if (scratchHalves / 2 == scratch.length) {
                scratch = Arrays.copyOf(scratch, Math.max(16, scratch.length * 2));
            }
            scratch[scratchHalves / 2] = store.frames().take();
        }
        final long frame = scratch[scratchHalves / 2];
        return Memory.getLong(frame + (scratchHalves++ % 2 == 0 ? FramePool.HALF_A : FramePool.HALF_B));
    }

    /**
     * Makes a planned page ready to write: the twin is brought up to date and the given granules are marked.
     *
     * @param marks the granules that are written, see {@link #marksFor}; they must not change until the end
     * @return the page's address
     */
    public long open(final int page, final long[] marks) {
        if (opened[page]) {
            throw new IllegalStateException("page is open already: page=" + page + "; name all columns at once");
        }
        opened[page] = true;
        final long current = store.address(page);
        final long target = targets[page];
        if (how[page] == IN_PLACE) {
            openMarks[page] = marks;
            PageMeta.copyMarked(marks, current, frames[page], store.granuleShift(), store.pageBytes());
            PageMeta.addMarks(store.meta(page), marks);
        } else if (how[page] == FRESH) {
            Memory.copy(current, target, store.pageBytes());
            PageMeta.addMarks(frames[page], marks);
        } else {
            store.catchUp(store.meta(page), current, target);
            PageMeta.addMarks(store.meta(page), marks);
        }
        return target;
    }

    /** The system stands. Pages that it did not open are as they were. */
    public void keep() {
        for (int page = 0; page < planned; page++) {
            if (!opened[page]) {
                forget(page);
            } else if (how[page] == FRESH) {
                store.moveTo(page, frames[page]);
            } else if (how[page] == TWIN) {
                store.flip(page, store.meta(page), targets[page]);
            }
        }
        end();
    }

    /** The system failed: all pages show what they showed before. */
    public void revert() {
        for (int page = 0; page < planned; page++) {
            if (how[page] == IN_PLACE && opened[page]) {
                final long[] marks = openMarks[page];
                PageMeta.copyMarked(marks, frames[page], targets[page], store.granuleShift(), store.pageBytes());
            } else if (how[page] == TWIN && opened[page]) {
                Memory.putLong(store.meta(page) + PageMeta.OTHER_FROM, PageMeta.NOTHING);
                Guard.setWritable(targets[page], false, "reverted");
            } else {
                forget(page);
            }
        }
        end();
    }

    private void forget(final int page) {
        if (how[page] == FRESH) {
            store.frames().giveBack(frames[page]);
        }
    }

    private void end() {
        for (int frame = 0; frame < (scratchHalves + 1) / 2; frame++) {
            store.frames().giveBack(scratch[frame]);
        }
        Arrays.fill(openMarks, 0, planned, null);
        scratchHalves = 0;
        planned = 0;
        active = false;
    }

    /**
     * The granules that the system may write, for {@link #open}: those that hold the given byte ranges.
     *
     * @param ranges offset and length, alternating
     */
    public long[] marksFor(final int[] ranges) {
        final long[] marks = new long[PageMeta.words(store.pageBytes())];
        for (int i = 0; i < ranges.length; i += 2) {
            final int last = (ranges[i] + ranges[i + 1] - 1) >> store.granuleShift();
            for (int granule = ranges[i] >> store.granuleShift(); granule <= last; granule++) {
                marks[granule >> 6] |= 1L << granule;
            }
        }
        return marks;
    }

    private void ensureCapacity(final int pages) {
        if (pages > how.length) {
            final int capacity = Math.max(pages, how.length * 2);
            targets = Arrays.copyOf(targets, capacity);
            frames = Arrays.copyOf(frames, capacity);
            how = Arrays.copyOf(how, capacity);
            opened = Arrays.copyOf(opened, capacity);
            openMarks = Arrays.copyOf(openMarks, capacity);
        }
    }
}
