package io.taktdb.core.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Many keys in one piece of memory, to be sorted and put into a tree in order.
 *
 * <p>Sorted by eight bytes at a time, as numbers: a large range by its digits (LSD radix sort), a small one by
 * quicksort, and what is equal so far by the next eight bytes. Threading: none of its own.
 */
public final class KeyRun {
    /** Keys of the largest run. */
    public static final int MAX_KEYS = 1 << 20;

    private static final int MAX_BYTES = 48 << 20;
    private static final int RADIX_KEYS = 1024;
    private static final int INSERTION_KEYS = 16;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int maxKeys;
    private byte[] bytes;
    private int[] starts;
    private int used;
    private int count;
    private int[] order = {};
    private long[] eight = {};
    private int[] otherOrder = {};
    private long[] otherEight = {};

    /** @param maxKeys after so many it is full */
    public KeyRun(final int maxKeys) {
        this.maxKeys = Math.min(maxKeys, MAX_KEYS);
        final int expected = Math.min(this.maxKeys, 1 << 12);
        this.bytes = new byte[expected * 2 * Long.BYTES];
        this.starts = new int[expected + 1];
    }

    /** Forgets all keys. */
    public void clear() {
        used = 0;
        count = 0;
    }

    /** How many keys there are. */
    public int count() {
        return count;
    }

    /** Whether it should be used before more is added. */
    public boolean isFull() {
        return count >= maxKeys || used >= MAX_BYTES;
    }

    /** Adds a key, whose bytes are copied. */
    public void add(final byte[] key, final int length) {
        if (used + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(used + length, bytes.length * 2));
        }
        if (count + 2 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        System.arraycopy(key, 0, bytes, used, length);
        starts[count++] = used;
        used += length;
        starts[count] = used;
    }

    /** Brings the keys into their order, in which the others ask for them. */
    public void sort() {
        if (order.length < count) {
            order = new int[count];
            eight = new long[count];
            otherOrder = new int[count];
            otherEight = new long[count];
        }
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        sort(0, count, 0);
    }

    /** Length of the key at a position of the order. */
    public int length(final int position) {
        return starts[order[position] + 1] - starts[order[position]];
    }

    /** Copies the key at a position of the order. */
    public void copy(final int position, final byte[] target) {
        System.arraycopy(bytes, starts[order[position]], target, 0, length(position));
    }

    /** The id at the end of the key at a position of the order. */
    public long id(final int position) {
        return (long) LONG.get(bytes, starts[order[position] + 1] - Long.BYTES);
    }

    /** Whether the key at a position has the values of the one before it: all but the id. */
    public boolean hasValuesOfPrevious(final int position) {
        final int one = order[position];
        final int other = order[position - 1];
        return Arrays.equals(
                bytes, starts[one], starts[one + 1] - Long.BYTES, bytes, starts[other], starts[other + 1] - Long.BYTES);
    }

    /** Puts the keys, which are sorted, into a tree that is being built; an empty one is filled from the bottom up. */
    public void addTo(final KeyTree tree) {
        if (tree.pages().count() == 0 && count > 0) {
            new KeyLoad(tree.pages(), this).load();
            return;
        }
        final byte[] key = new byte[KeyPage.MAX_KEY_BYTES];
        for (int i = 0; i < count; i++) {
            copy(i, key);
            tree.add(key, length(i));
        }
    }

    private void sort(final int from, final int to, final int offset) {
        int at = offset;
        while (to - from > 1 && at < KeyPage.MAX_KEY_BYTES && !load(from, to, at)) {
            at += Long.BYTES; // all are equal so far, as those of a text are that all begin alike
        }
        if (to - from <= 1 || at >= KeyPage.MAX_KEY_BYTES) {
            return;
        }
        if (to - from >= RADIX_KEYS) {
            radix(from, to);
        } else {
            quick(from, to - 1);
        }
        int equalFrom = from;
        for (int i = from + 1; i <= to; i++) {
            if (i == to || eight[i] != eight[equalFrom]) {
                if (i - equalFrom > 1) {
                    sortEqual(equalFrom, i, at + Long.BYTES);
                }
                equalFrom = i;
            }
        }
    }

    /** Loads the eight bytes at an offset of each key; answers whether any differ. */
    private boolean load(final int from, final int to, final int offset) {
        long differing = 0;
        for (int i = from; i < to; i++) {
            eight[i] = eightOf(order[i], offset);
            differing |= eight[i] ^ eight[from];
        }
        return differing != 0;
    }

    /** Bytes of a key as a number that compares as they do; flipped, since numbers have signs. */
    private long eightOf(final int key, final int offset) {
        final int start = starts[key] + offset;
        final int end = starts[key + 1];
        if (start + Long.BYTES <= end) {
            return (long) LONG.get(bytes, start) ^ Long.MIN_VALUE;
        }
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | (start + i < end ? bytes[start + i] & 0xFF : 0);
        }
        return value ^ Long.MIN_VALUE;
    }

    /** Those that are equal so far: few are compared whole. The numbers of their range are overwritten. */
    private void sortEqual(final int from, final int to, final int offset) {
        if (to - from > INSERTION_KEYS) {
            final long before = eight[from];
            sort(from, to, offset);
            Arrays.fill(eight, from, to, before); // whoever called still looks for what is equal
            return;
        }
        for (int i = from + 1; i < to; i++) {
            final int key = order[i];
            int at = i;
            while (at > from && compare(order[at - 1], key) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = key;
        }
    }

    private int compare(final int one, final int other) {
        return Arrays.compareUnsigned(bytes, starts[one], starts[one + 1], bytes, starts[other], starts[other + 1]);
    }

    /** Sorts by the numbers, digit by digit from the lowest; digits that all share are left out. */
    private void radix(final int from, final int to) {
        final int[] ends = new int[256];
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            Arrays.fill(ends, 0);
            for (int i = from; i < to; i++) {
                ends[digit(eight[i], shift)]++;
            }
            if (ends[digit(eight[from], shift)] == to - from) {
                continue;
            }
            int sum = from;
            for (int digit = 0; digit < ends.length; digit++) {
                final int these = ends[digit];
                ends[digit] = sum;
                sum += these;
            }
            for (int i = from; i < to; i++) {
                final int target = ends[digit(eight[i], shift)]++;
                otherEight[target] = eight[i];
                otherOrder[target] = order[i];
            }
            System.arraycopy(otherEight, from, eight, from, to - from);
            System.arraycopy(otherOrder, from, order, from, to - from);
        }
    }

    private static int digit(final long value, final int shift) {
        return (int) ((value ^ Long.MIN_VALUE) >>> shift) & 0xFF;
    }

    private void quick(final int first, final int last) {
        int low = first;
        int high = last;
        while (high - low >= INSERTION_KEYS) {
            final int split = partition(low, high);
            if (split - low < high - split) { // the larger part goes on here, so that calls nest a little only
                quick(low, split);
                low = split + 1;
            } else {
                quick(split + 1, high);
                high = split;
            }
        }
        for (int i = low + 1; i <= high; i++) {
            final long value = eight[i];
            final int key = order[i];
            int at = i;
            while (at > low && eight[at - 1] > value) {
                eight[at] = eight[at - 1];
                order[at] = order[at - 1];
                at--;
            }
            eight[at] = value;
            order[at] = key;
        }
    }

    /** C. A. R. Hoare's scheme around the middle one. */
    private int partition(final int low, final int high) {
        final long pivot = eight[low + high >>> 1];
        int i = low - 1;
        int j = high + 1;
        while (true) {
            do {
                i++;
            } while (eight[i] < pivot);
            do {
                j--;
            } while (eight[j] > pivot);
            if (i >= j) {
                return j;
            }
            final long value = eight[i];
            eight[i] = eight[j];
            eight[j] = value;
            final int key = order[i];
            order[i] = order[j];
            order[j] = key;
        }
    }
}
