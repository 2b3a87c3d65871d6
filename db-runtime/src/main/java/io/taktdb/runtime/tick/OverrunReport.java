package io.taktdb.runtime.tick;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who used a tick's budget, at most once in {@value #INTERVAL_SECONDS} seconds in the log.
 *
 * <p>Threading: tick thread; {@link #last} any.
 */
final class OverrunReport {
    private static final Logger LOG = LoggerFactory.getLogger(OverrunReport.class);
    private static final long INTERVAL_SECONDS = 10;

    private volatile Overrun last;
    private long reportedNs;
    private long unreported;

    void add(final Overrun overrun, final long nowNs) {
        last = overrun;
        unreported++;
        if (reportedNs == 0 || nowNs - reportedNs >= TimeUnit.SECONDS.toNanos(INTERVAL_SECONDS)) {
            LOG.warn("{}; overruns since the last report: {}", overrun, unreported);
            reportedNs = nowNs;
            unreported = 0;
        }
    }

    /** The newest overrun, or null. */
    Overrun last() {
        return last;
    }
}
