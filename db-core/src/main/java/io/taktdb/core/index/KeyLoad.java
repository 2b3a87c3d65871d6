package io.taktdb.core.index;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.PageStore;
import java.util.Arrays;

/**
 * Fills an empty tree from sorted keys, bottom up: each page is written once, in order.
 *
 * <p>Pages are left a tenth empty, so that the inserts that follow do not split each of them. Only the making of pages
 * is undoable, which is all that a new tree needs. Threading: tick thread, used once.
 */
final class KeyLoad {
    private static final int FILLED_BYTES = (KeyPage.BYTES - KeyPage.SLOTS) * 9 / 10;

    private final PageStore pages;
    private final KeyRun run;
    private final KeyEntries entries = new KeyEntries();
    private final byte[] key = new byte[KeyPage.MAX_KEY_BYTES];
    private int[] firsts = new int[64]; // of each page of the level below: position of its lowest key
    private int[] numbers = new int[64];
    private int below;

    KeyLoad(final PageStore pages, final KeyRun run) {
        this.pages = pages;
        this.run = run;
    }

    void load() {
        pages.append(); // the root is always page 0
        if (endOfPage(0, run.count(), true) == run.count()) {
            gatherKeys(0, run.count());
            write(0, true, 0);
            return;
        }
        leaves();
        while (!isOnePage()) {
            level();
        }
        gatherChildren(0, below);
        write(0, false, numbers[0]);
    }

    private void leaves() {
        int previous = -1;
        int from = 0;
        while (from < run.count()) {
            final int to = endOfPage(from, run.count(), true);
            gatherKeys(from, to);
            final int number = pages.append();
            write(number, true, 0);
            if (previous >= 0) {
                Memory.putInt(pages.address(previous) + KeyPage.NEXT, number + 1);
                Memory.putInt(pages.address(number) + KeyPage.PREVIOUS, previous + 1);
            }
            note(from, number);
            previous = number;
            from = to;
        }
    }

    /** Inner pages above those of the level below, which take their place. */
    private void level() {
        final int children = below;
        int made = 0;
        for (int from = 0; from < children; ) {
            final int to = endOfPage(from, children, false);
            gatherChildren(from, to);
            final int number = pages.append();
            write(number, false, numbers[from]);
            firsts[made] = firsts[from];
            numbers[made++] = number;
            from = to;
        }
        below = made;
    }

    private boolean isOnePage() {
        return endOfPage(0, below, false) == below;
    }

    /** Position behind the last entry that still goes into a page that begins at {@code from}: two at the least. */
    private int endOfPage(final int from, final int end, final boolean leaf) {
        int bytes = 0;
        int to = from;
        while (to < end) {
            final int length = leaf ? run.length(to) : to == from ? 0 : run.length(firsts[to]);
            bytes += length + KeyPage.headBytes(leaf) + Short.BYTES;
            if (bytes > FILLED_BYTES && to - from > 1) {
                return to;
            }
            to++;
        }
        return to;
    }

    private void gatherKeys(final int from, final int to) {
        entries.clear();
        for (int i = from; i < to; i++) {
            run.copy(i, key);
            entries.add(0, key, run.length(i));
        }
    }

    private void gatherChildren(final int from, final int to) {
        entries.clear();
        for (int i = from + 1; i < to; i++) {
            run.copy(firsts[i], key);
            entries.add(numbers[i], key, run.length(firsts[i]));
        }
    }

    private void write(final int number, final boolean leaf, final int firstChild) {
        final long page = pages.prepareFresh(number, 0, KeyPage.BYTES);
        Memory.zero(page, KeyPage.SLOTS);
        Memory.putShort(page + KeyPage.LEAF, (short) (leaf ? 1 : 0));
        if (!leaf) {
            Memory.putInt(page + KeyPage.FIRST_CHILD, firstChild);
        }
        entries.write(page, 0, entries.count());
    }

    private void note(final int first, final int number) {
        if (below == firsts.length) {
            firsts = Arrays.copyOf(firsts, below * 2);
            numbers = Arrays.copyOf(numbers, below * 2);
        }
        firsts[below] = first;
        numbers[below++] = number;
    }
}
