package io.taktdb.core.table;

import io.taktdb.core.testing.Drawing;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The drawings in the comments of this package agree with its constants. */
class DrawingTest {
    @Test
    void shouldDrawTheHeapPageAsItIs() {
        final Drawing page = Drawing.of("table/Heap").get(0);
        page.hasOffsets(
                Heap.SLOT_CLASS, Heap.USED, Heap.NEXT, Heap.PREVIOUS, Heap.BITMAP, 144, HeapClasses.HEADER_BYTES);
    }

    @Test
    void shouldDrawTheHeapReferenceAsItIs() {
        final List<Drawing> drawings = Drawing.of("table/HeapReference");
        drawings.get(0).hasOffsets(0, HeapReference.VALUE, HeapReference.VALUE, HeapReference.LOCATION);
    }

    @Test
    void shouldDrawThePagesOfIdsAsTheyAre() {
        final List<Drawing> drawings = Drawing.of("table/IdLookup");
        drawings.get(0).hasOffsets(0, IdLookup.BLOCK_LIVE, IdLookup.BLOCK_USED, IdLookup.BLOCK_USED + Integer.BYTES);
        drawings.get(0).endsAt(IdLookup.BLOCK_BYTES);
        drawings.get(1).hasOffsets(IdLookup.BUCKET_COUNT, IdLookup.BUCKET_DEPTH, 8, IdLookup.BUCKET_HEADER);
        drawings.get(1).endsAt(IdLookup.BUCKET_BYTES);
    }
}
