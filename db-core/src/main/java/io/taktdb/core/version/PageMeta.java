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

    static void addMarks(final long meta, final long[] marks) {
        for (int word = 0; word < WORDS; word++) {
            final long at = meta + BITMAP + ((long) word << 3);
            Memory.putLong(at, Memory.getLong(at) | marks[word]);
        }
    }

    /** Copies the marked granules from one half to the other, runs of neighbours in one piece. */
    static void copyMarked(
            final long meta, final long from, final long to, final int granuleShift, final int pageBytes) {
        int runStart = -1;
        for (int word = 0; word < WORDS; word++) {
            final long bits = Memory.getLong(meta + BITMAP + ((long) word << 3));
            runStart = copyWord(bits, word << 6, runStart, from, to, granuleShift, pageBytes);
        }
        if (runStart >= 0) {
            copyRun(from, to, runStart, GRANULES, granuleShift, pageBytes);
        }
    }

    /** Copies the granules of some {@link #addMarks marks}. */
    static void copyMarked(
            final long[] marks, final long from, final long to, final int granuleShift, final int pageBytes) {
        int runStart = -1;
        for (int word = 0; word < WORDS; word++) {
            runStart = copyWord(marks[word], word << 6, runStart, from, to, granuleShift, pageBytes);
        }
        if (runStart >= 0) {
            copyRun(from, to, runStart, GRANULES, granuleShift, pageBytes);
        }
    }

    /**
     * Copies the runs that end within a word of the bitmap.
     *
     * @param runStart granule where a run began before this word, or -1
     * @return granule where a run began that goes on behind this word, or -1
     */
    private static int copyWord(
            final long bits,
            final int firstGranule,
            final int runStart,
            final long from,
            final long to,
            final int shift,
            final int pageBytes) {
        int start = runStart;
        int bit = 0;
        while (bit < Long.SIZE) {
            if (start < 0) {
                bit += Long.numberOfTrailingZeros(bits >>> bit);
                if (bit >= Long.SIZE) {
                    break;
                }
                start = firstGranule + bit;
            }
            bit += Long.numberOfTrailingZeros(~(bits >>> bit));
            if (bit >= Long.SIZE) {
                break;
            }
            copyRun(from, to, start, firstGranule + bit, shift, pageBytes);
            start = -1;
        }
        return start;
    }

    private static void copyRun(
            final long from, final long to, final int first, final int end, final int shift, final int pageBytes) {
        final int offset = first << shift;
        final int bytes = Math.min(end << shift, pageBytes) - offset;
        Memory.copy(from + offset, to + offset, bytes);
    }
}
