package io.taktdb.bench.movers;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All contenders move the same rows to the same places, bit for bit. */
final class MoversTest {
    private static final int ROWS = 2_500;
    private static final int STEPS = 40;

    @ParameterizedTest
    @ValueSource(ints = {ROWS, ROWS / 10})
    void shouldMoveTheSameRowsToTheSamePlaces(final int moved) {
        Stream.of(
                        new TableMovers(ROWS, moved, false),
                        new TableMovers(ROWS, moved, true),
                        new ArrayMovers(ROWS, moved),
                        new DoubleBufferMovers(ROWS, moved))
                .forEach(movers -> {
                    try (movers) {
                        for (int step = 0; step < STEPS; step++) {
                            movers.step();
                        }
                        assertNull(movers.problem(STEPS), movers.getClass()::getSimpleName);
                    }
                });
    }

    @Test
    void shouldTellWhenAStepIsMissing() {
        try (Movers movers = new ArrayMovers(ROWS, ROWS)) {
            movers.step();
            assertNotNull(movers.problem(2));
        }
    }
}
