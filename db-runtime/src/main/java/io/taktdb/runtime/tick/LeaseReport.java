package io.taktdb.runtime.tick;

import io.taktdb.core.version.LeaseAges;
import io.taktdb.core.version.LeaseSlots;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the age of leases about once a second, and writes those that are too old to the log. Threading: tick. */
final class LeaseReport {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseReport.class);
    private static final long LONGEST_INTERVAL_NS = 1_000_000_000L;

    private final LeaseAges ages;
    private final long maxAgeNs;
    private final long intervalNs;
    private long checkedNs;

    LeaseReport(final LeaseAges ages, final LoopConfig config) {
        this.ages = ages;
        this.maxAgeNs = config.maxLeaseAge().toNanos();
        this.intervalNs = Math.min(LONGEST_INTERVAL_NS, maxAgeNs / 2);
        this.checkedNs = System.nanoTime() - intervalNs;
    }

    void tick(final long nowNs) {
        if (nowNs - checkedNs >= intervalNs) {
            checkedNs = nowNs;
            ages.check(nowNs, maxAgeNs, this::report);
        }
    }

    private void report(final LeaseAges.Overdue lease) {
        LOG.warn(
                "lease is held for too long: thread={}, commit={}, ageMs={}, maxLeaseAgeMs={}; each state that is held"
                        + " costs memory: close it{}",
                lease.thread(),
                lease.commit(),
                TimeUnit.NANOSECONDS.toMillis(lease.ageNs()),
                TimeUnit.NANOSECONDS.toMillis(maxAgeNs),
                LeaseSlots.TRACED ? "" : "; -Dtaktdb.leases.trace=true shows who took it",
                lease.takenAt());
    }
}
