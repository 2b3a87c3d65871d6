package io.taktdb.runtime.tick;

import io.taktdb.types.error.DbException;
import java.util.concurrent.atomic.AtomicLong;

/** What one system cost so far. Threading: written by the tick thread, read by any. */
final class SystemTimes {
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong totalNs = new AtomicLong();
    private final AtomicLong lastNs = new AtomicLong();
    private final AtomicLong maxNs = new AtomicLong();
    private volatile Throwable lastFailure;

    /** Notes a run, and what it died of, if it did. */
    void add(final long ns, final Throwable failure) {
        runs.lazySet(runs.get() + 1);
        totalNs.lazySet(totalNs.get() + ns);
        lastNs.lazySet(ns);
        if (ns > maxNs.get()) {
            maxNs.lazySet(ns);
        }
        if (failure != null) {
            lastFailure = failure;
            failures.lazySet(failures.get() + 1);
        }
    }

    long lastNs() {
        return lastNs.get();
    }

    SystemFigures figures(final String name, final String table) {
        return new SystemFigures(
                name, table, runs.get(), failures.get(), totalNs.get(), lastNs.get(), maxNs.get(), text(lastFailure));
    }

    private static String text(final Throwable failure) {
        return failure instanceof DbException ? failure.getMessage() : failure == null ? null : failure.toString();
    }
}
