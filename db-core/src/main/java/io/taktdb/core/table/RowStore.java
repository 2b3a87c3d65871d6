package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.GroupPlan;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Epochs;
import io.taktdb.core.version.KernelPages;
import io.taktdb.core.version.PageDirectory;
import io.taktdb.core.version.PageStore;
import io.taktdb.core.version.UndoLog;
import io.taktdb.types.schema.GroupLayout;

/**
 * The rows of one table in one layout: dense, chunk by chunk, one page per group.
 *
 * <p>Invariant: bytes of rows beyond the row count are zero. Threading: tick thread.
 */
final class RowStore implements UndoLog.Target {
    private final Epochs epochs;
    private final TableLayout layout;
    private final PageStore[] groups;
    private final KernelPages[] kernels;
    private final int shift;
    private final int mask;
    private int undoNumber;
    private PageDirectory[] published;

    RowStore(final Epochs epochs, final TableLayout layout) {
        this.epochs = epochs;
        this.layout = layout;
        this.shift = layout.chunkShift();
        this.mask = layout.rowsPerChunk() - 1;
        this.groups = new PageStore[layout.groups().size()];
        this.kernels = new KernelPages[groups.length];
        for (int i = 0; i < groups.length; i++) {
            final GroupPlan plan = layout.groups().get(i);
            groups[i] = new PageStore(epochs, layout.schema().name() + "." + plan.name(), plan.pageBytes());
            kernels[i] = new KernelPages(groups[i]);
        }
    }

    TableLayout layout() {
        return layout;
    }

    PageStore group(final int group) {
        return groups[group];
    }

    KernelPages kernel(final int group) {
        return kernels[group];
    }

    int chunks() {
        return groups[0].count();
    }

    /** Makes sure that a row has pages, and notes for undo that the row was dead before. */
    void append(final long row) {
        final int chunk = (int) (row >>> shift);
        if (chunk == groups[0].count()) {
            for (final PageStore group : groups) {
                group.append();
            }
        }
        if (!epochs.undo().isOwn(undoNumber, this)) {
            undoNumber = epochs.undo().own(this);
        }
        epochs.undo().saveTarget(undoNumber, row);
    }

    /** Takes back an append: the row is zeroed again. */
    @Override
    public void undo(final long row) {
        zero(row, true);
    }

    /** Address of a value to read. */
    long address(final FieldPlace place, final long row) {
        return groups[place.group()].address((int) (row >>> shift)) + place.offset() + (row & mask) * place.stride();
    }

    /**
     * Address of a value to write.
     *
     * @param fresh whether the old bytes mean nothing
     */
    long prepare(final FieldPlace place, final long row, final boolean fresh) {
        final int offset = place.offset() + (int) (row & mask) * place.stride();
        final PageStore group = groups[place.group()];
        final int page = (int) (row >>> shift);
        return fresh ? group.prepareFresh(page, offset, place.bytes()) : group.prepare(page, offset, place.bytes());
    }

    long id(final long row) {
        return Memory.getLong(address(layout.id(), row));
    }

    void id(final long row, final long id, final boolean fresh) {
        Memory.putLong(prepare(layout.id(), row, fresh), id);
    }

    boolean isPresent(final FieldPlace place, final long row) {
        final long page = groups[place.group()].address((int) (row >>> shift));
        return Presence.get(layout, place, page, (int) (row & mask));
    }

    void present(final FieldPlace place, final long row, final boolean value, final boolean fresh) {
        final int inChunk = (int) (row & mask);
        final int offset = Presence.byteOffset(layout, place, inChunk);
        final int bit = Presence.bit(layout, place, inChunk);
        final PageStore group = groups[place.group()];
        final int page = (int) (row >>> shift);
        final long at = fresh ? group.prepareFresh(page, offset, 1) : group.prepare(page, offset, 1);
        final int old = Memory.getByte(at);
        Memory.putByte(at, (byte) (value ? old | 1 << bit : old & ~(1 << bit)));
    }

    /** Copies a whole row over another. */
    void copy(final long from, final long to) {
        id(to, id(from), false);
        for (final FieldPlace place : layout.fields()) {
            Memory.copy(address(place, from), prepare(place, to, false), place.bytes());
            if (place.isOptional()) {
                present(place, to, isPresent(place, from), false);
            }
        }
    }

    /**
     * Zeroes a row that is dead now.
     *
     * @param fresh whether nothing need be saved for undo
     */
    void zero(final long row, final boolean fresh) {
        Memory.zero(prepare(layout.id(), row, fresh), Long.BYTES);
        for (final FieldPlace place : layout.fields()) {
            Memory.zero(prepare(place, row, fresh), place.bytes());
            if (place.isOptional()) {
                present(place, row, false, fresh);
            }
        }
    }

    /** Gives back chunks that hold no row any more. */
    void trim(final long rows) {
        final int needed = (int) ((rows + mask) >>> shift);
        while (groups[0].count() > Math.max(1, needed)) {
            for (final PageStore group : groups) {
                group.dropLast();
            }
        }
    }

    /** Directories of all groups; the same array while nothing changes. */
    PageDirectory[] publish() {
        final PageDirectory[] now = new PageDirectory[groups.length];
        boolean changed = published == null;
        for (int i = 0; i < groups.length; i++) {
            now[i] = groups[i].publish();
            changed |= published != null && published[i] != now[i];
        }
        if (changed) {
            published = now;
        }
        return published;
    }

    void dropAll() {
        for (final PageStore group : groups) {
            group.dropAll();
        }
    }

    /** Where presence bits lie. */
    static final class Presence {
        private Presence() {}

        static boolean get(final TableLayout layout, final FieldPlace place, final long page, final int inChunk) {
            final int bits = Memory.getByte(page + byteOffset(layout, place, inChunk));
            return (bits >>> bit(layout, place, inChunk) & 1) != 0;
        }

        static int byteOffset(final TableLayout layout, final FieldPlace place, final int inChunk) {
            return place.presenceOffset() + (isColumns(layout, place) ? inChunk >>> 3 : inChunk * place.stride());
        }

        static int bit(final TableLayout layout, final FieldPlace place, final int inChunk) {
            return isColumns(layout, place) ? inChunk & 7 : place.presenceBit();
        }

        private static boolean isColumns(final TableLayout layout, final FieldPlace place) {
            return layout.groups().get(place.group()).layout() == GroupLayout.COLUMNS;
        }
    }
}
