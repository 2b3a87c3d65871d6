package io.taktdb.core.version;

import io.taktdb.core.memory.FramePool;
import io.taktdb.core.memory.Memory;

/**
 * The meta line of a versioned page: one cache line beside the twins, two for pages above 16 KiB.
 *
 * <pre>
 *   OFFSET  SIZE  DESCRIPTION
 *        0     8  address of half A
 *        8     8  address of half B
 *       16     8  version from which the current half shows (the one being built, if the page is dirty)
 *       24     8  version from which the other half showed; -1: it holds nothing of use
 *       32    32  dirty bitmap: bit g = the halves may differ in granule g; 96 bytes in two lines
 * </pre>
 *
 * A granule is the smallest power of two of at least 64 bytes that covers the page in as many steps as the bitmap has
 * bits: 64 bytes up to pages of 48 KiB, so that a row that changed costs the copy of its own lines.
 *
 * <p>Threading: tick thread; a worker for the pages of its own chunks.
 */
final class PageMeta {
    static final int CURRENT_FROM = 16;
    static final int OTHER_FROM = 24;
    static final int BITMAP = 32;
    static final long NOTHING = -1;

    private static final int LINE_SHIFT = 6;
    private static final long ALL = -1;

    private PageMeta() {}

    static int granuleShift(final int pageBytes) {
        final long granules = (FramePool.metaBytes(pageBytes) - BITMAP) * (long) Byte.SIZE;
        int shift = LINE_SHIFT;
        while ((granules << shift) < pageBytes) {
            shift++;
        }
        return shift;
    }

    /** Words of the bitmap that a page uses. */
    static int words(final int pageBytes) {
        return (((pageBytes - 1) >> granuleShift(pageBytes)) >> 6) + 1;
    }

    static long twinOf(final long meta, final long half) {
        final long a = Memory.getLong(meta + FramePool.HALF_A);
        return half == a ? Memory.getLong(meta + FramePool.HALF_B) : a;
    }

    /** Marks the granules that hold the bytes {@code offset} to {@code offset + length - 1}. */
    static void mark(final long meta, final int granuleShift, final int offset, final int length) {
        final int first = offset >> granuleShift;
        final int last = (offset + length - 1) >> granuleShift;
        if (first >> 6 == last >> 6) {
            final long at = meta + BITMAP + ((long) (first >> 6) << 3);
            Memory.putLong(at, Memory.getLong(at) | (((2L << (last - first)) - 1) << first));
            return;
        }
        for (int word = first >> 6; word <= last >> 6; word++) {
            final int low = Math.max(first - (word << 6), 0);
            final int high = Math.min(last - (word << 6), 63);
            final long bits = (-1L >>> (63 - high)) & (-1L << low);
            final long at = meta + BITMAP + ((long) word << 3);
            Memory.putLong(at, Memory.getLong(at) | bits);
        }
    }

    static void clearMarks(final long meta, final int words) {
        for (int word = 0; word < words; word++) {
            Memory.putLong(meta + BITMAP + ((long) word << 3), 0);
        }
    }

    static void addMarks(final long meta, final long[] marks) {
        for (int word = 0; word < marks.length; word++) {
            final long at = meta + BITMAP + ((long) word << 3);
            Memory.putLong(at, Memory.getLong(at) | marks[word]);
        }
    }

    /** Makes a half equal to the current one: all of it if it holds nothing of use, else what is marked. */
    static void catchUp(
            final long meta,
            final int words,
            final long current,
            final long other,
            final int granuleShift,
            final int pageBytes) {
        if (Memory.getLong(meta + OTHER_FROM) == NOTHING) {
            Memory.copy(current, other, pageBytes);
            clearMarks(meta, words);
        } else {
            moveMarked(meta, words, current, other, granuleShift, pageBytes);
        }
    }

    /** Copies the marked granules from one half to the other, and forgets the marks. */
    static void moveMarked(
            final long meta,
            final int words,
            final long from,
            final long to,
            final int granuleShift,
            final int pageBytes) {
        int fullFrom = -1; // granule from which on all were marked
        for (int word = 0; word < words; word++) {
            final long at = meta + BITMAP + ((long) word << 3);
            final long bits = Memory.getLong(at);
            Memory.putLong(at, 0);
            fullFrom = copyWord(bits, word << 6, fullFrom, from, to, granuleShift, pageBytes);
        }
        if (fullFrom >= 0) {
            copyRun(from, to, fullFrom, words << 6, granuleShift, pageBytes);
        }
    }

    /**
     * Reads a byte of each marked granule in both halves. Nothing waits for what comes, so many lines come at a time;
     * long runs are left out: a copy has them fetched itself.
     */
    static long touchMarked(final long meta, final int words, final long from, final long to, final int granuleShift) {
        long sum = 0;
        for (int word = 0; word < words; word++) {
            final long bits = Memory.getLong(meta + BITMAP + ((long) word << 3));
            for (long left = bits == ALL ? 0 : bits; left != 0; left &= left - 1) {
                final long offset = (long) ((word << 6) + Long.numberOfTrailingZeros(left)) << granuleShift;
                sum += Memory.getByte(from + offset) + Memory.getByte(to + offset);
            }
        }
        return sum;
    }

    /** Copies the granules of some {@link #addMarks marks}. */
    static void copyMarked(
            final long[] marks, final long from, final long to, final int granuleShift, final int pageBytes) {
        int fullFrom = -1;
        for (int word = 0; word < marks.length; word++) {
            fullFrom = copyWord(marks[word], word << 6, fullFrom, from, to, granuleShift, pageBytes);
        }
        if (fullFrom >= 0) {
            copyRun(from, to, fullFrom, marks.length << 6, granuleShift, pageBytes);
        }
    }

    /**
     * Copies what a word of the bitmap marks: full words as runs, once they end; else line by line without a call or a
     * branch, so that the processor waits for many lines at a time.
     *
     * @param fullFrom granule from which on all were marked until this word, or -1
     * @return the same for the next word
     */
    private static int copyWord(
            final long bits,
            final int firstGranule,
            final int fullFrom,
            final long from,
            final long to,
            final int shift,
            final int pageBytes) {
        if (bits == ALL) {
            return fullFrom < 0 ? firstGranule : fullFrom;
        }
        if (fullFrom >= 0) {
            copyRun(from, to, fullFrom, firstGranule, shift, pageBytes);
        }
        for (long left = bits; left != 0; left &= left - 1) {
            final int granule = firstGranule + Long.numberOfTrailingZeros(left);
            if (shift == LINE_SHIFT) {
                Memory.copyLine(from + ((long) granule << LINE_SHIFT), to + ((long) granule << LINE_SHIFT));
            } else {
                copyRun(from, to, granule, granule + 1, shift, pageBytes);
            }
        }
        return -1;
    }

    private static void copyRun(
            final long from, final long to, final int first, final int end, final int shift, final int pageBytes) {
        final int offset = first << shift;
        final int bytes = Math.min(end << shift, pageBytes) - offset;
        Memory.copy(from + offset, to + offset, bytes);
    }
}
