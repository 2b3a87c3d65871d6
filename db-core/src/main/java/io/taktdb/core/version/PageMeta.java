package io.taktdb.core.version;

import io.taktdb.core.memory.FramePool;
import io.taktdb.core.memory.Memory;

/**
 * The meta line of a versioned page: one cache line beside the twins.
 *
 * <pre>
 *   OFFSET  SIZE  DESCRIPTION
 *        0     8  address of half A
 *        8     8  address of half B
 *       16     8  version from which the current half shows (the one being built, if the page is dirty)
 *       24     8  version from which the other half showed; -1: it holds nothing of use
 *       32    32  dirty bitmap: bit g = the halves may differ in granule g
 * </pre>
 *
 * A granule is the smallest power of two of at least 64 bytes that covers the page in {@value #GRANULES} steps.
 *
 * <p>Threading: tick thread; a worker for the pages of its own chunks.
 */
final class PageMeta {
    static final int CURRENT_FROM = 16;
    static final int OTHER_FROM = 24;
    static final int BITMAP = 32;
    static final int GRANULES = 256;
    static final long NOTHING = -1;

    private static final int WORDS = GRANULES / Long.SIZE;

    private PageMeta() {}

    static int granuleShift(final int pageBytes) {
        int shift = 6;
        while (((long) GRANULES << shift) < pageBytes) {
            shift++;
        }
        return shift;
    }

    static long twinOf(final long meta, final long half) {
        final long a = Memory.getLong(meta + FramePool.HALF_A);
        return half == a ? Memory.getLong(meta + FramePool.HALF_B) : a;
    }

    /** Marks the granules that hold the bytes {@code offset} to {@code offset + length - 1}. */
    static void mark(final long meta, final int granuleShift, final int offset, final int length) {
        final int first = offset >> granuleShift;
        final int last = (offset + length - 1) >> granuleShift;
        for (int word = first >> 6; word <= last >> 6; word++) {
            final int low = Math.max(first - (word << 6), 0);
            final int high = Math.min(last - (word << 6), 63);
            final long bits = (-1L >>> (63 - high)) & (-1L << low);
            final long at = meta + BITMAP + ((long) word << 3);
            Memory.putLong(at, Memory.getLong(at) | bits);
        }
    }

    static void clearMarks(final long meta) {
        for (int word = 0; word < WORDS; word++) {
            Memory.putLong(meta + BITMAP + ((long) word << 3), 0);
        }
    }

    /** Copies the marked granules from one half to the other, runs of neighbours in one piece. */
    static void copyMarked(
            final long meta, final long from, final long to, final int granuleShift, final int pageBytes) {
        int runStart = -1;
        for (int word = 0; word < WORDS; word++) {
            final long bits = Memory.getLong(meta + BITMAP + ((long) word << 3));
            if (bits == 0 && runStart < 0) {
                continue;
            }
            if (bits == -1L && runStart >= 0) {
                continue;
            }
            for (int bit = 0; bit < Long.SIZE; bit++) {
                final boolean marked = (bits >>> bit & 1) != 0;
                if (marked && runStart < 0) {
                    runStart = (word << 6) + bit;
                } else if (!marked && runStart >= 0) {
                    copyRun(from, to, runStart, (word << 6) + bit, granuleShift, pageBytes);
                    runStart = -1;
                }
            }
        }
        if (runStart >= 0) {
            copyRun(from, to, runStart, GRANULES, granuleShift, pageBytes);
        }
    }

    private static void copyRun(
            final long from, final long to, final int first, final int end, final int shift, final int pageBytes) {
        final int offset = first << shift;
        final int bytes = Math.min(end << shift, pageBytes) - offset;
        Memory.copy(from + offset, to + offset, bytes);
    }
}
