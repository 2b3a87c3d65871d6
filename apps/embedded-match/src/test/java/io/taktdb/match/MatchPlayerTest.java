package io.taktdb.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taktdb.match.Match.Piece;
import io.taktdb.match.Match.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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

    private static Match small() throws IOException {
        return Match.read(new ByteArrayInputStream(SMALL.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldShowTheFileWhenTurnsArePlayed() throws IOException {
        requireEqualInEachTick(small(), 3);
    }

    @Test
    void shouldShowARealMatchWhenItIsThere() throws IOException {
        final Path file = shared().resolve("data/replays/kore_fleets-replay.json");
        assumeTrue(Files.exists(file), "the recorded match is not there: file=" + file);
        try (InputStream json = Files.newInputStream(file)) {
            requireEqualInEachTick(Match.read(json), 275);
        }
    }

    @Test
    void shouldRefuseAFileThatIsNoMatch() {
        assertThrows(
                IOException.class, () -> Match.read(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8))));
    }

    private static void requireEqualInEachTick(final Match match, final int ticks) {
        try (MatchPlayer player = new MatchPlayer(match)) {
            for (int i = 0; i < ticks; i++) {
                assertEquals(i + 1, player.next());
                assertEquals(sorted(match.steps().get(i)), player.shown(), "turn " + i);
            }
            assertFalse(player.hasNext());
        }
    }

    private static Step sorted(final Step step) {
        final List<Piece> pieces = step.pieces().stream()
                .sorted(Comparator.comparing(Piece::name).thenComparing(Piece::kind))
                .toList();
        return new Step(step.cells(), step.players(), pieces);
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
