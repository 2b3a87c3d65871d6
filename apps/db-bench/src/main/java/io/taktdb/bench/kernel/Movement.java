package io.taktdb.bench.kernel;

/**
 * A world of moving rows, in some storage: the same start and the same steps for all.
 *
 * <p>Threading: one thread.
 */
interface Movement {
    /** Seconds of one step. */
    float DT = 1 / 64f;

    /** Axes of a position. */
    int AXES = 3;

    /** Where a row starts. */
    static float startPosition(final int row, final int axis) {
        return row % 1000 * 0.25f + axis;
    }

    /** How a row moves, for ever. */
    static float velocity(final int row, final int axis) {
        return ((row * 31 + axis * 7) % 17 - 8) * 0.125f;
    }

    /** Moves every row once. */
    void step();

    /** Where a row is now. */
    float position(int row, int axis);
}
