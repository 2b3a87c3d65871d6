package io.taktdb.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taktdb.core.state.State;
import io.taktdb.core.table.RowReader;
import io.taktdb.runtime.procedure.WorldModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A recorded match of the game Kore Fleets, as kaggle-environments writes it: one step per turn.
 *
 * @param steps from the start on
 */
public record Match(List<Step> steps) implements Recording<Match.Step> {
    private static final int FLEET_VALUES = 5;

    /** What a piece is. */
    public enum Kind {
        SHIPYARD,
        FLEET
    }

    /**
     * The board after a turn.
     *
     * @param cells kore of each cell, row by row
     * @param players kore of each player
     * @param pieces shipyards and fleets of all players
     */
    public record Step(List<Double> cells, List<Double> players, List<Piece> pieces) {}

    /**
     * A shipyard or a fleet.
     *
     * @param name unique within the match
     * @param turns that a shipyard stands; 0 for fleets
     * @param direction of a fleet; 0 for shipyards
     * @param plan of a fleet's flight
     */
    public record Piece(
            String name,
            int player,
            Kind kind,
            int cell,
            double kore,
            int ships,
            int turns,
            int direction,
            String plan) {}

    /**
     * Reads a match.
     *
     * @throws IOException it cannot be read, or is no match of this game
     */
    public static Match read(final InputStream json) throws IOException {
        final JsonNode steps = new ObjectMapper().readTree(json).path("steps");
        if (!steps.isArray() || steps.isEmpty()) {
            throw new IOException("not a recorded match: there are no steps");
        }
        final List<Step> read = new ArrayList<>();
        for (final JsonNode step : steps) {
            read.add(step(step.path(0).path("observation")));
        }
        return new Match(List.copyOf(read));
    }

    @Override
    public WorldModule world() {
        return new MatchWorld(this);
    }

    @Override
    public int turns() {
        return steps.size();
    }

    /** Pieces by name and kind. */
    @Override
    public Step turn(final int number) {
        final Step step = steps.get(number);
        return new Step(step.cells(), step.players(), sorted(step.pieces()));
    }

    @Override
    public Step shown(final State state) {
        return new Step(kore(state, "cell"), kore(state, "player"), pieces(state));
    }

    private static List<Piece> sorted(final List<Piece> pieces) {
        return pieces.stream()
                .sorted(Comparator.comparing(Piece::name).thenComparing(Piece::kind))
                .toList();
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
        return sorted(pieces);
    }

    private static Step step(final JsonNode seen) {
        final List<Double> cells = new ArrayList<>();
        seen.path("kore").forEach(cell -> cells.add(cell.asDouble()));
        final List<Double> players = new ArrayList<>();
        final List<Piece> pieces = new ArrayList<>();
        for (final JsonNode player : seen.path("players")) {
            final int number = players.size();
            players.add(player.path(0).asDouble());
            player.path(1).properties().forEach(yard -> pieces.add(yard(yard.getKey(), number, yard.getValue())));
            player.path(2).properties().forEach(fleet -> pieces.add(fleet(fleet.getKey(), number, fleet.getValue())));
        }
        return new Step(List.copyOf(cells), List.copyOf(players), List.copyOf(pieces));
    }

    private static Piece yard(final String name, final int player, final JsonNode values) {
        return new Piece(
                name,
                player,
                Kind.SHIPYARD,
                values.path(0).asInt(),
                0,
                values.path(1).asInt(),
                values.path(2).asInt(),
                0,
                "");
    }

    private static Piece fleet(final String name, final int player, final JsonNode values) {
        if (values.size() != FLEET_VALUES) {
            throw new IllegalArgumentException("not a fleet: name=" + name + ", values=" + values);
        }
        return new Piece(
                name,
                player,
                Kind.FLEET,
                values.path(0).asInt(),
                values.path(1).asDouble(),
                values.path(2).asInt(),
                0,
                values.path(3).asInt(),
                values.path(4).asText());
    }
}
