package io.taktdb.demo.world;

/**
 * {@value #COUNT} directions around the compass.
 *
 * <p>A table made with {@link StrictMath}, since {@link Math} may differ by a bit from one machine to another.
 * Threading: immutable.
 */
final class Headings {
    /** How many there are, a power of two. */
    static final int COUNT = 64;

    private static final float[] X = new float[COUNT];
    private static final float[] Z = new float[COUNT];

    static {
        for (int i = 0; i < COUNT; i++) {
            X[i] = (float) StrictMath.cos(i * 2 * Math.PI / COUNT);
            Z[i] = (float) StrictMath.sin(i * 2 * Math.PI / COUNT);
        }
    }

    private Headings() {}

    static float x(final int heading) {
        return X[heading];
    }

    static float z(final int heading) {
        return Z[heading];
    }
}
