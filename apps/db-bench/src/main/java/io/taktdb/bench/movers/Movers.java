package io.taktdb.bench.movers;

import io.taktdb.bench.scenario.Scenario;
import java.util.function.IntToLongFunction;

/**
 * Rows that move: all of them in each step, or some at random.
 *
 * <p>A row is six floats: position and velocity. All contenders start alike, move the same rows in the same order, and
 * end alike, bit for bit. Threading: one thread.
 */
public abstract class Movers implements Scenario {
    /** Axes of a position. */
    static final int AXES = 3;

    /** Seconds of one step. */
    static final float DT = 1 / 64f;

    private static final long SEED = 20_251_121;
    private static final int VERIFIED_ROWS = 50;

    private final int rows;
    private final int moved;
    private final int[] chosen;
    private long random = SEED;

    /**
     * @param moved rows that a step moves; as many as there are: each once, in order
     */
    Movers(final int rows, final int moved) {
        this.rows = rows;
        this.moved = moved;
        this.chosen = new int[moved == rows ? 0 : moved];
    }

    /** Where a row starts. */
    static float startPosition(final int row, final int axis) {
        return row % 1000 * 0.25f + axis;
    }

    /** How a row moves, for ever. */
    static float velocity(final int row, final int axis) {
        return ((row * 31 + axis * 7) % 17 - 8) * 0.125f;
    }

    /** Moves all rows and makes that visible. */
    abstract void moveAll();

    /** Moves the given rows, each as often as it comes, and makes that visible. */
    abstract void moveSome(int[] chosen);

    /** Where a row is now. */
    abstract float position(int row, int axis);

    @Override
    public final void step() {
        if (moved == rows) {
            moveAll();
            return;
        }
        for (int i = 0; i < moved; i++) {
            random = next(random);
            chosen[i] = rowOf(random);
        }
        moveSome(chosen);
    }

    /** The generator of D. Knuth, The Art of Computer Programming 2, 3.3.4 (MMIX). */
    private static long next(final long random) {
        return random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
    }

    private int rowOf(final long state) {
        return (int) ((state >>> 33) * rows >>> 31);
    }

    @Override
    public final String problem(final long steps) {
        final int[] moves = moved == rows ? null : moves(steps);
        final IntToLongFunction movesOf = row -> moves == null ? steps : moves[row];
        for (int sample = 0; sample < VERIFIED_ROWS; sample++) {
            final int row = (int) ((long) (rows - 1) * sample / (VERIFIED_ROWS - 1));
            for (int axis = 0; axis < AXES; axis++) {
                float expected = startPosition(row, axis);
                for (long move = movesOf.applyAsLong(row); move > 0; move--) {
                    expected += velocity(row, axis) * DT;
                }
                final float found = position(row, axis);
                if (Float.floatToRawIntBits(expected) != Float.floatToRawIntBits(found)) {
                    return "row is elsewhere: row=" + row + ", axis=" + axis + ", steps=" + steps + ", expected="
                            + expected + ", found=" + found;
                }
            }
        }
        return null;
    }

    private int[] moves(final long steps) {
        final int[] moves = new int[rows];
        long replayed = SEED;
        for (long i = 0; i < steps * moved; i++) {
            replayed = next(replayed);
            moves[rowOf(replayed)]++;
        }
        return moves;
    }
}
