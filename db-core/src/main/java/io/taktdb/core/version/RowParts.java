package io.taktdb.core.version;

import io.taktdb.core.memory.Memory;

/**
 * The bytes that one row has in the pages of one group, or some of its fields: what is written, and undone, as one.
 *
 * <p>A part is a run of bytes at {@code offset + row * stride}; presence bits that lie in columns of their own are
 * parts of a single bit. Threading: tick thread.
 */
public final class RowParts implements UndoLog.Saved {
    private final PageStore store;
    private final int[] offsets;
    private final int[] strides;
    private final int[] sizes;
    private final int[] bitColumns;
    private final int savedBytes;
    private int undoNumber;

    /**
     * Parts of the rows of a store's pages.
     *
     * @param parts offset, stride and bytes, alternating
     * @param bitColumns offsets of columns of presence bits
     */
    public RowParts(final PageStore store, final int[] parts, final int[] bitColumns) {
        this.store = store;
        this.offsets = every(3, 0, parts);
        this.strides = every(3, 1, parts);
        this.sizes = every(3, 2, parts);
        this.bitColumns = bitColumns.clone();
        int bytes = bitColumns.length;
        for (final int size : sizes) {
            bytes += size;
        }
        savedBytes = bytes;
    }

    private static int[] every(final int step, final int first, final int[] values) {
        final int[] chosen = new int[values.length / step];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = values[i * step + first];
        }
        return chosen;
    }

    /**
     * Makes the parts of a row writable, undoably.
     *
     * @param row number within the page
     * @return the page's address
     */
    public long prepare(final int page, final int row) {
        final long address = prepareFresh(page, row);
        final UndoLog undo = store.epochs().undo();
        if (!undo.isOwn(undoNumber, this)) {
            undoNumber = undo.own(this);
        }
        int at = undo.save(undoNumber, (long) page << 32 | row, savedBytes);
        final byte[] saved = undo.bytes();
        for (int i = 0; i < offsets.length; i++) {
            Memory.copy(address + offsets[i] + (long) row * strides[i], saved, at, sizes[i]);
            at += sizes[i];
        }
        for (final int column : bitColumns) {
            saved[at++] = Memory.getByte(address + column + (row >>> 3));
        }
        return address;
    }

    /** Makes the parts of a row writable whose old bytes mean nothing, or are saved otherwise. */
    public long prepareFresh(final int page, final int row) {
        final long address = store.writable(page);
        final long meta = store.meta(page);
        for (int i = 0; i < offsets.length; i++) {
            PageMeta.mark(meta, store.granuleShift(), offsets[i] + row * strides[i], sizes[i]);
        }
        for (final int column : bitColumns) {
            PageMeta.mark(meta, store.granuleShift(), column + (row >>> 3), 1);
        }
        return address;
    }

    @Override
    public void restore(final long where, final byte[] saved, final int at, final int length) {
        final int row = (int) where;
        final long address = store.address((int) (where >>> 32));
        int from = at;
        for (int i = 0; i < offsets.length; i++) {
            Memory.copy(saved, from, address + offsets[i] + (long) row * strides[i], sizes[i]);
            from += sizes[i];
        }
        for (final int column : bitColumns) {
            Memory.putByte(address + column + (row >>> 3), saved[from++]);
        }
    }

    /** Copies the parts of a row to another, both named by their page's address. */
    public void copy(final long from, final int fromRow, final long to, final int toRow) {
        for (int i = 0; i < offsets.length; i++) {
            Memory.copy(
                    from + offsets[i] + (long) fromRow * strides[i],
                    to + offsets[i] + (long) toRow * strides[i],
                    sizes[i]);
        }
        for (final int column : bitColumns) {
            if (Memory.getBit(from + column + (fromRow >>> 3), fromRow & 7)) {
                Memory.setBit(to + column + (toRow >>> 3), toRow & 7);
            } else {
                Memory.clearBit(to + column + (toRow >>> 3), toRow & 7);
            }
        }
    }

    /** Zeroes the parts of a row of the page at an address. */
    public void zero(final long page, final int row) {
        for (int i = 0; i < offsets.length; i++) {
            Memory.zero(page + offsets[i] + (long) row * strides[i], sizes[i]);
        }
        for (final int column : bitColumns) {
            Memory.clearBit(page + column + (row >>> 3), row & 7);
        }
    }
}
