package io.taktdb.bench.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All contenders do the same work. */
final class MovementTest {
    private static final int ROWS = 2500;
    private static final int STEPS = 100;

    @ParameterizedTest
    @EnumSource(Contender.class)
    void shouldMoveEveryRowToTheSamePlaceBitForBit(final Contender contender) {
        final Movement movement = contender.make(ROWS);
        for (int step = 0; step < STEPS; step++) {
            movement.step();
        }
        for (int row = 0; row < ROWS; row++) {
            for (int axis = 0; axis < Movement.AXES; axis++) {
                float expected = Movement.startPosition(row, axis);
                for (int step = 0; step < STEPS; step++) {
                    expected += Movement.velocity(row, axis) * Movement.DT;
                }
                assertEquals(expected, movement.position(row, axis), 0, "row=" + row + ", axis=" + axis);
            }
        }
    }
}
