package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.BlockStore;
import io.taktdb.core.version.DirtyFlag;
import io.taktdb.core.version.Epochs;
import io.taktdb.core.version.PageStore;
import io.taktdb.core.version.Scalars;
import org.agrona.DirectBuffer;

/**
 * The values of variable length of one table, in pages of equal slots per size class.
 *
 * <pre>
 *   Header of a heap page:
 *   OFFSET  SIZE  DESCRIPTION
 *        0     4  size class
 *        4     4  slots in use
 *        8     4  next page with a free slot of this class + 1, 0: none
 *       12     4  previous one + 1, 0: this is the first
 *       16   128  bitmap: slot s is in use
 *      144    48  zero
 *      192     *  slots
 * </pre>
 *
 * A freed slot is used again by the next value of its class: old states keep showing the old twin. A page without
 * values goes; {@link HeapCompaction} empties pages that are nearly so. Threading: tick thread.
 */
final class Heap {
    static final int SLOT_CLASS = 0;
    static final int USED = 4;
    static final int NEXT = 8;
    static final int PREVIOUS = 12;
    static final int BITMAP = 16;

    private final PageStore pages;
    private final BlockStore blocks;
    private final Scalars scalars;
    private int freed;

    Heap(final Epochs epochs, final String table, final Scalars scalars, final DirtyFlag dirty) {
        this.pages = new PageStore(epochs, table + ".heap", HeapClasses.PAGE_BYTES, dirty);
        this.blocks = new BlockStore(epochs, table + ".block", dirty);
        this.scalars = scalars;
    }

    PageStore pages() {
        return pages;
    }

    BlockStore blockStore() {
        return blocks;
    }

    /**
     * Stores a value of more than 12 bytes.
     *
     * @return its location
     */
    long store(final DirectBuffer source, final int offset, final int length) {
        if (length > HeapClasses.MAX_SLOT_BYTES) {
            final int block = blocks.create(length + (long) HeapReference.BLOCK_HEADER);
            final long address = blocks.address(block);
            Memory.putLong(address, length);
            Memory.copy(source, offset, address + HeapReference.BLOCK_HEADER, length);
            return -1L - block;
        }
        final long location = takeSlot(HeapClasses.classFor(length));
        Memory.copy(source, offset, pages.prepare((int) (location >>> 32), (int) location, length), length);
        return location;
    }

    /** Forgets a value. */
    void free(final long location) {
        if (location < 0) {
            blocks.drop((int) (-1 - location));
        } else {
            freeSlot((int) (location >>> 32), (int) location);
        }
    }

    /** Moves a value to another page of its class; answers where it lies now. */
    long move(final long location, final int length) {
        final int page = (int) (location >>> 32);
        final long to = takeSlot(Memory.getInt(pages.address(page) + SLOT_CLASS));
        final long target = pages.prepare((int) (to >>> 32), (int) to, length);
        Memory.copy(pages.address(page) + (int) location, target, length);
        freeSlot(page, (int) location);
        return to;
    }

    /** Whether a page is less than half full, and not the one that gets the next value of its class. */
    boolean isSparse(final int page) {
        if (!pages.has(page)) {
            return false;
        }
        final long address = pages.address(page);
        final int slotClass = Memory.getInt(address + SLOT_CLASS);
        return Memory.getInt(address + USED) * 2 < HeapClasses.slots(slotClass)
                && scalars.get(TableView.HEAP_HEADS + slotClass) != page + 1;
    }

    /** Whether so many slots were freed since {@link #forgetFreed}, some maybe taken back. */
    boolean hasFreed(final int slots) {
        return freed >= slots;
    }

    void forgetFreed() {
        freed = 0;
    }

    private long takeSlot(final int slotClass) {
        int page = (int) scalars.get(TableView.HEAP_HEADS + slotClass) - 1;
        if (page < 0) {
            page = takePage(slotClass);
        }
        final long address = pages.address(page);
        final int slot = firstFree(address);
        final int used = Memory.getInt(address + USED) + 1;
        setBit(page, slot, true);
        putInt(page, USED, used);
        if (used == HeapClasses.slots(slotClass)) {
            unlink(page, TableView.HEAP_HEADS + slotClass);
        }
        return (long) page << 32 | (HeapClasses.HEADER_BYTES + slot * HeapClasses.slotBytes(slotClass));
    }

    private void freeSlot(final int page, final int offset) {
        final long address = pages.address(page);
        final int slotClass = Memory.getInt(address + SLOT_CLASS);
        final int used = Memory.getInt(address + USED);
        freed++;
        setBit(page, (offset - HeapClasses.HEADER_BYTES) / HeapClasses.slotBytes(slotClass), false);
        putInt(page, USED, used - 1);
        if (used == HeapClasses.slots(slotClass)) {
            link(page, TableView.HEAP_HEADS + slotClass);
        }
        if (used == 1) {
            unlink(page, TableView.HEAP_HEADS + slotClass);
            pages.release(page);
        }
    }

    private int takePage(final int slotClass) {
        int page = (int) scalars.get(TableView.HEAP_FREE) - 1;
        if (page < 0) {
            page = pages.allocate();
        } else { // empty pages of tables that earlier versions stored
            unlink(page, TableView.HEAP_FREE);
        }
        putInt(page, SLOT_CLASS, slotClass);
        link(page, TableView.HEAP_HEADS + slotClass);
        return page;
    }

    private static int firstFree(final long page) {
        int word = 0;
        while (Memory.getLong(page + BITMAP + ((long) word << 3)) == -1L) {
            word++;
        }
        final long bits = Memory.getLong(page + BITMAP + ((long) word << 3));
        return (word << 6) + Long.numberOfTrailingZeros(~bits);
    }

    private void setBit(final int page, final int slot, final boolean value) {
        final int offset = BITMAP + (slot >> 6 << 3);
        final long at = pages.prepare(page, offset, Long.BYTES);
        final long bits = Memory.getLong(at);
        Memory.putLong(at, value ? bits | 1L << slot : bits & ~(1L << slot));
    }

    private void link(final int page, final int head) {
        final int first = (int) scalars.get(head);
        putInt(page, NEXT, first);
        putInt(page, PREVIOUS, 0);
        if (first != 0) {
            putInt(first - 1, PREVIOUS, page + 1);
        }
        scalars.set(head, page + 1L);
    }

    private void unlink(final int page, final int head) {
        final int next = Memory.getInt(pages.address(page) + NEXT);
        final int previous = Memory.getInt(pages.address(page) + PREVIOUS);
        if (previous == 0) {
            scalars.set(head, next);
        } else {
            putInt(previous - 1, NEXT, next);
        }
        if (next != 0) {
            putInt(next - 1, PREVIOUS, previous);
        }
    }

    private void putInt(final int page, final int offset, final int value) {
        Memory.putInt(pages.prepare(page, offset, Integer.BYTES), value);
    }

    void dropAll() {
        pages.dropAll();
        blocks.dropAll();
    }
}
