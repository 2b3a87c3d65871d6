package io.taktdb.match;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taktdb.core.state.State;
import io.taktdb.core.table.RowReader;
import io.taktdb.runtime.procedure.WorldModule;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A recorded match of the game Ant Foraging of OpenSpiel, as kaggle-environments writes it: one state per move.
 *
 * @param steps from the start on
 */
public record AntMatch(List<Step> steps) implements Recording<AntMatch.Step> {

    /**
     * The meadow after a move.
     *
     * @param cells row by row
     * @param collected food that is in the nest
     * @param turn of the game: all ants have moved once
     * @param player who moves next
     */
    public record Step(
            List<Cell> cells, List<Ant> ants, int collected, int score, int turn, int player, boolean over) {}

    /**
     * One cell.
     *
     * @param holds {@code .}, {@code N}est or {@code F}ood
     * @param toFood scent that leads to food
     * @param toNest scent that leads home
     */
    public record Cell(String holds, double toFood, double toNest) {}

    /** One ant. */
    public record Ant(int row, int column, boolean carries) {}

    /**
     * Reads a match.
     *
     * @throws IOException it cannot be read, or is no match of this game
     */
    public static AntMatch read(final InputStream json) throws IOException {
        final ObjectMapper mapper = new ObjectMapper();
        final JsonNode states = mapper.readTree(json).path("info").path("stateHistory");
        if (!states.isArray() || states.isEmpty()) {
            throw new IOException("not a recorded match: there is no history of states");
        }
        final List<Step> read = new ArrayList<>();
        for (final JsonNode state : states) {
            read.add(step(mapper.readTree(state.asText())));
        }
        return new AntMatch(List.copyOf(read));
    }

    private static Step step(final JsonNode seen) {
        final List<Cell> cells = new ArrayList<>();
        final int size = seen.path("grid_size").asInt();
        for (int i = 0; i < size * size; i++) {
            cells.add(new Cell(
                    seen.path("grid").path(i / size).path(i % size).asText(),
                    seen.path("pheromone_to_food").path(i / size).path(i % size).asDouble(),
                    seen.path("pheromone_to_nest").path(i / size).path(i % size).asDouble()));
        }
        final List<Ant> ants = new ArrayList<>();
        for (final JsonNode position : seen.path("ant_positions")) {
            ants.add(new Ant(
                    position.path(0).asInt(),
                    position.path(1).asInt(),
                    seen.path("carrying_food").path(ants.size()).asBoolean()));
        }
        return new Step(
                List.copyOf(cells),
                List.copyOf(ants),
                seen.path("food_collected").asInt(),
                seen.path("score").asInt(),
                seen.path("turn").asInt(),
                seen.path("current_player").asInt(),
                seen.path("is_terminal").asBoolean());
    }

    @Override
    public WorldModule world() {
        return new AntWorld(this);
    }

    @Override
    public int turns() {
        return steps.size();
    }

    @Override
    public Step turn(final int number) {
        return steps.get(number);
    }

    @Override
    public Step shown(final State state) {
        final List<Cell> cells = new ArrayList<>();
        final RowReader cell = state.table("cell").reader();
        for (long id = 1; cell.seek(id); id++) {
            cells.add(new Cell(cell.getString(0), cell.getDouble(1), cell.getDouble(2)));
        }
        final List<Ant> ants = new ArrayList<>();
        final RowReader ant = state.table("ant").reader();
        for (long id = 1; ant.seek(id); id++) {
            ants.add(new Ant(ant.getInt(0), ant.getInt(1), ant.getBoolean(2)));
        }
        final RowReader colony = state.table("colony").reader().require(1);
        return new Step(
                cells,
                ants,
                colony.getInt(0),
                colony.getInt(1),
                colony.getInt(2),
                colony.getInt(3),
                colony.getBoolean(4));
    }
}
