package io.taktdb.runtime.change;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.States;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what each tick changed.
 *
 * <pre>
 *   tick thread: commit ─► a lease, into the only place ─► wake
 *   feed thread: take it ─► compare with the state before ─► tell the listeners ─► release the state before
 * </pre>
 *
 * All that the loop pays is a lease, and only while somebody listens. When the feed is slower than the ticks, the
 * newest lease replaces the one that waits: several ticks become one change, and nothing piles up. So at most three
 * states are held: the one before, the one compared, the one that waits.
 *
 * <p>Threading: {@link #tickEnded} the tick thread, listeners are called on the feed's own, all else any thread.
 */
public final class ChangeFeed implements AutoCloseable {
    /** The most listeners at once. */
    public static final int MAX_LISTENERS = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);

    private final States states;
    private final Thread thread;
    private final AtomicReference<Lease> waiting = new AtomicReference<>();
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final AtomicInteger listeners = new AtomicInteger();
    private final AtomicLong ticks = new AtomicLong();
    private final AtomicLong merged = new AtomicLong();
    private final AtomicLong busyNs = new AtomicLong();
    private final Map<Integer, FollowedTable> tables = new TreeMap<>();
    private final Set<Entry> joining = new HashSet<>();
    private HeldState current;
    private volatile boolean closed;

    /** A feed whose thread runs at once. */
    public ChangeFeed(final States states) {
        this.states = states;
        this.thread = new Thread(this::run, "takt-changes");
        thread.setDaemon(true);
        thread.start();
    }

    /** What a listener ends its listening with. Threading: any thread; what is under way may still arrive. */
    public interface Subscription extends AutoCloseable {
        /** Ends it; again is harmless. The listener hears no {@link ChangeListener#ended}. */
        @Override
        void close();
    }

    /** Figures: listeners now, ticks told, ticks merged into later ones, time spent. */
    public record Figures(int listeners, long ticks, long merged, long busyNs) {}

    /**
     * Has a listener follow a table from the end of the running tick on.
     *
     * @param tableId the table's stable id
     * @throws DbException OVERLOADED too many listeners; UNAVAILABLE the engine is closed
     */
    public Subscription listen(final int tableId, final ChangeListener listener) {
        if (closed) {
            throw closedError();
        }
        if (listeners.incrementAndGet() > MAX_LISTENERS) {
            listeners.decrementAndGet();
            throw new DbException(
                    ErrorCode.OVERLOADED, "too many listeners: limit=" + MAX_LISTENERS + "; end some first");
        }
        final Entry entry = new Entry(tableId, listener);
        ask(() -> joining.add(entry));
        if (closed) {
            throw closedError();
        }
        return () -> ask(() -> leave(entry));
    }

    private void ask(final Runnable request) {
        requests.add(request);
        LockSupport.unpark(thread);
    }

    /** A tick has committed: hands the newest state over if anybody listens. Tick thread. */
    public void tickEnded() {
        if (listeners.get() == 0 || closed) {
            return;
        }
        final Lease lease;
        try {
            lease = states.lease();
        } catch (final DbException e) {
            merged.incrementAndGet(); // no slot is free: the next tick brings it
            return;
        }
        final Lease missed = waiting.getAndSet(lease);
        if (missed != null) {
            missed.close();
            merged.incrementAndGet();
        }
        LockSupport.unpark(thread);
    }

    /** The figures now. */
    public Figures figures() {
        return new Figures(listeners.get(), ticks.get(), merged.get(), busyNs.get());
    }

    private void run() {
        try {
            while (!closed) {
                if (!step()) {
                    LockSupport.park(this);
                }
            }
        } catch (final Throwable e) {
            LOG.error("the feed of changes ended by a defect; nobody hears anything more", e);
            closed = true;
        } finally {
            end();
        }
    }

    /** Does what there is to do. Returns whether there was anything. */
    private boolean step() {
        final Lease lease = waiting.getAndSet(null); // first: who asked before that tick ended is let in at its state
        boolean worked = lease != null;
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
            worked = true;
        }
        if (lease != null) {
            final long startNs = System.nanoTime();
            advance(new HeldState(lease));
            ticks.incrementAndGet();
            busyNs.addAndGet(System.nanoTime() - startNs);
        }
        if (listeners.get() == 0 && current != null) {
            current.release();
            current = null;
        }
        return worked;
    }

    private void advance(final HeldState next) {
        final HeldState before = current;
        current = next;
        try {
            if (before != null) {
                for (final FollowedTable table : tables.values()) {
                    table.advance(before.state(), next);
                }
            }
            for (final Entry entry : joining) {
                tables.computeIfAbsent(entry.tableId, id -> new FollowedTable(id, this::ended))
                        .add(entry.listener, next);
            }
            joining.clear();
            for (final FollowedTable table : tables.values()) {
                table.passed(next);
            }
            tables.values().removeIf(FollowedTable::isEmpty);
        } finally {
            if (before != null) {
                before.release();
            }
        }
    }

    private void ended(final ChangeListener listener) {
        listeners.decrementAndGet();
    }

    private void leave(final Entry entry) {
        final FollowedTable table = tables.get(entry.tableId);
        if (joining.remove(entry) || table != null && table.remove(entry.listener)) {
            listeners.decrementAndGet();
        }
    }

    private static DbException closedError() {
        return new DbException(ErrorCode.UNAVAILABLE, "the engine is closed; nothing more will change");
    }

    /** Ends all listeners and releases all states; returns when that is done, unless a listener calls it. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        release();
    }

    private void end() {
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
        }
        for (final FollowedTable table : tables.values()) {
            table.endAll(closedError());
        }
        for (final Entry entry : joining) {
            listeners.decrementAndGet();
            try {
                entry.listener.ended(closedError());
            } catch (final RuntimeException e) {
                LOG.error("a listener failed at its end", e);
            }
        }
        joining.clear();
        release();
        if (current != null) {
            current.release();
            current = null;
        }
    }

    private void release() {
        final Lease lease = waiting.getAndSet(null);
        if (lease != null) {
            lease.close();
        }
    }

    /** One listener on its way in; its own identity, since a listener may follow twice. */
    private static final class Entry {
        private final int tableId;
        private final ChangeListener listener;

        Entry(final int tableId, final ChangeListener listener) {
            this.tableId = tableId;
            this.listener = listener;
        }
    }
}
