package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.memory.Memory;

/** Where presence bits lie. */
final class Presence {
    private Presence() {}

    static boolean get(final FieldPlace place, final long page, final int inChunk) {
        return Memory.getBit(page + byteOffset(place, inChunk), bit(place, inChunk));
    }

    static int byteOffset(final FieldPlace place, final int inChunk) {
        return place.presenceOffset() + (place.isColumn() ? inChunk >>> 3 : inChunk * place.stride());
    }

    static int bit(final FieldPlace place, final int inChunk) {
        return place.isColumn() ? inChunk & 7 : place.presenceBit();
    }
}
