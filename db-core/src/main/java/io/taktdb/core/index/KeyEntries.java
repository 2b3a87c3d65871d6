package io.taktdb.core.index;

import io.taktdb.core.memory.Memory;
import java.util.Arrays;

/**
 * The entries of one or two pages on their way into others: gathered in order, then written out.
 *
 * <p>Threading: tick thread; one per tree, reused.
 */
final class KeyEntries {
    private final byte[] bytes = new byte[3 * KeyPage.BYTES];
    private int[] starts = new int[256];
    private int[] children = new int[256];
    private int count;
    private int used;

    void clear() {
        count = 0;
        used = 0;
    }

    int count() {
        return count;
    }

    int child(final int index) {
        return children[index];
    }

    int length(final int index) {
        return (index + 1 == count ? used : starts[index + 1]) - starts[index];
    }

    /** Copies a key out. */
    void copyKey(final int index, final byte[] target) {
        System.arraycopy(bytes, starts[index], target, 0, length(index));
    }

    void add(final int child, final byte[] key, final int length) {
        begin(child);
        System.arraycopy(key, 0, bytes, used, length);
        used += length;
    }

    void addAll(final long page, final int from, final int to) {
        final boolean leaf = KeyPage.isLeaf(page);
        for (int i = from; i < to; i++) {
            begin(leaf ? 0 : KeyPage.child(page, i));
            final int length = KeyPage.keyLength(page, i);
            Memory.copy(KeyPage.keyAddress(page, i), bytes, used, length);
            used += length;
        }
    }

    private void begin(final int child) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            children = Arrays.copyOf(children, count * 2);
        }
        starts[count] = used;
        children[count++] = child;
    }

    /** The position at which the entries' bytes are about halved. */
    int middle() {
        int index = 1;
        while (index < count - 1 && starts[index] < used / 2) {
            index++;
        }
        return index;
    }

    /** Bytes that the entries from {@code from} to {@code to} - 1 take in a page, slots included. */
    int pageBytes(final int from, final int to, final boolean leaf) {
        if (from == to) {
            return 0;
        }
        final int end = to == count ? used : starts[to];
        return end - starts[from] + (to - from) * (KeyPage.headBytes(leaf) + Short.BYTES);
    }

    /** Fills a page, whose header is set, with the entries from {@code from} to {@code to} - 1. */
    void write(final long page, final int from, final int to) {
        final boolean leaf = KeyPage.isLeaf(page);
        int lowest = KeyPage.BYTES;
        for (int i = from; i < to; i++) {
            final int length = length(i);
            lowest -= KeyPage.headBytes(leaf) + length;
            writeEntry(page + lowest, leaf, children[i], bytes, starts[i], length);
            Memory.putShort(page + KeyPage.SLOTS + (long) (i - from) * Short.BYTES, (short) lowest);
        }
        Memory.putShort(page + KeyPage.COUNT, (short) (to - from));
        Memory.putShort(page + KeyPage.LOWEST, (short) lowest);
        Memory.putShort(page + KeyPage.GARBAGE, (short) 0);
    }

    static void writeEntry(
            final long at, final boolean leaf, final int child, final byte[] key, final int offset, final int length) {
        if (!leaf) {
            Memory.putInt(at, child);
        }
        final int head = KeyPage.headBytes(leaf);
        Memory.putShort(at + head - Short.BYTES, (short) length);
        Memory.copy(key, offset, at + head, length);
    }
}
