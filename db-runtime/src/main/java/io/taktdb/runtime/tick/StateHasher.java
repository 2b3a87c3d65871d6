package io.taktdb.runtime.tick;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.state.States;
import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.journal.Journal;
import io.taktdb.types.error.DbException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hashes the state of every N-th tick, beside the loop, and has the journal note it, so that a replay can compare.
 *
 * <p>All that the loop pays is a lease. While one hash is computed, those that would follow are left out: nothing piles
 * up, and one state is held at most. Threading: {@link #tickEnded} the tick thread, hashes on a thread of its own,
 * {@link #newest} any thread.
 */
final class StateHasher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateHasher.class);

    private final States states;
    private final Journal journal;
    private final int everyTicks;
    private final AtomicReference<Lease> waiting = new AtomicReference<>();
    private Thread thread;
    private volatile boolean busy;
    private volatile boolean closed;
    private volatile HashedState newest;

    StateHasher(final States states, final Journal journal, final int everyTicks) {
        this.states = states;
        this.journal = journal;
        this.everyTicks = everyTicks;
    }

    /** A tick has committed. */
    void tickEnded(final long tick) {
        if (everyTicks == 0 || tick % everyTicks != 0 || busy || closed) {
            return;
        }
        final Lease lease;
        try {
            lease = states.lease();
        } catch (final DbException e) {
            return; // no slot is free: the next one will do
        }
        busy = true;
        waiting.set(lease);
        if (thread == null) {
            thread = new Thread(this::run, "takt-hash");
            thread.setDaemon(true);
            thread.start();
        }
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            final Lease lease = waiting.getAndSet(null);
            if (lease == null) {
                LockSupport.park(this);
            } else {
                take(lease);
            }
        }
        release();
    }

    private void take(final Lease lease) {
        HashedState hashed = null;
        try (lease) {
            hashed = hash(lease.state());
        } catch (final RuntimeException e) {
            LOG.error("a state could not be hashed", e);
        }
        busy = false; // first: who sees the hash may count on the next
        if (hashed != null) {
            newest = hashed;
            journal.hashed(hashed);
        }
    }

    private static HashedState hash(final State state) {
        final List<HashedState.Table> tables = new ArrayList<>();
        state.tables()
                .forEach(
                        table -> tables.add(new HashedState.Table(table.schema().name(), StateHash.ofTable(table))));
        return new HashedState(state.commit(), state.tick(), StateHash.of(state), tables);
    }

    /** The newest hash, or null. */
    HashedState newest() {
        return newest;
    }

    /** Ends the thread; returns when no state is held any more. */
    @Override
    public void close() {
        closed = true;
        final Thread running = thread;
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            LockSupport.unpark(running);
            try {
                running.join(1_000);
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        release();
    }

    private void release() {
        final Lease lease = waiting.getAndSet(null);
        if (lease != null) {
            lease.close();
        }
    }
}
