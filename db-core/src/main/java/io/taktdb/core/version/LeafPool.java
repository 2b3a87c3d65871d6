package io.taktdb.core.version;

import java.util.Arrays;

/**
 * Leaves of page directories that were replaced: known by a number while leases may see them, then used again, so that
 * replacing a leaf costs no object.
 *
 * <p>Threading: tick thread.
 */
final class LeafPool implements Reclaimer.Owner {
    private static final int MAX_SPARE = 256;

    private final long[][] spare = new long[MAX_SPARE][];
    private int spareCount;
    private long[][] waiting = new long[16][];
    private int waitingCount;
    private final FreeNumbers free = new FreeNumbers();

    /** A leaf that nobody sees; its content is as it was. */
    long[] take() {
        return spareCount == 0 ? new long[PageDirectory.LEAF_PAGES] : spare[--spareCount];
    }

    /** Keeps a replaced leaf until it is {@link #takeBack taken back} under the number that this answers. */
    int await(final long[] leaf) {
        if (free.isEmpty() && waitingCount == waiting.length) {
            waiting = Arrays.copyOf(waiting, waitingCount * 2);
        }
        final int number = free.isEmpty() ? waitingCount++ : free.pop();
        waiting[number] = leaf;
        return number;
    }

    @Override
    public void takeBack(final long number) {
        final long[] leaf = waiting[(int) number];
        waiting[(int) number] = null;
        free.push((int) number);
        if (spareCount < MAX_SPARE) {
            spare[spareCount++] = leaf;
        }
    }
}
