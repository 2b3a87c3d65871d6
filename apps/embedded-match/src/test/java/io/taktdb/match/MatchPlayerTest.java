package io.taktdb.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every turn of a recorded match becomes one tick, whose state equals the file. */
class MatchPlayerTest {
    private static final String SMALL = """
            {"steps": [
              [{"observation": {"kore": [0, 2.5], "players": [[500, {"0-1": [0, 0, 0]}, {}], [490, {}, {}]]}}],
              [{"observation": {"kore": [1, 2.5], "players": [[1.5, {"0-1": [0, 1, 1]}, {"1-1": [1, 0.25, 3, 2, "E"]}],
                                                              [490, {}, {}]]}}],
              [{"observation": {"kore": [1, 0], "players": [[4, {}, {"1-1": [0, 2.75, 3, 2, ""]}], [490, {}, {}]]}}]
            ]}
            """;

    private static final String ANTS = """
            {"info": {"stateHistory": [
              "{'grid_size': 1, 'grid': [['F']], 'pheromone_to_food': [[0.0]], 'ant_positions': [[0, 0]]}",
              "{'grid_size': 1, 'grid': [['.']], 'pheromone_to_food': [[0.25]], 'ant_positions': [[0, 0]], 'turn': 1}"
            ]}}
            """.replace("'", "\\\"");

    private static Match small() throws IOException {
        return Match.read(new ByteArrayInputStream(SMALL.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldShowTheFileWhenTurnsArePlayed() throws IOException {
        requireEqualInEachTick(small(), 3);
    }

    @Test
    void shouldShowARealMatchWhenItIsThere() throws IOException {
        final Match match = Match.read(recorded("kore_fleets"));
        requireEqualInEachTick(match, 275);
    }

    @Test
    void shouldShowASecondRealMatchWhenItIsThere() throws IOException {
        requireEqualInEachTick(AntMatch.read(recorded("ant_foraging")), 95);
    }

    @Test
    void shouldShowTheFileWhenARunningLoopPlaysAtItsRate() throws IOException {
        requireEqualWhenLive(small(), 60);
        requireEqualWhenLive(AntMatch.read(new ByteArrayInputStream(ANTS.getBytes(StandardCharsets.UTF_8))), 120);
    }

    @Test
    void shouldShowARealMatchWhenARunningLoopPlaysAtItsRate() throws IOException {
        requireEqualWhenLive(AntMatch.read(recorded("ant_foraging")), 60);
    }

    private static InputStream recorded(final String game) throws IOException {
        final Path file = shared().resolve("data/replays/" + game + "-replay.json");
        assumeTrue(Files.exists(file), "the recorded match is not there: file=" + file);
        return Files.newInputStream(file);
    }

    private static <S> void requireEqualWhenLive(final Recording<S> match, final int rate) {
        final Map<Integer, S> shown = new ConcurrentHashMap<>();
        try (LiveMatch<S> live = new LiveMatch<>(match, rate, shown::put)) {
            final long lastTick = live.over().orTimeout(60, TimeUnit.SECONDS).join();
            assertTrue(lastTick >= match.turns(), "a turn a tick: tick=" + lastTick);
            for (int turn = 0; turn < match.turns(); turn++) {
                assertEquals(match.turn(turn), shown.get(turn), "turn " + turn);
            }
        }
    }

    @Test
    void shouldRefuseAFileThatIsNoMatch() {
        assertThrows(
                IOException.class, () -> Match.read(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))));
        assertThrows(
                IOException.class,
                () -> AntMatch.read(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))));
    }

    private static <S> void requireEqualInEachTick(final Recording<S> match, final int ticks) {
        try (MatchPlayer<S> player = new MatchPlayer<>(match)) {
            for (int i = 0; i < ticks; i++) {
                assertEquals(i + 1, player.next());
                assertEquals(match.turn(i), player.shown(), "turn " + i);
            }
            assertFalse(player.hasNext());
        }
    }

    /** The folder beside the project that holds the data of the examples. */
    private static Path shared() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder.getParent() != null && !Files.isDirectory(folder.resolve("shared"))) {
            folder = folder.getParent();
        }
        return folder.resolve("shared");
    }
}
