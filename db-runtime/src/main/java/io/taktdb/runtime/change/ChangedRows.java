package io.taktdb.runtime.change;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import java.util.BitSet;

/**
 * The rows of one chunk whose bytes differ between two states of the same layout: all that changed, and perhaps a few
 * more.
 *
 * <p>Columns are compared eight bytes at a time, so that a chunk of which one row changed costs little more than the
 * reading of its memory. A text that lies in the heap may differ while its reference does not: where the heap changed,
 * rows with such texts count as differing. Threading: one thread, under a lease on both states.
 */
final class ChangedRows {
    /** Texts up to this length lie in the row itself. */
    private static final int INLINE_BYTES = 12;

    private final TableState before;
    private final TableState after;
    private final TableLayout layout;
    private final boolean heapChanged;
    private final RowReader now;
    private final BitSet rows = new BitSet();

    ChangedRows(final TableState before, final TableState after) {
        this.before = before;
        this.after = after;
        this.layout = after.layout();
        this.heapChanged = before.heap() != after.heap() || before.blocks() != after.blocks();
        this.now = after.reader();
    }

    /**
     * Compares the first rows of a chunk, which both states have.
     *
     * @return rows within the chunk, overwritten by the next call
     */
    BitSet compare(final int chunk, final int count) {
        rows.clear();
        comparePlace(layout.id(), chunk, count);
        for (int field = 0; field < layout.fields().size(); field++) {
            final FieldPlace place = layout.fields().get(field);
            comparePlace(place, chunk, count);
            if (heapChanged && place.field().type().isVariable()) {
                markHeapTexts(field, chunk, count);
            }
        }
        return rows;
    }

    private void comparePlace(final FieldPlace place, final int chunk, final int count) {
        final long a = before.group(place.group()).address(chunk);
        final long b = after.group(place.group()).address(chunk);
        if (a == b) {
            return;
        }
        if (place.isColumn()) {
            compareColumn(a + place.offset(), b + place.offset(), place.stride(), count);
        } else {
            compareStrided(place, a, b, count);
        }
        if (place.isOptional()) {
            comparePresence(place, a, b, count);
        }
    }

    private void compareColumn(final long a, final long b, final int stride, final int count) {
        final int bytes = count * stride;
        int at = 0;
        for (; at + Long.BYTES <= bytes; at += Long.BYTES) {
            if (Memory.getLong(a + at) != Memory.getLong(b + at)) {
                rows.set(at / stride, (at + Long.BYTES - 1) / stride + 1);
            }
        }
        for (; at < bytes; at++) {
            if (Memory.getByte(a + at) != Memory.getByte(b + at)) {
                rows.set(at / stride);
            }
        }
    }

    private void compareStrided(final FieldPlace place, final long a, final long b, final int count) {
        for (int row = 0; row < count; row++) {
            final long offset = place.offset() + (long) row * place.stride();
            if (!Memory.isSame(a + offset, b + offset, place.bytes())) {
                rows.set(row);
            }
        }
    }

    private void comparePresence(final FieldPlace place, final long a, final long b, final int count) {
        final boolean isColumn = place.isColumn();
        final int step = isColumn ? Byte.SIZE : 1;
        for (int row = 0; row < count; row += step) {
            final long offset = place.presenceOffset() + (isColumn ? row / step : (long) row * place.stride());
            if (Memory.getByte(a + offset) != Memory.getByte(b + offset)) {
                rows.set(row, Math.min(count, row + step));
            }
        }
    }

    private void markHeapTexts(final int field, final int chunk, final int count) {
        final long first = (long) chunk << layout.chunkShift();
        for (int row = rows.nextClearBit(0); row < count; row = rows.nextClearBit(row + 1)) {
            now.seekRow(first + row);
            if (now.length(field) > INLINE_BYTES) {
                rows.set(row);
            }
        }
    }
}
