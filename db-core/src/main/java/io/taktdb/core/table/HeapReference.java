package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;

/**
 * The 16 bytes that a row holds for a value of variable length.
 *
 * <pre>
 *   OFFSET  SIZE  DESCRIPTION
 *        0     4  length of the value in bytes
 *        4    12  the value itself, if length &lt;= 12; the rest is zero
 *   or
 *        4     4  the first four bytes of the value, so that most comparisons end here
 *        8     8  where the value lies: page &lt;&lt; 32 | offset in the heap; or -1 - block, whose first 8 bytes are
 *                 its size
 * </pre>
 */
final class HeapReference {
    static final int BYTES = 16;
    static final int INLINE_BYTES = 12;
    static final int VALUE = 4;
    static final int LOCATION = 8;

    /** Bytes of a block before the value: its size. */
    static final int BLOCK_HEADER = Long.BYTES;

    private HeapReference() {}

    static int length(final long reference) {
        return Memory.getInt(reference);
    }

    static boolean isInline(final int length) {
        return length <= INLINE_BYTES;
    }

    /**
     * Address of the value's bytes.
     *
     * @param reference address of the reference
     */
    static long valueAddress(final TableView table, final long reference) {
        if (isInline(length(reference))) {
            return reference + VALUE;
        }
        final long location = Memory.getLong(reference + LOCATION);
        return location < 0
                ? table.blocks().address((int) (-1 - location)) + BLOCK_HEADER
                : table.heap().address((int) (location >>> 32)) + (int) location;
    }
}
