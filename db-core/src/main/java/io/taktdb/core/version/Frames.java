package io.taktdb.core.version;

import io.taktdb.core.memory.FramePool;
import io.taktdb.core.memory.Memory;

/**
 * The frames of one page store: taken with a new page's meta line, given back when no lease sees them.
 *
 * <p>Threading: tick thread.
 */
final class Frames implements Reclaimer.Owner {
    private final Epochs epochs;
    private final FramePool pool;
    private final String name;
    private long live;

    /** @param name for errors and the guard */
    Frames(final Epochs epochs, final FramePool pool, final String name) {
        this.epochs = epochs;
        this.pool = pool;
        this.name = name;
    }

    /** A frame for a page that first shows in the running version; half A is zero. */
    long takeZeroed() {
        return asNew(pool.take(name));
    }

    /** A frame for a page that first shows in the running version; the caller fills half A whole. */
    long take() {
        return asNew(pool.takeUnclean(name));
    }

    private long asNew(final long meta) {
        live++;
        Memory.putLong(meta + PageMeta.CURRENT_FROM, epochs.building());
        Memory.putLong(meta + PageMeta.OTHER_FROM, PageMeta.NOTHING);
        return meta;
    }

    /** Gives back a frame that no version showed. */
    void giveBack(final long meta) {
        live--;
        pool.giveBack(meta);
    }

    /** Gives back a frame when no lease sees it. */
    void retire(final long meta) {
        live--;
        final long otherFrom = Memory.getLong(meta + PageMeta.OTHER_FROM);
        final long from = otherFrom == PageMeta.NOTHING ? Memory.getLong(meta + PageMeta.CURRENT_FROM) : otherFrom;
        epochs.retire(from, this, meta);
    }

    /** Bytes of the frames that the running version uses. */
    long bytes() {
        return live * pool.frameBytes();
    }

    @Override
    public void takeBack(final long meta) {
        pool.giveBack(meta);
    }
}
