package io.taktdb.example;

import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import java.util.concurrent.CompletableFuture;

/** A game with a loop of its own, which runs the world in the same process, without any network. */
public final class EmbeddedGame implements AutoCloseable {
    private final TaktDb db;
    private long timeMicros;

    /**
     * @param startMicros microseconds since 1970 as the world sees them; the same start gives the same world
     */
    public EmbeddedGame(final long startMicros) {
        timeMicros = startMicros;
        db = TaktDb.openStepped(TaktConfig.inMemory(new ArenaWorld()), startMicros);
    }

    /** One frame of the game: the world goes on by one tick, on this thread. */
    public void frame() {
        timeMicros += 1_000_000 / 60;
        db.tick(timeMicros);
    }

    /** Asks for a hit; the next frame brings the outcome, or the error that refused it. */
    public CompletableFuture<ArenaWorld.Outcome> hit(final long fighter, final int damage) {
        return db.call("fighter.hit", new ArenaWorld.Hit(fighter, damage)).thenApply(ArenaWorld.Outcome.class::cast);
    }

    /** Where everybody is: read in place from the newest state, on any thread, while the game goes on. */
    public float sumOfPositions() {
        try (Lease lease = db.lease()) {
            final TableState fighters = lease.state().table("fighter");
            final int x = fighters.schema().indexOf("x");
            final RowReader row = fighters.reader();
            float sum = 0;
            for (long i = 0; row.seekRow(i); i++) {
                sum += row.getFloat(x);
            }
            return sum;
        }
    }

    /** The engine, for everything else: {@code listen}, {@code status}, {@code changeTickRate}. */
    public TaktDb db() {
        return db;
    }

    @Override
    public void close() {
        db.close();
    }
}
