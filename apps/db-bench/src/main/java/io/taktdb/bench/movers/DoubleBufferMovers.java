package io.taktdb.bench.movers;

/** Everything twice: each commit copies all of the shown half into the other, changes that, and shows it. */
public final class DoubleBufferMovers extends Movers {
    private float[] shownPositions;
    private float[] shownVelocities;
    private float[] positions;
    private float[] velocities;

    @SuppressWarnings("unused") // what readers would load
    private volatile float[] published;

    public DoubleBufferMovers(final int rows, final int moved) {
        super(rows, moved);
        shownPositions = new float[rows * AXES];
        shownVelocities = new float[rows * AXES];
        ArrayMovers.fill(rows, shownPositions, shownVelocities);
        positions = shownPositions.clone();
        velocities = shownVelocities.clone();
    }

    private void begin() {
        System.arraycopy(shownPositions, 0, positions, 0, positions.length);
        System.arraycopy(shownVelocities, 0, velocities, 0, velocities.length);
    }

    @Override
    void moveAll() {
        begin();
        ArrayMovers.move(positions, velocities, DT);
        commit();
    }

    @Override
    void moveSome(final int[] chosen) {
        begin();
        ArrayMovers.moveSome(positions, velocities, chosen);
        commit();
    }

    private void commit() {
        final float[] oldPositions = shownPositions;
        final float[] oldVelocities = shownVelocities;
        shownPositions = positions;
        shownVelocities = velocities;
        published = positions;
        positions = oldPositions;
        velocities = oldVelocities;
    }

    @Override
    float position(final int row, final int axis) {
        return shownPositions[row * AXES + axis];
    }
}
