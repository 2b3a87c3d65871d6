package io.taktdb.core.version;

import io.taktdb.core.memory.Memory;

/**
 * Pages that no version has shown yet, filled over many versions beside those that they are made from.
 *
 * <p>Threading: tick thread.
 */
public final class UnseenPages {
    private UnseenPages() {}

    /** Whether a page was written in a version or after it. */
    public static boolean isWrittenSince(final PageStore store, final int page, final long version) {
        return Memory.getLong(store.meta(page) + PageMeta.CURRENT_FROM) >= version;
    }

    /** Says that a page counts as made in the running version, so that it is written in place. */
    public static void renew(final PageStore store, final int page) {
        final long meta = store.meta(page);
        Memory.putLong(meta + PageMeta.CURRENT_FROM, store.epochs().building());
        Memory.putLong(meta + PageMeta.OTHER_FROM, PageMeta.NOTHING);
    }

    /** Makes bytes of a page writable in place, whatever they were; nothing is saved for undo. */
    public static long prepare(final PageStore store, final int page, final int offset, final int length) {
        renew(store, page);
        return store.prepareFresh(page, offset, length);
    }

    /** Zeroes a page, which then counts as made in the running version. */
    public static void blank(final PageStore store, final int page) {
        renew(store, page);
        Memory.zero(store.address(page), store.pageBytes());
    }
}
