package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.Memory;

/**
 * Moves values out of heap pages that are nearly empty, a little with each commit, so that memory comes back after many
 * deletes and changes.
 *
 * <pre>
 *   idle ──► {@value #FREED} slots freed ──► look at all pages ──► too many are sparse ──► walk all rows, and move
 *     ▲                                        │                    values out of sparse pages
 *     └────────────────────────────────────────┴─────────────────────────────┘
 * </pre>
 *
 * A page is sparse below half. Sparse pages are too many above an eighth of all and two. So once enough commits have
 * passed after the last writes (two for {@value #PAGES} pages, one for {@value #ROWS} rows, one for {@value #MOVES}
 * values that move), the heap has at most 16/7 as many pages as full ones would be, and {@value #SPARE_PAGES} (the
 * first of each size class, two, and a rest). Values keep their content: only their place changes.
 *
 * <p>Threading: tick thread, between transactions.
 */
final class HeapCompaction {
    /** Slots that must have been freed before it is worth a look. */
    static final int FREED = 64;

    /** The most pages that one commit looks at. */
    static final int PAGES = 1024;

    /** The most rows that one commit looks at. */
    static final int ROWS = 4096;

    /** The most values that one commit moves. */
    static final int MOVES = 512;

    /** The most bytes that one commit moves, but for the last value. */
    static final int BYTES = 256 << 10;

    /** Pages beyond the bound. */
    static final int SPARE_PAGES = HeapClasses.COUNT + 5;

    private enum Phase {
        IDLE,
        LOOK,
        MOVE
    }

    private final Table table;
    private final Heap heap;
    private Phase phase = Phase.IDLE;
    private int nextPage;
    private int pages;
    private int sparse;
    private long nextRow;
    private TableLayout layout;
    private FieldPlace[] places;

    HeapCompaction(final Table table, final Heap heap) {
        this.table = table;
        this.heap = heap;
    }

    /** Whether {@link #step} has anything to do. */
    boolean isDue() {
        if (phase == Phase.IDLE && heap.hasFreed(FREED)) {
            heap.forgetFreed();
            look();
        }
        return phase != Phase.IDLE;
    }

    /** Does the work of one commit; undoable. */
    void step() {
        if (phase == Phase.LOOK) {
            lookOn();
        } else if (phase == Phase.MOVE) {
            moveOn();
        }
    }

    /** Begins again some time later, after a step that was taken back. */
    void giveUp() {
        phase = Phase.IDLE;
    }

    private void look() {
        phase = Phase.LOOK;
        nextPage = 0;
        pages = 0;
        sparse = 0;
    }

    private void lookOn() {
        final int end = Math.min(heap.pages().count(), nextPage + PAGES);
        for (; nextPage < end; nextPage++) {
            pages += heap.pages().has(nextPage) ? 1 : 0;
            sparse += heap.isSparse(nextPage) ? 1 : 0;
        }
        if (nextPage >= heap.pages().count()) {
            phase = sparse > pages / 8 + 2 ? Phase.MOVE : Phase.IDLE;
            nextRow = 0;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very layout, whose places these are
    private void moveOn() {
        if (layout != table.layout()) {
            layout = table.layout();
            places = layout.fields().stream()
                    .filter(place -> place.field().type().isVariable())
                    .toArray(FieldPlace[]::new);
        }
        final long end = Math.min(table.rowCount(), nextRow + ROWS);
        int moves = 0;
        int bytes = 0;
        while (nextRow < end && moves < MOVES && bytes < BYTES) {
            for (final FieldPlace place : places) {
                final int moved = move(place, nextRow);
                moves += moved > 0 ? 1 : 0;
                bytes += moved;
            }
            nextRow++;
        }
        if (nextRow >= table.rowCount()) {
            look(); // writes since may have left more
        }
    }

    /** Moves a value if it lies in a sparse page; answers how many bytes it has then, else 0. */
    private int move(final FieldPlace place, final long row) {
        final long reference = table.rows().address(place, row);
        final int length = HeapReference.length(reference);
        if (HeapReference.isInline(length)) {
            return 0;
        }
        final long location = Memory.getLong(reference + HeapReference.LOCATION);
        if (location < 0 || !heap.isSparse((int) (location >>> 32))) {
            return 0;
        }
        final long moved = heap.move(location, length);
        Memory.putLong(table.rows().prepare(place, row, false) + HeapReference.LOCATION, moved);
        return length;
    }
}
