package io.taktdb.persistence.snapshot;

import java.util.Arrays;

/**
 * Where the pages of one set lie in page files, and their prints: 36 bytes of memory for each. Threading: one thread.
 */
final class StoredSet {
    /** The value of {@link #file} for a page that is in no file. */
    static final long NOWHERE = -1;

    private final int[] lengths;
    private final long[] firsts;
    private final long[] seconds;
    private final long[] files;
    private final long[] offsets;

    /** @param count how many page numbers the set has */
    StoredSet(final int count) {
        lengths = new int[count];
        firsts = new long[count];
        seconds = new long[count];
        files = new long[count];
        offsets = new long[count];
        Arrays.fill(files, NOWHERE);
    }

    /** Notes what a page is. */
    void print(final int page, final int length, final PagePrint print) {
        lengths[page] = length;
        firsts[page] = print.first();
        seconds[page] = print.second();
    }

    /** Notes where a page is. */
    void place(final int page, final long file, final long offset) {
        files[page] = file;
        offsets[page] = offset;
    }

    /** Whether a page of another set is this one's. */
    boolean isSame(final int page, final StoredSet other) {
        return page < other.lengths.length
                && other.files[page] != NOWHERE
                && lengths[page] == other.lengths[page]
                && firsts[page] == other.firsts[page]
                && seconds[page] == other.seconds[page];
    }

    int length(final int page) {
        return lengths[page];
    }

    /** The commit of the page file, or {@link #NOWHERE}. */
    long file(final int page) {
        return files[page];
    }

    /** Where in the file its record starts. */
    long offset(final int page) {
        return offsets[page];
    }

    /** Whether the page after this one is stored right behind it. */
    boolean isFollowed(final int page) {
        return page + 1 < files.length
                && files[page] != NOWHERE
                && files[page + 1] == files[page]
                && offsets[page + 1] == offsets[page] + PageFile.RECORD_HEAD_BYTES + lengths[page];
    }
}
