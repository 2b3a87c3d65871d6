package io.taktdb.match;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.table.RowReader;
import io.taktdb.match.Match.Kind;
import io.taktdb.match.Match.Piece;
import io.taktdb.match.Match.Step;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.value.ValueKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Plays a match in an engine of its own: every turn is one tick, which this program runs itself.
 *
 * <pre>{@code
 * try (MatchPlayer player = new MatchPlayer(match)) {
 *     while (player.hasNext()) {
 *         player.next();
 *         draw(player.shown());
 *     }
 * }
 * }</pre>
 *
 * Threading: one thread.
 */
public final class MatchPlayer implements AutoCloseable {
    /** When the match begins, for the world: 2025-01-01T00:00:00Z; a turn takes a second. */
    private static final long START_MICROS = 1_735_689_600_000_000L;

    private static final long TURN_MICROS = 1_000_000;

    private final Match match;
    private final TaktDb db;
    private int next;

    public MatchPlayer(final Match match) {
        this.match = match;
        this.db = TaktDb.openStepped(TaktConfig.inMemory(new MatchWorld(match)));
    }

    /** Whether there is another turn. */
    public boolean hasNext() {
        return next < match.steps().size();
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
    public Step shown() {
        try (Lease lease = db.lease()) {
            final State state = lease.state();
            return new Step(kore(state, "cell"), kore(state, "player"), pieces(state));
        }
    }

    private static List<Double> kore(final State state, final String table) {
        final List<Double> values = new ArrayList<>();
        final RowReader row = state.table(table).reader();
        for (long id = 1; row.seek(id); id++) {
            values.add(row.getDouble(0));
        }
        return values;
    }

    private static List<Piece> pieces(final State state) {
        final List<Piece> pieces = new ArrayList<>();
        final RowReader row = state.table("piece").reader();
        for (long i = 0; row.seekRow(i); i++) {
            pieces.add(new Piece(
                    row.getString(0),
                    row.getInt(1),
                    Kind.values()[row.getInt(2)],
                    row.getInt(3),
                    row.getDouble(4),
                    row.getInt(5),
                    row.getInt(6),
                    row.getInt(7),
                    row.getString(8)));
        }
        pieces.sort(Comparator.comparing(Piece::name).thenComparing(Piece::kind));
        return pieces;
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
