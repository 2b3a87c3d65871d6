package io.taktdb.core.version;

import java.util.Arrays;

/**
 * Things that were replaced and wait until no lease can see them: a ring of numbers, so that waiting costs no objects.
 *
 * <p>Threading: tick thread.
 */
final class Reclaimer {
    /** How many waiting things a commit looks at, besides twice as many as it added: its time has a bound. */
    static final int CHECKS_PER_COMMIT = 4096;

    /** Who takes a thing back, e.g. a pool its frame. */
    interface Owner {
        /** Nobody can see the thing any more. */
        void takeBack(long what);
    }

    private final LeaseSlots slots;
    private Owner[] owners = new Owner[64];
    private long[] whats = new long[64];
    private long[] froms = new long[64];
    private long[] tos = new long[64];
    private int head;
    private int size;
    private int added;

    Reclaimer(final LeaseSlots slots) {
        this.slots = slots;
    }

    /** Gives a thing back once nobody can see what showed in versions [from, to). */
    void retire(final long from, final long to, final Owner owner, final long what) {
        if (size == owners.length) {
            grow();
        }
        put(owner, what, from, to);
        added++;
    }

    private void put(final Owner owner, final long what, final long from, final long to) {
        final int at = head + size & owners.length - 1;
        owners[at] = owner;
        whats[at] = what;
        froms[at] = from;
        tos[at] = to;
        size++;
    }

    private void grow() {
        final int old = owners.length;
        owners = Arrays.copyOf(owners, old * 2);
        whats = Arrays.copyOf(whats, old * 2);
        froms = Arrays.copyOf(froms, old * 2);
        tos = Arrays.copyOf(tos, old * 2);
        // the ring was full: what lay before the head follows what lay behind it
        System.arraycopy(owners, 0, owners, old, head);
        System.arraycopy(whats, 0, whats, old, head);
        System.arraycopy(froms, 0, froms, old, head);
        System.arraycopy(tos, 0, tos, old, head);
        Arrays.fill(owners, 0, head, null);
    }

    /** Gives back what nobody sees, after {@link LeaseSlots#scan}. */
    void reclaim() {
        final int checks = (int) Math.min(size, CHECKS_PER_COMMIT + 2L * added);
        added = 0;
        for (int i = 0; i < checks; i++) {
            final int at = head;
            final Owner owner = owners[at];
            owners[at] = null;
            head = head + 1 & owners.length - 1;
            size--;
            if (slots.isHeld(froms[at], tos[at])) {
                put(owner, whats[at], froms[at], tos[at]);
            } else {
                owner.takeBack(whats[at]);
            }
        }
    }

    int waiting() {
        return size;
    }

    /** Gives everything back; no lease may be open any more. */
    void releaseAll() {
        while (size > 0) {
            final int at = head;
            head = head + 1 & owners.length - 1;
            size--;
            owners[at].takeBack(whats[at]);
            owners[at] = null;
        }
    }
}
