package io.taktdb.core.memory;

/**
 * Sizes of memory that fill huge pages of the operating system: Linux places such a piece at the start of one.
 *
 * <p>It gives huge pages where the C library asks for them ({@code GLIBC_TUNABLES=glibc.malloc.hugetlb=1}, which the
 * launcher sets). Threading: pure arithmetic.
 */
final class HugePages {
    private static final int BYTES = 2 << 20;

    /** What the C library and {@link Memory#allocate} add to a large piece: a page each. */
    private static final int ADDED_BYTES = 2 * 4096;

    /** Not more than this part of a piece may be left unused to fill the last page. */
    private static final int UNUSED_PART = 16;

    private HugePages() {}

    /**
     * The size at which a piece fills huge pages.
     *
     * @return {@code bytes} where that would leave too much unused
     */
    static long fill(final long bytes) {
        final long filled = ((bytes + ADDED_BYTES + BYTES - 1) & -BYTES) - ADDED_BYTES;
        return filled - bytes > bytes / UNUSED_PART ? bytes : filled;
    }

    /** Whether a piece of this size fills huge pages. */
    static boolean isFilledBy(final long bytes) {
        return (bytes + ADDED_BYTES) % BYTES == 0;
    }
}
