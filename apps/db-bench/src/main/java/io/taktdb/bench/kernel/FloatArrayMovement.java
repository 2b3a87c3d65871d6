package io.taktdb.bench.kernel;

/** Six Java arrays: as fast as plain Java gets. */
final class FloatArrayMovement implements Movement {
    private final float[] x;
    private final float[] y;
    private final float[] z;
    private final float[] vx;
    private final float[] vy;
    private final float[] vz;

    FloatArrayMovement(final int rows) {
        x = new float[rows];
        y = new float[rows];
        z = new float[rows];
        vx = new float[rows];
        vy = new float[rows];
        vz = new float[rows];
        for (int row = 0; row < rows; row++) {
            x[row] = Movement.startPosition(row, 0);
            y[row] = Movement.startPosition(row, 1);
            z[row] = Movement.startPosition(row, 2);
            vx[row] = Movement.velocity(row, 0);
            vy[row] = Movement.velocity(row, 1);
            vz[row] = Movement.velocity(row, 2);
        }
    }

    @Override
    public void step() {
        move(x, y, z, vx, vy, vz, DT);
    }

    /** Kept from being inlined, like the user code that it stands for. */
    private static void move(
            final float[] x,
            final float[] y,
            final float[] z,
            final float[] vx,
            final float[] vy,
            final float[] vz,
            final float dt) {
        for (int i = 0; i < x.length; i++) {
            x[i] += vx[i] * dt;
            y[i] += vy[i] * dt;
            z[i] += vz[i] * dt;
        }
    }

    @Override
    public float position(final int row, final int axis) {
        return (axis == 0 ? x : axis == 1 ? y : z)[row];
    }
}
