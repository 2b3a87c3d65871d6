package io.taktdb.core.version;

import java.util.function.Consumer;

/**
 * How long leases are held, and which are older than they should be.
 *
 * <p>Readers pay nothing for it: now and then the tick thread looks at all slots, a slot whose value is the one that
 * it had the last time is the same lease, since a newer one reads a newer version. A lease that is too old is reported,
 * once, and not taken away: the memory that its reader looks at cannot be.
 *
 * <p>Threading: {@link #check} the tick thread; figures any.
 */
public final class LeaseAges {
    /** A lease of more than the allowed age. */
    public record Overdue(String thread, long commit, long ageNs, Throwable takenAt) {}

    private final LeaseSlots slots;
    private final long[] values = new long[LeaseSlots.MAX_SLOTS];
    private final long[] sinceNs = new long[LeaseSlots.MAX_SLOTS];
    private final boolean[] reported = new boolean[LeaseSlots.MAX_SLOTS];
    private volatile long oldestNs;
    private volatile int overdue;

    LeaseAges(final LeaseSlots slots) {
        this.slots = slots;
    }

    /**
     * Looks at all leases.
     *
     * @param maxAgeNs what is allowed
     * @param report is told of each lease that is older, the first time
     */
    public void check(final long nowNs, final long maxAgeNs, final Consumer<Overdue> report) {
        long oldest = 0;
        int older = 0;
        final int end = slots.used();
        for (int slot = 0; slot < end; slot++) {
            final long value = slots.value(slot);
            if (value != values[slot]) {
                values[slot] = value;
                sinceNs[slot] = nowNs;
                reported[slot] = false;
            } else if (value != 0) {
                final long ageNs = nowNs - sinceNs[slot];
                oldest = Math.max(oldest, ageNs);
                if (ageNs > maxAgeNs) {
                    older++;
                    reportOnce(slot, ageNs, report);
                }
            }
        }
        oldestNs = oldest;
        overdue = older;
    }

    private void reportOnce(final int slot, final long ageNs, final Consumer<Overdue> report) {
        if (!reported[slot]) {
            reported[slot] = true;
            final Thread thread = slots.taker(slot);
            final long commit = Math.abs(values[slot]) - 1;
            report.accept(new Overdue(thread == null ? "?" : thread.getName(), commit, ageNs, slots.trace(slot)));
        }
    }

    /** Age of the oldest lease at the last check, as far as checks saw it. */
    public long oldestNs() {
        return oldestNs;
    }

    /** Leases that were older than allowed at the last check. */
    public int overdue() {
        return overdue;
    }
}
