package io.taktdb.bench.kernel;

import io.taktdb.bench.scenario.Scenario;

/** The movement kernel of one contender as a step of the engine's bench: in place, six columns, no commit. */
public final class MovementScenario implements Scenario {
    private static final int VERIFIED_ROWS = 50;

    private final Movement movement;
    private final int rows;

    private MovementScenario(final Movement movement, final int rows) {
        this.movement = movement;
        this.rows = rows;
    }

    public static Scenario takt(final int rows) {
        return new MovementScenario(Contender.TAKT.make(rows), rows);
    }

    public static Scenario floatArrays(final int rows) {
        return new MovementScenario(Contender.FLOAT_ARRAY.make(rows), rows);
    }

    public static Scenario artemis(final int rows) {
        return new MovementScenario(Contender.ARTEMIS.make(rows), rows);
    }

    public static Scenario dominion(final int rows) {
        return new MovementScenario(Contender.DOMINION.make(rows), rows);
    }

    @Override
    public void step() {
        movement.step();
    }

    @Override
    public String problem(final long steps) {
        for (int sample = 0; sample < VERIFIED_ROWS; sample++) {
            final String problem = problemOf((int) ((long) (rows - 1) * sample / (VERIFIED_ROWS - 1)), steps);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private String problemOf(final int row, final long steps) {
        for (int axis = 0; axis < Movement.AXES; axis++) {
            float expected = Movement.startPosition(row, axis);
            for (long step = 0; step < steps; step++) {
                expected += Movement.velocity(row, axis) * Movement.DT;
            }
            final float found = movement.position(row, axis);
            if (Float.floatToRawIntBits(expected) != Float.floatToRawIntBits(found)) {
                return "row is elsewhere: row=" + row + ", axis=" + axis + ", steps=" + steps + ", expected=" + expected
                        + ", found=" + found;
            }
        }
        return null;
    }
}
