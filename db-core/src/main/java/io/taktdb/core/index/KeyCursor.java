package io.taktdb.core.index;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Pages;

/**
 * A walk over a key tree, forwards or backwards.
 *
 * <pre>{@code
 * cursor.wrap(pages);
 * for (boolean at = cursor.seek(key, length); at; at = cursor.next()) { cursor.id(); }
 * }</pre>
 *
 * Threading: one thread, under the lease that the pages were reached through.
 */
public final class KeyCursor {
    private Pages pages;
    private long page;
    private int index;

    /** Shows the pages of a tree. */
    public KeyCursor wrap(final Pages tree) {
        pages = tree;
        page = 0;
        return this;
    }

    /**
     * Goes to the first key that is not below {@code key}.
     *
     * @return false when there is none
     */
    public boolean seek(final byte[] key, final int length) {
        if (pages.count() == 0) {
            return false;
        }
        page = pages.address(0);
        while (!KeyPage.isLeaf(page)) {
            page = pages.address(KeyPage.child(page, KeyPage.childFor(page, key, length)));
        }
        index = KeyPage.lowerBound(page, key, length);
        return skipEmptyForwards();
    }

    /**
     * Goes to the last key that is below {@code key}.
     *
     * @return false when there is none
     */
    public boolean seekBelow(final byte[] key, final int length) {
        if (pages.count() == 0) {
            return false;
        }
        page = pages.address(0);
        while (!KeyPage.isLeaf(page)) {
            page = pages.address(KeyPage.child(page, KeyPage.childFor(page, key, length)));
        }
        index = KeyPage.lowerBound(page, key, length) - 1;
        return skipEmptyBackwards();
    }

    /**
     * Goes to the next key.
     *
     * @return false at the end
     */
    public boolean next() {
        index++;
        return skipEmptyForwards();
    }

    /**
     * Goes to the key before.
     *
     * @return false at the start
     */
    public boolean previous() {
        index--;
        return skipEmptyBackwards();
    }

    private boolean skipEmptyForwards() {
        while (index >= KeyPage.count(page)) {
            final int next = Memory.getInt(page + KeyPage.NEXT);
            if (next == 0) {
                return false;
            }
            page = pages.address(next - 1);
            index = 0;
        }
        return true;
    }

    private boolean skipEmptyBackwards() {
        while (index < 0) {
            final int previous = Memory.getInt(page + KeyPage.PREVIOUS);
            if (previous == 0) {
                return false;
            }
            page = pages.address(previous - 1);
            index = KeyPage.count(page) - 1;
        }
        return true;
    }

    /** The id that the key ends with. */
    public long id() {
        return Long.reverseBytes(
                Memory.getLong(KeyPage.keyAddress(page, index) + KeyPage.keyLength(page, index) - Long.BYTES));
    }

    /** Whether the key starts with these bytes. */
    public boolean startsWith(final byte[] prefix, final int length) {
        return KeyPage.keyLength(page, index) >= length
                && KeyPage.compare(KeyPage.keyAddress(page, index), length, prefix, length) == 0;
    }

    /** Compares the key with another, as unsigned bytes. */
    public int compareTo(final byte[] key, final int length) {
        return KeyPage.compare(KeyPage.keyAddress(page, index), KeyPage.keyLength(page, index), key, length);
    }
}
