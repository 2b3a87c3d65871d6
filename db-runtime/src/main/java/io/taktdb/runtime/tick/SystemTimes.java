package io.taktdb.runtime.tick;

import java.util.concurrent.atomic.AtomicLong;

/** What one system cost so far. Threading: written by the tick thread, read by any. */
final class SystemTimes {
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong totalNs = new AtomicLong();
    private final AtomicLong lastNs = new AtomicLong();
    private final AtomicLong maxNs = new AtomicLong();

    /** Notes a run. */
    void add(final long ns, final boolean stands) {
        runs.lazySet(runs.get() + 1);
        totalNs.lazySet(totalNs.get() + ns);
        lastNs.lazySet(ns);
        if (ns > maxNs.get()) {
            maxNs.lazySet(ns);
        }
        if (!stands) {
            failures.lazySet(failures.get() + 1);
        }
    }

    long lastNs() {
        return lastNs.get();
    }

    SystemFigures figures(final String name, final String table) {
        return new SystemFigures(name, table, runs.get(), failures.get(), totalNs.get(), lastNs.get(), maxNs.get());
    }
}
