package io.taktdb.bench.world;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.runtime.procedure.SystemContext;
import java.util.Arrays;

/**
 * Which units share a cell, for one tick: a list of rows per cell.
 *
 * <p>Made in two steps: workers note cell, id and team of each row of their chunks, then the tick thread links the rows
 * of each cell. Threading: {@link #note} and {@link #fight} workers, each its own rows; {@link #link} the tick thread.
 */
final class Grid {
    private static final int UNITS_PER_CELL = 8;
    private static final int NOBODY = -1;
    private static final int LEAST_DAMAGE = 10;
    private static final int DAMAGE_RANGE = 31;

    private final int cellsPerSide;
    private final int[] heads;
    private final int[] next;
    private final int[] cells;
    private final long[] ids;
    private final byte[] teams;

    /**
     * @param units that there are about
     */
    Grid(final int units) {
        cellsPerSide = (int) Math.max(1, Math.sqrt(units / (double) UNITS_PER_CELL));
        heads = new int[cellsPerSide * cellsPerSide];
        final int room = units + units / 4 + Chunk.MAX_ROWS;
        next = new int[room];
        cells = new int[room];
        ids = new long[room];
        teams = new byte[room];
    }

    /** The most units there may be. */
    int room() {
        return next.length;
    }

    /** Length of a side of the plain; a cell is one square. */
    float side() {
        return cellsPerSide;
    }

    /** Notes where the units of a chunk stand. */
    void note(final SystemContext ctx, final Battle.Standing units) {
        final int first = (int) units.firstRow();
        final int count = Math.min(units.rows(), Chunk.MAX_ROWS);
        final int last = cellsPerSide - 1;
        for (int i = 0; i < count; i++) {
            final int column = Math.min(last, (int) units.x(i));
            final int line = Math.min(last, (int) units.y(i));
            cells[first + i] = line * cellsPerSide + column;
            ids[first + i] = units.id(i);
            teams[first + i] = units.team(i);
        }
        ctx.effects().sum(0, (long) count);
    }

    /** Links the rows that were noted. */
    void link(final long rows) {
        Arrays.fill(heads, NOBODY);
        for (int row = 0; row < rows; row++) {
            next[row] = heads[cells[row]];
            heads[cells[row]] = row;
        }
    }

    /** Has some units of a chunk strike the enemy of the lowest id in their cell. */
    void fight(final SystemContext ctx, final Battle.Standing units, final int oneOf) {
        final int first = (int) units.firstRow();
        final int count = Math.min(units.rows(), Chunk.MAX_ROWS);
        for (int i = 0; i < count; i++) {
            final long random = ctx.random(ids[first + i]);
            if (random % oneOf == 0) {
                final long enemy = enemyOf(first + i);
                if (enemy != 0) {
                    ctx.effects().emit(enemy, LEAST_DAMAGE + (random >>> 32) % DAMAGE_RANGE);
                }
            }
        }
    }

    /** The enemy of the lowest id in a row's cell, whatever the order of rows; 0: none. */
    private long enemyOf(final int unit) {
        long enemy = 0;
        for (int row = heads[cells[unit]]; row != NOBODY; row = next[row]) {
            if (teams[row] != teams[unit] && (enemy == 0 || Long.compareUnsigned(ids[row], enemy) < 0)) {
                enemy = ids[row];
            }
        }
        return enemy;
    }
}
