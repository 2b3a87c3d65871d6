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
    private final UndoLog.Saved batch = this::restoreAll;
    private int undoNumber;
    private int batchNumber;

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
        return prepare(page, row, false);
    }

    /**
     * The same.
     *
     * @param saved whether the bytes are saved even if undo takes back the page as a whole
     */
    public long prepare(final int page, final int row, final boolean saved) {
        final long address = prepareFresh(page, row);
        if (saved || store.mustSave(page)) {
            save(page, row, address);
        }
        return address;
    }

    private void save(final int page, final int row, final long address) {
        final UndoLog undo = store.epochs().undo();
        if (!undo.isOwn(undoNumber, this)) {
            undoNumber = undo.own(this);
        }
        int at = undo.save(undoNumber, where(page, row), savedBytes);
        final byte[] saved = undo.bytes();
        for (int i = 0; i < offsets.length; i++) {
            Memory.copy(address + offsets[i] + (long) row * strides[i], saved, at, sizes[i]);
            at += sizes[i];
        }
        for (final int column : bitColumns) {
            saved[at++] = Memory.getByte(address + column + (row >>> 3));
        }
    }

    private static long where(final int page, final int row) {
        return (long) page << 32 | row;
    }

    /**
     * Makes the pages of many rows writable; what their twins lack is loaded side by side before it is copied. The rows
     * are still to be {@link #saveAll saved}.
     *
     * @param rows numbers within the table; one may come again
     * @param pageShift {@code row >>> pageShift} is the page
     * @param addresses gets the address of each row's page
     * @return a number without meaning; keep it, so that the compiler does not leave the reads out
     */
    public long openAll(final long[] rows, final int count, final int pageShift, final long[] addresses) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += touchStale((int) (rows[i] >>> pageShift));
        }
        for (int i = 0; i < count; i++) {
            addresses[i] = store.writable((int) (rows[i] >>> pageShift));
        }
        return sum;
    }

    private long touchStale(final int page) {
        if (store.isDirty(page)) {
            return 0;
        }
        final long meta = store.meta(page);
        final long current = store.address(page);
        final int words = PageMeta.words(store.pageBytes());
        return PageMeta.touchMarked(meta, words, current, PageMeta.twinOf(meta, current), store.granuleShift());
    }

    /** Saves and marks parts of rows whose pages are {@link #openAll open}, all before the first of them changes. */
    public void saveAll(final long[] rows, final int count, final int pageShift, final long[] addresses) {
        boolean mustSave = false;
        for (int i = 0; i < count; i++) {
            mustSave |= store.mustSave((int) (rows[i] >>> pageShift));
        }
        if (!mustSave) {
            markAll(rows, count, pageShift);
            return;
        }
        final UndoLog undo = store.epochs().undo();
        if (!undo.isOwn(batchNumber, batch)) {
            batchNumber = undo.own(batch);
        }
        int at = undo.save(batchNumber, count, count * (Long.BYTES + savedBytes));
        final byte[] saved = undo.bytes();
        final long mask = (1L << pageShift) - 1;
        for (int i = 0; i < count; i++) {
            final int page = (int) (rows[i] >>> pageShift);
            final int row = (int) (rows[i] & mask);
            mark(store.meta(page), row, 1);
            UndoLog.LONG.set(saved, at + i * Long.BYTES, where(page, row));
        }
        at += count * Long.BYTES;
        for (int part = 0; part < offsets.length; part++) {
            for (int i = 0; i < count; i++) {
                final long from = addresses[i] + offsets[part] + (rows[i] & mask) * strides[part];
                Memory.copy(from, saved, at, sizes[part]);
                at += sizes[part];
            }
        }
        for (final int column : bitColumns) {
            for (int i = 0; i < count; i++) {
                saved[at++] = Memory.getByte(addresses[i] + column + ((rows[i] & mask) >>> 3));
            }
        }
    }

    private void markAll(final long[] rows, final int count, final int pageShift) {
        final int mask = (1 << pageShift) - 1;
        for (int i = 0; i < count; i++) {
            mark(store.meta((int) (rows[i] >>> pageShift)), (int) rows[i] & mask, 1);
        }
    }

    /** Takes {@link #saveAll} back: every row's bytes were saved before the first changed, so in any order. */
    private void restoreAll(final long count, final byte[] saved, final int start, final int length) {
        int at = start + (int) count * Long.BYTES;
        for (int part = 0; part < offsets.length; part++) {
            for (int i = 0; i < count; i++) {
                final long where = (long) UndoLog.LONG.get(saved, start + i * Long.BYTES);
                final long page = store.address((int) (where >>> 32)) + offsets[part];
                Memory.copy(saved, at, page + (long) (int) where * strides[part], sizes[part]);
                at += sizes[part];
            }
        }
        for (final int column : bitColumns) {
            for (int i = 0; i < count; i++) {
                final long where = (long) UndoLog.LONG.get(saved, start + i * Long.BYTES);
                Memory.putByte(store.address((int) (where >>> 32)) + column + ((int) where >>> 3), saved[at++]);
            }
        }
    }

    /** Makes the parts of a row writable whose old bytes mean nothing, or are saved otherwise. */
    public long prepareFresh(final int page, final int row) {
        return prepareFresh(page, row, 1);
    }

    /** Makes the parts of some rows, one after the other, writable whose old bytes mean nothing. */
    public long prepareFresh(final int page, final int row, final int rows) {
        final long address = store.writable(page);
        mark(store.meta(page), row, rows);
        return address;
    }

    private void mark(final long meta, final int row, final int rows) {
        final int shift = store.granuleShift();
        for (int i = 0; i < offsets.length; i++) {
            PageMeta.mark(meta, shift, offsets[i] + row * strides[i], (rows - 1) * strides[i] + sizes[i]);
        }
        for (final int column : bitColumns) {
            PageMeta.mark(meta, shift, column + (row >>> 3), (row + rows - 1 >>> 3) - (row >>> 3) + 1);
        }
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

    /** Zeroes the parts of some rows, one after the other, of the page at an address. */
    public void zero(final long page, final int row, final int rows) {
        for (int i = 0; i < offsets.length; i++) {
            if (sizes[i] == strides[i]) {
                Memory.zero(page + offsets[i] + (long) row * strides[i], (long) rows * sizes[i]);
            } else {
                for (int at = row; at < row + rows; at++) {
                    Memory.zero(page + offsets[i] + (long) at * strides[i], sizes[i]);
                }
            }
        }
        for (final int column : bitColumns) {
            for (int at = row; at < row + rows; at++) {
                Memory.clearBit(page + column + (at >>> 3), at & 7);
            }
        }
    }
}
