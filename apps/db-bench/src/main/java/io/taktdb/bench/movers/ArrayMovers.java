package io.taktdb.bench.movers;

/** Two Java arrays, changed where they lie: no version, no undo, nothing for readers. The floor. */
public final class ArrayMovers extends Movers {
    private final float[] positions;
    private final float[] velocities;

    public ArrayMovers(final int rows, final int moved) {
        super(rows, moved);
        positions = new float[rows * AXES];
        velocities = new float[rows * AXES];
        fill(rows, positions, velocities);
    }

    static void fill(final int rows, final float[] positions, final float[] velocities) {
        for (int i = 0; i < rows * AXES; i++) {
            positions[i] = startPosition(i / AXES, i % AXES);
            velocities[i] = velocity(i / AXES, i % AXES);
        }
    }

    @Override
    void moveAll() {
        move(positions, velocities, DT);
    }

    /** Kept from being inlined, like the user code that it stands for. */
    static void move(final float[] positions, final float[] velocities, final float dt) {
        for (int i = 0; i < positions.length; i++) {
            positions[i] += velocities[i] * dt;
        }
    }

    @Override
    void moveSome(final int[] chosen) {
        moveSome(positions, velocities, chosen);
    }

    static void moveSome(final float[] positions, final float[] velocities, final int[] chosen) {
        for (final int row : chosen) {
            final int at = row * AXES;
            positions[at] += velocities[at] * DT;
            positions[at + 1] += velocities[at + 1] * DT;
            positions[at + 2] += velocities[at + 2] * DT;
        }
    }

    @Override
    float position(final int row, final int axis) {
        return positions[row * AXES + axis];
    }
}
