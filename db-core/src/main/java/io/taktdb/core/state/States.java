package io.taktdb.core.state;

import io.taktdb.core.version.LeaseSlots;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The reference to the newest state, and the leases on it and older ones.
 *
 * <p>Threading: {@link #lease} any thread, wait-free but for the claim of a slot; {@link #publish} the tick thread.
 */
public final class States {
    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(States.class, "newest", State.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final LeaseSlots slots;

    @SuppressWarnings("FieldMayBeFinal") // written through NEWEST
    private volatile State newest;

    public States(final LeaseSlots slots, final State first) {
        this.slots = slots;
        this.newest = first;
    }

    /**
     * Takes a hold on the newest state.
     *
     * @throws io.taktdb.types.error.DbException OVERLOADED too many leases
     */
    public Lease lease() {
        final int slot = slots.claim();
        return new Lease(this, slot, enter(slot));
    }

    /** A slot of its own for a thread that leases often; see {@link Reader}. */
    public Reader reader() {
        return new Reader(this, slots.claim());
    }

    State enter(final int slot) {
        slots.entering(slot, newest.commit());
        final State state = newest;
        slots.reading(slot, state.commit());
        return state;
    }

    void exit(final int slot) {
        slots.leave(slot);
    }

    void release(final int slot) {
        slots.leave(slot);
        slots.unclaim(slot);
    }

    /** The newest state without a hold: only for the tick thread, and for numbers that are no pages. */
    public State newest() {
        return newest;
    }

    /** Makes a state the newest. Tick thread. */
    public void publish(final State state) {
        NEWEST.setRelease(this, state);
    }

    /** Leases open now. */
    public int openLeases() {
        return slots.openLeases();
    }
}
