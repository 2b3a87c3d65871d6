package io.taktdb.core.state;

/**
 * A reader's hold on one committed state.
 *
 * <p>The state stays readable, in place, until the lease is closed, however many commits follow. Close it soon: each
 * distinct version that is held costs memory for the pages that change meanwhile. Threading: one thread at a time.
 */
public final class Lease implements AutoCloseable {
    private final States states;
    private final int slot;
    private State state;

    Lease(final States states, final int slot, final State state) {
        this.states = states;
        this.slot = slot;
        this.state = state;
    }

    /**
     * The state.
     *
     * @throws IllegalStateException after {@link #close}
     */
    public State state() {
        final State held = state;
        if (held == null) {
            throw new IllegalStateException("lease is closed; take a new one for every read");
        }
        return held;
    }

    /** Ends the hold; again is harmless. */
    @Override
    public void close() {
        if (state != null) {
            state = null;
            states.release(slot);
        }
    }
}
