package io.taktdb.runtime.tick;

import io.taktdb.runtime.procedure.Effects;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.Arrays;

/**
 * The effects and totals of one chunk. Keeps its room from tick to tick. Threading: the worker that runs the chunk,
 * then the tick thread.
 */
final class ChunkEffects {
    private static final int FIRST_ROOM = 64;

    private final long[] longs;
    private final double[] doubles;
    private long[] targets = new long[0];
    private long[] values = new long[0];
    private int count;

    /**
     * @param totals slots
     */
    ChunkEffects(final int totals) {
        longs = new long[totals];
        doubles = new double[totals];
    }

    void clear() {
        count = 0;
        Arrays.fill(longs, 0);
        Arrays.fill(doubles, 0);
    }

    void emit(final String system, final long target, final long value) {
        if (count == targets.length) {
            grow(system);
        }
        targets[count] = target;
        values[count++] = value;
    }

    private void grow(final String system) {
        if (count == Effects.MAX_PER_CHUNK) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "too many effects of one chunk: system=" + system + ", limit=" + Effects.MAX_PER_CHUNK
                            + "; add up what one row does to another before it is emitted");
        }
        final int room = Math.min(Effects.MAX_PER_CHUNK, Math.max(FIRST_ROOM, count * 2));
        targets = Arrays.copyOf(targets, room);
        values = Arrays.copyOf(values, room);
    }

    void sum(final int slot, final long value) {
        longs[slot] += value;
    }

    void sum(final int slot, final double value) {
        doubles[slot] += value;
    }

    int count() {
        return count;
    }

    long target(final int effect) {
        return targets[effect];
    }

    long value(final int effect) {
        return values[effect];
    }

    /** Adds its totals to others. */
    void addTo(final long[] allLongs, final double[] allDoubles) {
        for (int slot = 0; slot < longs.length; slot++) {
            allLongs[slot] += longs[slot];
            allDoubles[slot] += doubles[slot];
        }
    }
}
