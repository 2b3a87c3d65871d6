package io.taktdb.persistence.journal;

import io.taktdb.runtime.journal.JournalStatus;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** What the journal did so far. Threading: written by the journal's thread, read by any. */
final class JournalMeter {
    private static final long MAX_NS = 3_600_000_000_000L;

    private final Histogram syncs = new Histogram(1, MAX_NS, 2);
    private final AtomicLong writtenBytes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private long commit = -1;
    private long tick = -1;
    private int segments;
    private long diskBytes;
    private long diskBytesAt;

    /** The newest durable commit when the journal begins. */
    synchronized void start(final long durableCommit, final long durableTick) {
        commit = durableCommit;
        tick = durableTick;
    }

    void wrote(final long bytes) {
        writtenBytes.lazySet(writtenBytes.get() + bytes);
    }

    synchronized void synced(final long tookNs, final long durableCommit, final long durableTick) {
        syncs.recordValue(Math.min(MAX_NS, Math.max(1, tookNs)));
        commit = durableCommit;
        tick = durableTick;
    }

    synchronized void segments(final int count, final long bytes) {
        segments = count;
        diskBytes = bytes;
        diskBytesAt = writtenBytes.get();
    }

    void failed() {
        failures.incrementAndGet();
    }

    long writtenBytes() {
        return writtenBytes.get();
    }

    synchronized JournalStatus status(
            final JournalStatus.Mode mode,
            final String failure,
            final int waitingCommits,
            final long waitingBytes,
            final long maxWaitingBytes) {
        return new JournalStatus(
                mode,
                failure,
                tick,
                commit,
                segments,
                diskBytes + writtenBytes.get() - diskBytesAt,
                writtenBytes.get(),
                waitingCommits,
                waitingBytes,
                maxWaitingBytes,
                syncs.getTotalCount(),
                syncs.getValueAtPercentile(50),
                syncs.getValueAtPercentile(99),
                syncs.getMaxValue(),
                failures.get());
    }
}
