package io.taktdb.core.state;

/**
 * A lease slot that one thread keeps, so that entering and leaving cost two stores and a fence.
 *
 * <p>Threading: one thread.
 */
public final class Reader implements AutoCloseable {
    private final States states;
    private final int slot;
    private boolean entered;
    private boolean closed;

    Reader(final States states, final int slot) {
        this.states = states;
        this.slot = slot;
    }

    /** Takes a hold on the newest state until {@link #exit}. */
    public State enter() {
        if (entered || closed) {
            throw new IllegalStateException("reader is " + (closed ? "closed" : "entered already; exit first"));
        }
        entered = true;
        return states.enter(slot);
    }

    /** Ends the hold; again is harmless. */
    public void exit() {
        if (entered && !closed) {
            entered = false;
            states.exit(slot);
        }
    }

    /** Gives the slot back. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            states.release(slot);
        }
    }
}
