package io.taktdb.persistence.snapshot;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.table.TableState;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Schema;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that takes snapshots: on request, and at an interval while the world changes.
 *
 * <p>At most one is written and one waits; who asks meanwhile shares the one that waits, since it will show everything
 * that was committed when they asked. Threading: any thread; snapshots are written by a thread of its own.
 */
public final class SnapshotService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotService.class);

    private final SnapshotWriter writer;
    private final Supplier<Lease> leases;
    private final long seed;
    private final ScheduledThreadPoolExecutor thread;
    private SnapshotTask waiting;
    private SnapshotTask running;
    private ScheduledFuture<?> periodic;
    private boolean closed;
    private Schema storedSchema;
    private List<WeakReference<TableState>> storedTables = List.of();
    private volatile Consumer<SnapshotInfo> whenStored = info -> {};
    private volatile SnapshotInfo newest;
    private volatile String failure;

    /** @param leases gives a lease on the newest state; called by the service's thread */
    public SnapshotService(final SnapshotWriter writer, final Supplier<Lease> leases, final long seed) {
        this.writer = writer;
        this.leases = leases;
        this.seed = seed;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> {
            final Thread made = new Thread(work, "takt-snapshot");
            made.setDaemon(true);
            return made;
        });
    }

    /** Tells of each snapshot, on the service's thread, once it is durable and before its task ends. */
    public void whenStored(final Consumer<SnapshotInfo> listener) {
        whenStored = listener;
    }

    /** Takes a snapshot whenever so much time has passed and the world has changed since the last. */
    public synchronized void every(final Duration interval) {
        periodic = thread.scheduleWithFixedDelay(
                this::requestIfChanged, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Asks for a snapshot of what is committed now, or later.
     *
     * @throws DbException UNAVAILABLE the service is closed
     */
    public synchronized SnapshotTask request() {
        if (closed) {
            throw new DbException(ErrorCode.UNAVAILABLE, "no snapshot is taken: the server is stopping");
        }
        if (waiting == null) {
            waiting = new SnapshotTask();
            thread.execute(this::writeWaiting);
        }
        return waiting;
    }

    /** The snapshot that is being written, or waits; null when none is. */
    public synchronized SnapshotTask current() {
        return running == null ? waiting : running;
    }

    /** The last snapshot that this service wrote, or null. */
    public SnapshotInfo newest() {
        return newest;
    }

    /** Why the last snapshot failed, or null when it did not. */
    public String failure() {
        return failure;
    }

    /** The snapshot that was asked for; null when the last one still shows everything, or none can be taken. */
    SnapshotTask requestIfChanged() {
        try (Lease lease = leases.get()) {
            if (isStored(lease.state())) {
                return null;
            }
        } catch (final RuntimeException e) {
            LOG.debug("no lease for a snapshot", e);
            return null;
        }
        synchronized (this) {
            return closed ? null : request();
        }
    }

    /** Ticks commit also when nothing changes; a table that did not change is the same object in both states. */
    private synchronized boolean isStored(final State state) {
        final List<TableState> tables = state.tables();
        boolean same = state.schema().equals(storedSchema) && tables.size() == storedTables.size();
        for (int i = 0; same && i < tables.size(); i++) {
            same = storedTables.get(i).refersTo(tables.get(i));
        }
        return same;
    }

    private synchronized void stored(final State state) {
        storedSchema = state.schema();
        storedTables = state.tables().stream().map(WeakReference::new).toList();
    }

    private synchronized SnapshotTask takeWaiting() {
        running = waiting;
        waiting = null;
        return running;
    }

    private synchronized void ended() {
        running = null;
    }

    private void writeWaiting() {
        final SnapshotTask task = takeWaiting();
        try (Lease lease = leases.get()) {
            task.start(lease.state().commit());
            final long startNs = System.nanoTime();
            final SnapshotInfo info = writer.write(lease.state(), seed, task.progress());
            LOG.info(
                    "snapshot: commit={}, tick={}, rows={}, bytes={}, ms={}",
                    info.commit(),
                    info.tick(),
                    info.rows(),
                    info.bytes(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
            stored(lease.state());
            newest = info;
            failure = null;
            whenStored.accept(info);
            ended();
            task.finish(info);
        } catch (final RuntimeException | Error e) {
            LOG.error("no snapshot was written", e);
            failure = e.getMessage() == null ? e.toString() : e.getMessage();
            ended();
            task.fail(e);
        }
    }

    /** Ends the thread after what was asked for. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (periodic != null) {
                periodic.cancel(false);
            }
        }
        thread.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
