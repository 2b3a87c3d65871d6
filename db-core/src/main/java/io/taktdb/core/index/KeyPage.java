package io.taktdb.core.index;

import io.taktdb.core.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One page of a key tree.
 *
 * <pre>
 *   OFFSET  SIZE  DESCRIPTION
 *        0     2  1: leaf, 0: inner page
 *        2     2  count of entries
 *        4     2  start of the lowest entry; entries lie from there to the end of the page
 *        6     2  bytes of removed entries among them
 *        8     4  leaf: next leaf's number + 1, 0: none
 *       12     4  leaf: previous leaf's number + 1, 0: none
 *       16     4  inner: the child whose keys are below the first entry's key
 *       20     2n offsets of the entries, in the order of their keys
 *       ..
 *   entry: child (inner pages only) 4, key length 2, key
 * </pre>
 *
 * Keys compare as unsigned bytes; each is unique, since it ends with an id. An inner entry leads to keys that are not
 * below its own. Threading: none of its own.
 */
final class KeyPage {
    static final int BYTES = 4096;
    static final int LEAF = 0;
    static final int COUNT = 2;
    static final int LOWEST = 4;
    static final int GARBAGE = 6;
    static final int NEXT = 8;
    static final int PREVIOUS = 12;
    static final int FIRST_CHILD = 16;
    static final int SLOTS = 20;

    /** The longest key, id included, so that a page holds at least three. */
    static final int MAX_KEY_BYTES = 1024;

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private KeyPage() {}

    static boolean isLeaf(final long page) {
        return Memory.getShort(page + LEAF) == 1;
    }

    static int count(final long page) {
        return Memory.getShort(page + COUNT) & 0xFFFF;
    }

    static int lowest(final long page) {
        return Memory.getShort(page + LOWEST) & 0xFFFF;
    }

    static int garbage(final long page) {
        return Memory.getShort(page + GARBAGE) & 0xFFFF;
    }

    /** Free bytes once removed entries are squeezed out. */
    static int free(final long page) {
        return lowest(page) + garbage(page) - SLOTS - count(page) * Short.BYTES;
    }

    static int entryOffset(final long page, final int index) {
        return Memory.getShort(page + SLOTS + (long) index * Short.BYTES) & 0xFFFF;
    }

    static int headBytes(final boolean leaf) {
        return leaf ? Short.BYTES : Integer.BYTES + Short.BYTES;
    }

    static int keyLength(final long page, final int index) {
        final int entry = entryOffset(page, index);
        return Memory.getShort(page + entry + headBytes(isLeaf(page)) - Short.BYTES) & 0xFFFF;
    }

    static long keyAddress(final long page, final int index) {
        return page + entryOffset(page, index) + headBytes(isLeaf(page));
    }

    /** Child that the entry leads to; index -1 is the first child. */
    static int child(final long page, final int index) {
        return Memory.getInt(index < 0 ? page + FIRST_CHILD : page + entryOffset(page, index));
    }

    /** Position of the first entry whose key is not below {@code key}. */
    static int lowerBound(final long page, final byte[] key, final int length) {
        int low = 0;
        int high = count(page);
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (compare(keyAddress(page, middle), keyLength(page, middle), key, length) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Index of the entry of an inner page whose child may hold {@code key}: -1 for the first child. */
    static int childFor(final long page, final byte[] key, final int length) {
        final int bound = lowerBound(page, key, length);
        final boolean equal =
                bound < count(page) && compare(keyAddress(page, bound), keyLength(page, bound), key, length) == 0;
        return equal ? bound : bound - 1;
    }

    /** Compares bytes at an address with a key, as unsigned bytes, shorter first. */
    static int compare(final long address, final int addressLength, final byte[] key, final int length) {
        final int common = Math.min(addressLength, length);
        int i = 0;
        for (; i + Long.BYTES <= common; i += Long.BYTES) {
            final long a = Long.reverseBytes(Memory.getLong(address + i));
            final long b = (long) BIG_ENDIAN.get(key, i);
            if (a != b) {
                return Long.compareUnsigned(a, b);
            }
        }
        for (; i < common; i++) {
            final int difference = (Memory.getByte(address + i) & 0xFF) - (key[i] & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(addressLength, length);
    }
}
