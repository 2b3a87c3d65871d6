package io.taktdb.bench.tick;

import io.taktdb.runtime.TaktDb;
import io.taktdb.types.schema.TableSchema;
import org.HdrHistogram.Histogram;

/** One embedded caller that waits for each write by spinning. Threading: one thread. */
final class Caller {
    private final TaktDb db;
    private final TableSchema table;
    private volatile long answered;

    Caller(final TaktDb db) {
        this.db = db;
        table = Load.schema(db);
    }

    void write(final int writes, final Histogram latency) {
        for (int i = 1; i <= writes; i++) {
            final long number = answered + 1;
            final long startNs = System.nanoTime();
            db.submit(Load.update(table, 1 + i % 1_000, i).toSubmission(done -> answered = number));
            while (answered != number) {
                Thread.onSpinWait();
            }
            latency.recordValue(System.nanoTime() - startNs);
        }
    }
}
