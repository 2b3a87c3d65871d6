package io.taktdb.core.version;

import io.taktdb.core.memory.FramePool;
import io.taktdb.core.memory.Guard;
import io.taktdb.core.memory.Memory;
import java.util.Arrays;

/**
 * Opens whole pages for a system that writes columns in place, on all workers.
 *
 * <p>The tick thread {@link #plan}s all pages (decides where each is written, takes frames), workers {@link #open} the
 * pages of their own chunks (copy what the twin lacks), then the tick thread {@link #keep}s or {@link #revert}s. A page
 * that this version had not written yet reverts by showing its old half again; one that it had is saved for undo.
 *
 * <p>Threading: plan, keep and revert the tick thread; open any worker, each page by one.
 */
public final class KernelPages {
    private static final byte OPENED_BEFORE = 0;
    private static final byte TWIN = 1;
    private static final byte FRESH = 2;

    private final PageStore store;
    private long[] oldAddress = new long[0];
    private long[] oldMeta = new long[0];
    private long[] oldFrom = new long[0];
    private byte[] how = new byte[0];
    private int planned;
    private int undoMark;

    public KernelPages(final PageStore store) {
        this.store = store;
    }

    /** Decides for pages 0 to {@code pages} - 1 where they are written. */
    public void plan(final int pages) {
        ensureCapacity(pages);
        final Epochs epochs = store.epochs();
        final long building = epochs.building();
        undoMark = epochs.undo().mark();
        planned = 0;
        while (planned < pages) {
            planOne(planned, epochs, building);
            planned++;
        }
    }

    private void planOne(final int page, final Epochs epochs, final long building) {
        final long meta = store.meta(page);
        final long current = store.address(page);
        final long currentFrom = Memory.getLong(meta + PageMeta.CURRENT_FROM);
        oldAddress[page] = current;
        oldMeta[page] = meta;
        oldFrom[page] = currentFrom;
        if (currentFrom == building) {
            how[page] = OPENED_BEFORE;
            epochs.undo().saveBytes(store, page, current, 0, store.pageBytes());
            return;
        }
        final long otherFrom = Memory.getLong(meta + PageMeta.OTHER_FROM);
        if (otherFrom != PageMeta.NOTHING && epochs.slots().isHeld(otherFrom, currentFrom)) {
            how[page] = FRESH;
            final long fresh = store.takeFrame();
            store.meta(page, fresh);
            store.setAddress(page, Memory.getLong(fresh + FramePool.HALF_A));
        } else {
            how[page] = TWIN;
            store.setAddress(page, PageMeta.twinOf(meta, current));
        }
    }

    /**
     * Makes a planned page ready to write: the twin is brought up to date and the given granules are marked.
     *
     * @param marks 4 words of granules, see {@link #marksFor}
     * @return the page's address
     */
    public long open(final int page, final long[] marks) {
        final long address = store.address(page);
        final long meta = oldMeta[page];
        if (how[page] == FRESH) {
            Memory.copy(oldAddress[page], address, store.pageBytes());
        } else if (how[page] == TWIN) {
            Guard.setWritable(address, true, "opened for a system");
            store.catchUp(meta, oldAddress[page], address, Memory.getLong(meta + PageMeta.OTHER_FROM));
            Memory.putLong(meta + PageMeta.OTHER_FROM, oldFrom[page]);
            Memory.putLong(meta + PageMeta.CURRENT_FROM, store.epochs().building());
        }
        final long target = store.meta(page) + PageMeta.BITMAP;
        for (int word = 0; word < marks.length; word++) {
            final long at = target + ((long) word << 3);
            Memory.putLong(at, Memory.getLong(at) | marks[word]);
        }
        return address;
    }

    /** The system stands. Pages that it did not open are as they were. */
    public void keep() {
        for (int page = 0; page < planned; page++) {
            if (how[page] == FRESH) {
                final long meta = oldMeta[page];
                final long otherFrom = Memory.getLong(meta + PageMeta.OTHER_FROM);
                store.epochs().retire(otherFrom, () -> store.giveBackFrame(meta));
            }
        }
        planned = 0;
    }

    /** The system failed: all pages show what they showed before. */
    public void revert() {
        store.epochs().undo().rollback(undoMark);
        for (int page = 0; page < planned; page++) {
            if (how[page] == OPENED_BEFORE) {
                continue;
            }
            if (how[page] == FRESH) {
                store.giveBackFrame(store.meta(page));
                store.meta(page, oldMeta[page]);
            } else {
                Memory.putLong(oldMeta[page] + PageMeta.CURRENT_FROM, oldFrom[page]);
                Memory.putLong(oldMeta[page] + PageMeta.OTHER_FROM, PageMeta.NOTHING);
            }
            store.setAddress(page, oldAddress[page]);
        }
        planned = 0;
    }

    /**
     * The granules that hold the given byte ranges.
     *
     * @param ranges offset and length, alternating
     */
    public long[] marksFor(final int[] ranges) {
        final long[] marks = new long[PageMeta.GRANULES / Long.SIZE];
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
            oldAddress = Arrays.copyOf(oldAddress, capacity);
            oldMeta = Arrays.copyOf(oldMeta, capacity);
            oldFrom = Arrays.copyOf(oldFrom, capacity);
            how = Arrays.copyOf(how, capacity);
        }
    }
}
