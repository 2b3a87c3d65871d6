package io.taktdb.runtime.change;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One lease that several readers share: it ends when the last of them has released it.
 *
 * <p>Threading: any thread; a reader may use the state until it releases it.
 */
public final class HeldState {
    private final Lease lease;
    private final State state;
    private final AtomicInteger readers = new AtomicInteger(1);

    /** Takes over a lease; the maker is the first reader. */
    HeldState(final Lease lease) {
        this.lease = lease;
        this.state = lease.state();
    }

    /** The state, readable until {@link #release}. */
    public State state() {
        return state;
    }

    /** One more reader. Only for who is sure that another one has not released yet. */
    public HeldState retain() {
        if (readers.getAndIncrement() <= 0) {
            throw new IllegalStateException("state was released already: commit=" + state.commit());
        }
        return this;
    }

    /** One reader less; each reader calls it once. */
    public void release() {
        final int left = readers.decrementAndGet();
        if (left == 0) {
            lease.close();
        } else if (left < 0) {
            throw new IllegalStateException("state is released twice: commit=" + state.commit());
        }
    }
}
