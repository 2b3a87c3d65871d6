package io.taktdb.core.version;

import io.taktdb.core.memory.Guard;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Who reads which version: one slot per open lease, 256 bytes apart.
 *
 * <pre>
 *   slot value   0        free or idle
 *              &lt; 0        entering: the reader saw version -value - 1 and may get that or any later one
 *              &gt; 0        reading exactly version value - 1
 * </pre>
 *
 * A reader stores "entering", fences, loads the root, and stores the exact version that it got: no loop, no lock. The
 * tick thread publishes, fences, and scans; so a reader that it does not see will load the new root. After the scan,
 * something that showed in versions [a, b) is held if some slot reads a version in it or is entering with b beyond what
 * it saw. (Epoch-based reclamation after K. Fraser, "Practical lock-freedom", 2004, with exact versions instead of an
 * oldest epoch, since one slow reader would otherwise hold everything since.)
 *
 * <p>Threading: slots any thread, one reader each; {@link #scan} and {@link #isHeld} the tick thread.
 */
public final class LeaseSlots {
    /** The most leases at once. */
    public static final int MAX_SLOTS = 1024;

    /** Whether the stack of each taker is kept, for reports; always in guard mode. */
    public static final boolean TRACED = Guard.ENABLED || Boolean.getBoolean("taktdb.leases.trace");

    private static final int STRIDE = 256 / Long.BYTES;
    private static final int TAKER_STRIDE = 16; // references of one cache line

    private final int maxSlots;
    private final AtomicLongArray slots;
    private final AtomicLongArray claimed;
    private final AtomicInteger highWater = new AtomicInteger();
    private final Thread[] takers;
    private final Throwable[] traces;
    private final long[] held;
    private int heldCount;
    private long oldestEntering = Long.MAX_VALUE;

    public LeaseSlots() {
        this(MAX_SLOTS);
    }

    /** Fewer slots, for proofs that make millions of these. */
    LeaseSlots(final int maxSlots) {
        this.maxSlots = maxSlots;
        this.slots = new AtomicLongArray((maxSlots + 1) * STRIDE);
        this.claimed = new AtomicLongArray((maxSlots + Long.SIZE - 1) / Long.SIZE);
        if (maxSlots % Long.SIZE > 0) {
            claimed.set(claimed.length() - 1, -1L << maxSlots); // those that there are not
        }
        this.takers = new Thread[maxSlots * TAKER_STRIDE];
        this.traces = new Throwable[TRACED ? maxSlots : 0];
        this.held = new long[maxSlots];
    }

    /**
     * Takes a free slot.
     *
     * @throws DbException OVERLOADED when all are taken
     */
    public int claim() {
        for (int word = 0; word < claimed.length(); word++) {
            long bits = claimed.get(word);
            while (bits != -1L) {
                final long lowest = ~bits & (bits + 1);
                if (claimed.compareAndSet(word, bits, bits | lowest)) {
                    final int slot = word * Long.SIZE + Long.numberOfTrailingZeros(lowest);
                    highWater.accumulateAndGet(slot + 1, Math::max);
                    noteTaker(slot);
                    return slot;
                }
                bits = claimed.get(word);
            }
        }
        throw new DbException(
                ErrorCode.OVERLOADED, "too many leases at once: limit=" + maxSlots + "; close leases sooner");
    }

    /** Seen by who sees the slot's value, which is written later. */
    private void noteTaker(final int slot) {
        takers[slot * TAKER_STRIDE] = Thread.currentThread();
        if (TRACED) {
            traces[slot] = new Throwable("the lease was taken here");
        }
    }

    /** Gives a slot back; it must be idle. */
    public void unclaim(final int slot) {
        takers[slot * TAKER_STRIDE] = null;
        final int word = slot / Long.SIZE;
        final long bit = 1L << slot;
        long bits = claimed.get(word);
        while (!claimed.compareAndSet(word, bits, bits & ~bit)) {
            bits = claimed.get(word);
        }
    }

    /** Step one of entering: announces that version {@code seen} or a later one will be read. Ends with a fence. */
    public void entering(final int slot, final long seen) {
        slots.set(index(slot), -seen - 1);
    }

    /** Step two, after the root was loaded: the exact version. */
    public void reading(final int slot, final long version) {
        slots.setRelease(index(slot), version + 1);
    }

    /** Ends the reading. */
    public void leave(final int slot) {
        slots.setRelease(index(slot), 0);
    }

    /** The value of a slot, see above; seen before {@link #taker}. */
    long value(final int slot) {
        return slots.getAcquire(index(slot));
    }

    /** One more than the highest slot that was ever claimed. */
    int used() {
        return highWater.get();
    }

    /** The thread that claimed a slot; null when it was given back meanwhile. */
    Thread taker(final int slot) {
        return takers[slot * TAKER_STRIDE];
    }

    /** Where a slot was claimed, or null unless {@link #TRACED}. */
    Throwable trace(final int slot) {
        return TRACED ? traces[slot] : null;
    }

    /** How many slots are reading or entering now; for metrics. */
    public int openLeases() {
        int open = 0;
        for (int slot = 0; slot < highWater.get(); slot++) {
            open += slots.get(index(slot)) == 0 ? 0 : 1;
        }
        return open;
    }

    /** Takes stock of all slots. The caller has published and fenced. */
    void scan() {
        heldCount = 0;
        oldestEntering = Long.MAX_VALUE;
        final int end = highWater.get();
        for (int slot = 0; slot < end; slot++) {
            final long value = slots.getAcquire(index(slot));
            if (value > 0) {
                note(value - 1);
            } else if (value < 0) {
                oldestEntering = Math.min(oldestEntering, -value - 1);
            }
        }
    }

    private void note(final long version) {
        for (int i = heldCount - 1; i >= 0; i--) {
            if (held[i] == version) {
                return;
            }
        }
        held[heldCount++] = version;
    }

    /** Whether somebody may see what showed from version {@code from} up to, but not in, version {@code to}. */
    boolean isHeld(final long from, final long to) {
        if (oldestEntering < to) {
            return true;
        }
        for (int i = 0; i < heldCount; i++) {
            if (from <= held[i] && held[i] < to) {
                return true;
            }
        }
        return false;
    }

    /** Distinct versions that were read at the last scan; each costs a set of frames. */
    int heldVersions() {
        return heldCount;
    }

    private static int index(final int slot) {
        return (slot + 1) * STRIDE;
    }
}
