package io.taktdb.core.index;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.DirtyFlag;
import io.taktdb.core.version.Epochs;
import io.taktdb.core.version.PageStore;
import io.taktdb.core.version.UnseenPages;

/**
 * A set of byte keys in order: a B+ tree (R. Bayer, E. McCreight, 1972) in versioned pages, undone with them.
 *
 * <p>The root is always page 0. Pages split at the middle, or at the end when keys come in order; a page that falls
 * below a quarter joins a neighbour if both fit well into one. Threading: tick thread.
 */
public final class KeyTree {
    private static final int MAX_DEPTH = 32;
    private static final int JOIN_BELOW = KeyPage.BYTES / 4;
    private static final int JOINED_MOST = KeyPage.BYTES * 3 / 4;

    private final PageStore pages;
    private boolean building;
    private final KeyEntries entries = new KeyEntries();
    private final KeyEntries squeezed = new KeyEntries();
    private final int[] path = new int[MAX_DEPTH];
    private final int[] taken = new int[MAX_DEPTH];
    private final byte[] separator = new byte[KeyPage.MAX_KEY_BYTES];
    private int depth;

    /**
     * @param name for errors and the guard
     */
    public KeyTree(final Epochs epochs, final String name) {
        this(epochs, name, new DirtyFlag());
    }

    /**
     * @param dirty raised by every change
     */
    public KeyTree(final Epochs epochs, final String name, final DirtyFlag dirty) {
        pages = new PageStore(epochs, name, KeyPage.BYTES, dirty);
    }

    /**
     * Says whether the tree is being built, and no version has shown it: then only the making of its pages is undone,
     * not what is written into them.
     */
    public void building(final boolean value) {
        building = value;
    }

    private long prepare(final int number, final int offset, final int length) {
        return building ? UnseenPages.prepare(pages, number, offset, length) : pages.prepare(number, offset, length);
    }

    /** The tree's pages, for publishing and for cursors of the running version. */
    public PageStore pages() {
        return pages;
    }

    /**
     * Adds a key.
     *
     * @param length bytes of the key, at most {@value KeyPage#MAX_KEY_BYTES}
     * @return false if it was there already
     */
    public boolean add(final byte[] key, final int length) {
        if (pages.count() == 0) {
            format(pages.append(), true);
        }
        final int leaf = descend(key, length);
        final int at = KeyPage.lowerBound(pages.address(leaf), key, length);
        if (isAt(leaf, at, key, length)) {
            return false;
        }
        put(depth, leaf, at, 0, key, length);
        return true;
    }

    /**
     * Removes a key.
     *
     * @return false if it was not there
     */
    public boolean remove(final byte[] key, final int length) {
        if (pages.count() == 0) {
            return false;
        }
        final int leaf = descend(key, length);
        final int at = KeyPage.lowerBound(pages.address(leaf), key, length);
        if (!isAt(leaf, at, key, length)) {
            return false;
        }
        cut(leaf, at);
        join(depth, leaf);
        return true;
    }

    private boolean isAt(final int leaf, final int at, final byte[] key, final int length) {
        final long page = pages.address(leaf);
        return at < KeyPage.count(page)
                && KeyPage.compare(KeyPage.keyAddress(page, at), KeyPage.keyLength(page, at), key, length) == 0;
    }

    /** Walks to the leaf that a key belongs to, and notes the way. */
    private int descend(final byte[] key, final int length) {
        depth = 0;
        int number = 0;
        while (!KeyPage.isLeaf(pages.address(number))) {
            final int index = KeyPage.childFor(pages.address(number), key, length);
            path[depth] = number;
            taken[depth++] = index;
            number = KeyPage.child(pages.address(number), index);
        }
        return number;
    }

    private void format(final int number, final boolean leaf) {
        final long page = prepare(number, 0, KeyPage.SLOTS);
        Memory.zero(page, KeyPage.SLOTS);
        Memory.putShort(page + KeyPage.LEAF, (short) (leaf ? 1 : 0));
        Memory.putShort(page + KeyPage.LOWEST, (short) KeyPage.BYTES);
    }

    /** Puts an entry into the page at a level of the noted way, splitting as need be. */
    private void put(
            final int level, final int number, final int at, final int child, final byte[] key, final int length) {
        final long page = pages.address(number);
        final boolean leaf = KeyPage.isLeaf(page);
        if (KeyPage.free(page) >= KeyPage.headBytes(leaf) + length + Short.BYTES) {
            insert(number, at, child, key, length);
            return;
        }
        final int count = KeyPage.count(page);
        entries.clear();
        entries.addAll(page, 0, at);
        entries.add(child, key, length);
        entries.addAll(page, at, count);
        final int split = at == count ? (leaf ? count : count - 1) : entries.middle();
        final int high = split(number, split, leaf);
        entries.copyKey(split, separator);
        final int separatorLength = entries.length(split);
        if (level > 0) {
            put(level - 1, path[level - 1], taken[level - 1] + 1, high, separator, separatorLength);
        } else {
            insert(0, 0, high, separator, separatorLength);
        }
    }

    /**
     * Writes the gathered entries into a page and a new right neighbour; the root's go into two new pages.
     *
     * @return number of the right page
     */
    private int split(final int number, final int split, final boolean leaf) {
        final long old = pages.address(number);
        final int firstChild = Memory.getInt(old + KeyPage.FIRST_CHILD);
        final int next = Memory.getInt(old + KeyPage.NEXT);
        final int previous = Memory.getInt(old + KeyPage.PREVIOUS);
        final int low = number == 0 ? pages.allocate() : number;
        final int high = pages.allocate();
        if (number == 0) {
            format(0, false);
            Memory.putInt(prepare(0, KeyPage.FIRST_CHILD, Integer.BYTES), low);
        }
        fill(low, leaf, 0, split, firstChild);
        fill(high, leaf, leaf ? split : split + 1, entries.count(), entries.child(split));
        if (leaf) {
            link(low, high);
            setLink(low, KeyPage.PREVIOUS, previous);
            setLink(high, KeyPage.NEXT, next);
            if (next != 0) {
                setLink(next - 1, KeyPage.PREVIOUS, high + 1);
            }
        }
        return high;
    }

    private void fill(final int number, final boolean leaf, final int from, final int to, final int firstChild) {
        final long page = prepare(number, 0, KeyPage.BYTES);
        format(number, leaf);
        if (!leaf) {
            Memory.putInt(page + KeyPage.FIRST_CHILD, firstChild);
        }
        entries.write(page, from, to);
    }

    private void link(final int left, final int right) {
        setLink(left, KeyPage.NEXT, right + 1);
        setLink(right, KeyPage.PREVIOUS, left + 1);
    }

    private void setLink(final int number, final int offset, final int value) {
        Memory.putInt(prepare(number, offset, Integer.BYTES), value);
    }

    /** Writes an entry into a page that has room for it. */
    private void insert(final int number, final int at, final int child, final byte[] key, final int length) {
        final boolean leaf = KeyPage.isLeaf(pages.address(number));
        final int size = KeyPage.headBytes(leaf) + length;
        squeeze(number, size + Short.BYTES);
        final int count = KeyPage.count(pages.address(number));
        final long page = prepare(number, 0, KeyPage.SLOTS + (count + 1) * Short.BYTES);
        final int entry = KeyPage.lowest(page) - size;
        prepare(number, entry, size);
        KeyEntries.writeEntry(page + entry, leaf, child, key, 0, length);
        final long slot = page + KeyPage.SLOTS + (long) at * Short.BYTES;
        for (long move = page + KeyPage.SLOTS + (long) count * Short.BYTES; move > slot; move -= Short.BYTES) {
            Memory.putShort(move, Memory.getShort(move - Short.BYTES));
        }
        Memory.putShort(slot, (short) entry);
        Memory.putShort(page + KeyPage.COUNT, (short) (count + 1));
        Memory.putShort(page + KeyPage.LOWEST, (short) entry);
    }

    private void squeeze(final int number, final int wanted) {
        final long page = pages.address(number);
        final int count = KeyPage.count(page);
        if (KeyPage.lowest(page) - KeyPage.SLOTS - count * Short.BYTES >= wanted) {
            return;
        }
        squeezed.clear();
        squeezed.addAll(page, 0, count);
        squeezed.write(prepare(number, 0, KeyPage.BYTES), 0, count);
    }

    /** Takes an entry out of a page. */
    private void cut(final int number, final int at) {
        final int count = KeyPage.count(pages.address(number));
        final long page = prepare(number, 0, KeyPage.SLOTS + count * Short.BYTES);
        final int size = KeyPage.headBytes(KeyPage.isLeaf(page)) + KeyPage.keyLength(page, at);
        final long end = page + KeyPage.SLOTS + (long) (count - 1) * Short.BYTES;
        for (long slot = page + KeyPage.SLOTS + (long) at * Short.BYTES; slot < end; slot += Short.BYTES) {
            Memory.putShort(slot, Memory.getShort(slot + Short.BYTES));
        }
        Memory.putShort(page + KeyPage.COUNT, (short) (count - 1));
        Memory.putShort(page + KeyPage.GARBAGE, (short) (KeyPage.garbage(page) + size));
    }

    /** Joins a page at a level of the noted way with a neighbour, if it holds little. */
    private void join(final int level, final int number) {
        if (level == 0) {
            collapseRoot();
            return;
        }
        final long page = pages.address(number);
        if (KeyPage.BYTES - KeyPage.free(page) >= JOIN_BELOW) {
            return;
        }
        final int parent = path[level - 1];
        final int index = taken[level - 1];
        final long above = pages.address(parent);
        if (index + 1 < KeyPage.count(above)) {
            joinPair(level, parent, index + 1, number, KeyPage.child(above, index + 1));
        } else if (index >= 0) {
            joinPair(level, parent, index, KeyPage.child(above, index - 1), number);
        }
    }

    private void joinPair(final int level, final int parent, final int index, final int left, final int right) {
        final long low = pages.address(left);
        final long high = pages.address(right);
        final boolean leaf = KeyPage.isLeaf(low);
        entries.clear();
        entries.addAll(low, 0, KeyPage.count(low));
        if (!leaf) {
            final int length = KeyPage.keyLength(pages.address(parent), index);
            Memory.copy(KeyPage.keyAddress(pages.address(parent), index), separator, 0, length);
            entries.add(KeyPage.child(high, -1), separator, length);
        }
        entries.addAll(high, 0, KeyPage.count(high));
        if (entries.pageBytes(0, entries.count(), leaf) > JOINED_MOST) {
            return;
        }
        final int next = Memory.getInt(high + KeyPage.NEXT);
        entries.write(prepare(left, 0, KeyPage.BYTES), 0, entries.count());
        if (leaf) {
            setLink(left, KeyPage.NEXT, next);
            if (next != 0) {
                setLink(next - 1, KeyPage.PREVIOUS, left + 1);
            }
        }
        pages.release(right);
        cut(parent, index);
        join(level - 1, parent);
    }

    /** A root without entries takes over the content of its only child. */
    private void collapseRoot() {
        final long root = pages.address(0);
        if (KeyPage.isLeaf(root) || KeyPage.count(root) > 0) {
            return;
        }
        final int only = KeyPage.child(root, -1);
        final long target = prepare(0, 0, KeyPage.BYTES);
        Memory.copy(pages.address(only), target, KeyPage.BYTES);
        pages.release(only);
    }
}
