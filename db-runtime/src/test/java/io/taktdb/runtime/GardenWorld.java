package io.taktdb.runtime;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.Garden.Wish;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.error.DbException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assertions;

/** A stepped garden, and what is written in it. */
final class GardenWorld implements AutoCloseable {
    private static final long TICK_MICROS = 1_000_000 / 60;

    private final TaktDb db;
    private long timeMicros = 1_000_000;

    GardenWorld() {
        this(loop -> loop);
    }

    GardenWorld(final UnaryOperator<LoopConfig> change) {
        db = TaktDb.openStepped(
                TaktConfig.inMemory(new Garden())
                        .withLoop(change.apply(LoopConfig.atRate(60).withWorkers(1))),
                timeMicros);
    }

    TaktDb db() {
        return db;
    }

    void ticks(final int count) {
        for (int i = 0; i < count; i++) {
            timeMicros += TICK_MICROS;
            db.tick(timeMicros);
        }
    }

    /** Calls and runs the tick that takes it. */
    Object call(final String procedure, final Record parameters) {
        final CompletableFuture<Object> reply = db.call(procedure, parameters);
        ticks(1);
        return reply.join();
    }

    DbException refusal(final String procedure, final Record parameters) {
        final CompletionException thrown =
                Assertions.assertThrows(CompletionException.class, () -> call(procedure, parameters));
        return Assertions.assertInstanceOf(DbException.class, thrown.getCause());
    }

    long plan(final String kind, final long value, final String procedure, final String text) {
        return (Long) call("garden.plan", new Wish(kind, value, procedure, text));
    }

    /** {@code text@tick} of all notes, those of the opening left out. */
    List<String> notes() {
        final List<String> notes = new ArrayList<>();
        try (Lease lease = db.lease()) {
            final RowReader row = lease.state().table("note").reader();
            for (long id = 1; row.seek(id); id++) {
                if (!"opened".equals(row.getString(0))) {
                    notes.add(row.getString(0) + '@' + row.getLong(1));
                }
            }
        }
        return notes;
    }

    /** Rows of the table of schedules; -1 when there is no such table. */
    long schedules() {
        try (Lease lease = db.lease()) {
            if (lease.state().schema().table("takt_schedule") == null) {
                return -1;
            }
            final TableState table = lease.state().table("takt_schedule");
            return table.rowCount();
        }
    }

    long hash() {
        try (Lease lease = db.lease()) {
            return StateHash.of(lease.state());
        }
    }

    @Override
    public void close() {
        db.close();
    }
}
