package io.taktdb.core.table;

/** The slot sizes of heap pages: each about a half larger than the one before at most, so a slot wastes a third. */
final class HeapClasses {
    /** Bytes of a heap page; its 256 granules are one cache line each. */
    static final int PAGE_BYTES = 16 << 10;

    /** Bytes before the first slot. */
    static final int HEADER_BYTES = 192;

    /** Bytes of the largest slot: two of them fill a page. Larger values are blocks. */
    static final int MAX_SLOT_BYTES = (PAGE_BYTES - HEADER_BYTES) / 2;

    private static final int[] SIZES = {
        16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1072, 1616, 2304, 3232, 4048, 5392, MAX_SLOT_BYTES
    };

    /** How many classes there are. */
    static final int COUNT = 19;

    private HeapClasses() {}

    /** The smallest class whose slots hold so many bytes. */
    static int classFor(final int bytes) {
        int low = 0;
        int high = COUNT - 1;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (SIZES[middle] < bytes) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    static int slotBytes(final int slotClass) {
        return SIZES[slotClass];
    }

    static int slots(final int slotClass) {
        return (PAGE_BYTES - HEADER_BYTES) / SIZES[slotClass];
    }
}
