package io.taktdb.core.accessor;

import io.taktdb.core.layout.TableLayout;

/**
 * Up to {@value #MAX_ROWS} rows of one table that share pages, read and written in place by a system.
 *
 * <p>Extend it with one method per field that the system reads or writes; the name is the field's:
 *
 * <pre>{@code
 * public interface MobChunk extends Chunk {
 *     float x(int row);                                  // f32
 *     void x(int row, float value);
 *     float position(int row, int element);              // 3xf32: element 0 to 2
 *     void position(int row, int element, float value);
 *     float velocity(int index);                         // 3xf32 as one run: index 0 to 3 * rows() - 1
 *     boolean hasTarget(int row);                        // whether optional field target has a value
 *     void clearTarget(int row);                         // null
 * }
 * }</pre>
 *
 * <table>
 *   <caption>Java types of fields</caption>
 *   <tr><td>bool</td><td>boolean</td></tr>
 *   <tr><td>i8, i16, i32, i64, timestamp</td><td>byte, short, int, long, long (microseconds)</td></tr>
 *   <tr><td>u8, u16, u32, u64</td><td>int, int, long, long (to be read as unsigned)</td></tr>
 *   <tr><td>f32, f64</td><td>float, double</td></tr>
 *   <tr><td>enum</td><td>int (position of the name)</td></tr>
 * </table>
 *
 * A setter returns nothing or the chunk. It keeps the low bits of a value too large for the field. Null reads as zero;
 * setting an optional field makes it present. Plain loops vectorise, as over {@code float[]}:
 *
 * <pre>{@code
 * for (int i = 0; i < chunk.rows(); i++) {
 *     chunk.x(i, chunk.x(i) + chunk.vx(i) * dt);
 * }
 * for (int k = 0; k < 3 * chunk.rows(); k++) {
 *     chunk.position(k, chunk.position(k) + chunk.velocity(k) * dt);
 * }
 * }</pre>
 *
 * A vector is offered by element or as one run, not as both in one interface.
 *
 * Rows outside 0 to {@link #rows()} - 1 are caught in guard mode only; without it they corrupt the table.
 *
 * <p>Threading: one thread, within the call that it was given to.
 */
public interface Chunk {
    /** The most rows of a chunk. */
    int MAX_ROWS = TableLayout.MAX_CHUNK_ROWS;

    /** Rows in this chunk, 1 to {@link #MAX_ROWS}. */
    int rows();

    /** Number within the table of this chunk's row 0. */
    long firstRow();

    /** Id of the record in a row, to be read as unsigned. */
    long id(int row);
}
