package io.taktdb.match;

import io.taktdb.core.state.Lease;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.value.ValueKind;

/**
 * Plays a match in an engine of its own, as fast as it goes: every turn is one tick, which this program runs itself.
 *
 * <pre>{@code
 * try (MatchPlayer<Step> player = new MatchPlayer<>(match)) {
 *     while (player.hasNext()) {
 *         player.next();
 *         draw(player.shown());
 *     }
 * }
 * }</pre>
 *
 * Threading: one thread.
 */
public final class MatchPlayer<S> implements AutoCloseable {
    /** When the match begins, for the world: 2025-01-01T00:00:00Z; a turn takes a second. */
    private static final long START_MICROS = 1_735_689_600_000_000L;

    private static final long TURN_MICROS = 1_000_000;

    private final Recording<S> match;
    private final TaktDb db;
    private int next;

    public MatchPlayer(final Recording<S> match) {
        this.match = match;
        this.db = TaktDb.openStepped(TaktConfig.inMemory(match.world()));
    }

    /** Whether there is another turn. */
    public boolean hasNext() {
        return next < match.turns();
    }

    /**
     * Plays the next turn.
     *
     * @return the tick that it became
     */
    public long next() {
        final CommandWriter call = new CommandWriter();
        call.beginCall("match.turn");
        call.row().field(0).putScalar(ValueKind.of(ScalarType.I32), next);
        call.endRow();
        final var reply = db.send(call); // taken in; the tick below applies it
        db.tick(START_MICROS + next * TURN_MICROS);
        next++;
        final Submission done = reply.join();
        return done.tick();
    }

    /** The board as the newest state has it. Reads in place, under a lease. */
    public S shown() {
        try (Lease lease = db.lease()) {
            return match.shown(lease.state());
        }
    }

    /** The engine, for whatever else one may ask of it. */
    public TaktDb db() {
        return db;
    }

    @Override
    public void close() {
        db.close();
    }
}
