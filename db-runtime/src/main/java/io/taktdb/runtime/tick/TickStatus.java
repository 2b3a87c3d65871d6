package io.taktdb.runtime.tick;

import io.taktdb.core.state.State;
import io.taktdb.core.table.TableMemory;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.procedure.Procedure;
import io.taktdb.runtime.procedure.Registry;

/**
 * The engine's figures at one moment.
 *
 * @param tickRate wanted ticks a second
 * @param heldRate ticks a second over the last seconds
 * @param lateness of tick starts behind their deadlines
 * @param work time that ticks took
 * @param overruns ticks that were still running at the next deadline
 * @param leases open now
 * @param oldestLeaseNs age of the oldest lease, as seen about once a second
 * @param overdueLeases leases older than {@link LoopConfig#maxLeaseAge}
 * @param heldVersions distinct old versions that leases hold
 * @param liveBytes off-heap bytes reserved
 * @param maxMemory the most that may be, {@link io.taktdb.core.memory.MemoryBudget#UNLIMITED} for no limit
 * @param memory of all tables, by kind; the rest of liveBytes is held for leases or kept for later
 * @param commands applied so far, refused ones included
 * @param refused commands
 * @param stateHash of the newest state that was hashed, or null
 * @param clients that are connected
 */
public record TickStatus(
        long tick,
        long commit,
        int tickRate,
        double heldRate,
        Percentiles lateness,
        Percentiles work,
        long overruns,
        int queueDepth,
        int queueCapacity,
        int leases,
        long oldestLeaseNs,
        int overdueLeases,
        int heldVersions,
        long liveBytes,
        long maxMemory,
        TableMemory memory,
        long rows,
        long calls,
        long commands,
        long refused,
        HashedState stateHash,
        int clients) {
    /** Nanoseconds: median, 99th, 99.9th percentile and maximum. */
    public record Percentiles(long p50Ns, long p99Ns, long p999Ns, long maxNs) {}

    /** The figures now. */
    static TickStatus of(
            final int rate,
            final Database database,
            final Registry registry,
            final TickMeter meter,
            final CommandQueue queue,
            final TickWork work,
            final CommitHandOver handOver,
            final HashedState hash,
            final ClientEvents clients) {
        final State newest = database.states().newest();
        long calls = 0;
        for (final Procedure<?, ?> procedure : registry.procedures()) {
            calls += procedure.calls();
        }
        return new TickStatus(
                newest.tick(),
                newest.commit(),
                rate,
                meter.heldRate(),
                meter.lateness(),
                meter.work(),
                meter.overruns(),
                queue.depth(),
                queue.capacity(),
                database.states().openLeases(),
                database.leaseAges().oldestNs(),
                database.leaseAges().overdue(),
                work.heldVersions(),
                work.reservedBytes(),
                database.maxBytes(),
                newest.memory(),
                newest.rowCount(),
                calls,
                handOver.commands(),
                handOver.refused(),
                hash,
                clients.clients());
    }
}
