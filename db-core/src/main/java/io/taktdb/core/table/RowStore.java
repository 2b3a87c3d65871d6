package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.GroupPlan;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.DirtyFlag;
import io.taktdb.core.version.Epochs;
import io.taktdb.core.version.KernelPages;
import io.taktdb.core.version.PageDirectory;
import io.taktdb.core.version.PageStore;
import io.taktdb.core.version.RowParts;
import io.taktdb.core.version.UndoLog;
import io.taktdb.types.schema.GroupLayout;
import java.util.List;

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
    private final RowParts[] parts;
    private final UndoLog.Target undelete = this::undelete;
    private final FieldSlot[] slots;
    private final FieldSlot[] variableSlots;
    private final long[] open; // by group: the page of the row that is being made
    private final int shift;
    private final int mask;
    private int undoNumber;
    private int undeleteNumber;
    private PageDirectory[] published;

    RowStore(final Epochs epochs, final TableLayout layout, final DirtyFlag dirty) {
        this.epochs = epochs;
        this.layout = layout;
        this.shift = layout.chunkShift();
        this.mask = layout.rowsPerChunk() - 1;
        this.slots = FieldSlot.of(layout);
        this.variableSlots = FieldSlot.variable(slots);
        this.open = new long[layout.groups().size()];
        this.groups = new PageStore[layout.groups().size()];
        this.kernels = new KernelPages[groups.length];
        this.parts = new RowParts[groups.length];
        for (int i = 0; i < groups.length; i++) {
            final GroupPlan plan = layout.groups().get(i);
            groups[i] = new PageStore(epochs, layout.schema().name() + "." + plan.name(), plan.pageBytes(), dirty);
            kernels[i] = new KernelPages(groups[i]);
            parts[i] = GroupParts.of(groups[i], i, layout);
        }
    }

    /** New, empty pages, but those of groups in which nothing differs from another store's. */
    static RowStore sharing(
            final RowStore other, final TableLayout layout, final Epochs epochs, final DirtyFlag dirty) {
        final RowStore made = new RowStore(epochs, layout, dirty);
        for (int group = 0; group < Math.min(made.groups.length, other.groups.length); group++) {
            if (layout.hasGroupOf(other.layout, group)) {
                made.groups[group] = other.groups[group];
                made.parts[group] = other.parts[group];
                made.kernels[group] = other.kernels[group];
            }
        }
        return made;
    }

    /** Whether a group's pages are another store's. */
    boolean shares(final int group, final RowStore other) {
        return group < groups.length && group < other.groups.length && groups[group] == other.groups[group];
    }

    /** The same pages under a layout that differs from theirs in names alone. */
    RowStore(final RowStore other, final TableLayout layout) {
        this.epochs = other.epochs;
        this.layout = layout;
        this.shift = other.shift;
        this.mask = other.mask;
        this.slots = FieldSlot.of(layout);
        this.variableSlots = FieldSlot.variable(slots);
        this.open = new long[layout.groups().size()];
        this.groups = other.groups;
        this.kernels = other.kernels;
        this.parts = other.parts;
        this.published = other.published;
    }

    /** The bytes of some fields of a row in a group that are saved before they are written: whole records in rows. */
    RowParts partsToWrite(final int group, final List<FieldPlace> places) {
        return layout.groups().get(group).layout() == GroupLayout.ROWS
                ? parts[group]
                : GroupParts.of(groups[group], places);
    }

    TableLayout layout() {
        return layout;
    }

    /** How each field is written. */
    FieldSlot[] slots() {
        return slots;
    }

    /** The fields whose bytes lie in the heap. */
    FieldSlot[] variableSlots() {
        return variableSlots;
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

    /** Makes sure that rows of one chunk have pages, writable, and notes for undo that they were dead before. */
    void append(final long row, final int count) {
        final int chunk = (int) (row >>> shift);
        if (chunk == groups[0].count()) {
            for (final PageStore group : groups) {
                group.append();
            }
        }
        if (!epochs.undo().isOwn(undoNumber, this)) {
            undoNumber = epochs.undo().own(this);
        }
        epochs.undo().saveTarget(undoNumber, (long) count << 32 | row);
        for (int group = 0; group < groups.length; group++) {
            open[group] = parts[group].prepareFresh(chunk, (int) (row & mask), count);
        }
    }

    /** Sets the id of a row that was appended just now. */
    void openId(final long row, final long id) {
        Memory.putLong(
                open[0] + layout.id().offset() + (row & mask) * layout.id().stride(), id);
    }

    /** Number of a row within its chunk. */
    int inChunk(final long row) {
        return (int) row & mask;
    }

    /** Pages, by group, of what was appended last; valid until anything else is written. */
    long[] open() {
        return open;
    }

    /** Takes back an append: the rows are zeroed again. Needs no memory: what was not written needs no zeroing. */
    @Override
    public void undo(final long where) {
        final int count = (int) (where >>> 32);
        final int page = (int) where >>> shift;
        for (int group = 0; group < groups.length; group++) {
            if (groups[group].isDirty(page)) {
                parts[group].zero(groups[group].address(page), (int) where & mask, count);
            }
        }
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
        return Presence.get(place, page, (int) (row & mask));
    }

    void present(final FieldPlace place, final long row, final boolean value, final boolean fresh) {
        final int inChunk = (int) (row & mask);
        final int offset = Presence.byteOffset(place, inChunk);
        final int bit = Presence.bit(place, inChunk);
        final PageStore group = groups[place.group()];
        final int page = (int) (row >>> shift);
        final long at = fresh ? group.prepareFresh(page, offset, 1) : group.prepare(page, offset, 1);
        if (value) {
            Memory.setBit(at, bit);
        } else {
            Memory.clearBit(at, bit);
        }
    }

    /** Removes a row: the last one takes its place. {@link #zeroTail} follows, at once or after more of the kind. */
    void remove(final long row, final long last) {
        final int page = (int) (row >>> shift);
        final int lastPage = (int) (last >>> shift);
        boolean undeletes = false;
        for (int group = 0; group < groups.length; group++) {
            groups[group].writable(lastPage);
            undeletes |= row != last && groups[group].mustSave(lastPage);
        }
        for (int group = 0; group < groups.length; group++) {
            parts[group].prepare(page, inChunk(row), undeletes);
        }
        if (undeletes) {
            if (!epochs.undo().isOwn(undeleteNumber, undelete)) {
                undeleteNumber = epochs.undo().own(undelete);
            }
            epochs.undo().saveTarget(undeleteNumber, row << 32 | last);
        }
        if (row != last) {
            copy(last, row);
        }
    }

    /** Zeroes rows at the end that were removed, and gives back chunks that hold no row any more. */
    void zeroTail(final long rows, final long before) {
        final int page = (int) (rows >>> shift);
        final int first = inChunk(rows);
        final int count = (int) Math.min(before - rows, mask + 1L - first);
        if (count > 0 && (first > 0 || page == 0)) {
            for (int group = 0; group < groups.length; group++) {
                parts[group].zero(parts[group].prepareFresh(page, first, count), first, count);
            }
        }
        trim(rows);
    }

    /** Brings the last row back from where it moved; the row that went follows from the log. */
    private void undelete(final long where) {
        copy(where >>> 32, where & 0xFFFF_FFFFL);
    }

    private void copy(final long from, final long to) {
        for (int group = 0; group < groups.length; group++) {
            parts[group].copy(
                    groups[group].address((int) (from >>> shift)),
                    (int) (from & mask),
                    groups[group].address((int) (to >>> shift)),
                    (int) (to & mask));
        }
    }

    private void trim(final long rows) {
        final int needed = (int) ((rows + mask) >>> shift);
        while (groups[0].count() > Math.max(1, needed)) {
            for (final PageStore group : groups) {
                group.dropLast();
            }
        }
    }

    /** Directories of all groups; the same array while nothing changes. */
    PageDirectory[] publish() {
        PageDirectory[] now = published == null ? new PageDirectory[groups.length] : published;
        for (int i = 0; i < groups.length; i++) {
            final PageDirectory directory = groups[i].publish();
            if (now[i] != directory) {
                now = now == published ? now.clone() : now; // readers have the old one
                now[i] = directory;
            }
        }
        published = now;
        return published;
    }

    void dropAll() {
        dropAllBut(null);
    }

    /** Ends the pages that another store does not have, too. */
    void dropAllBut(final RowStore other) {
        for (int group = 0; group < groups.length; group++) {
            if (other == null || !shares(group, other)) {
                groups[group].dropAll();
            }
        }
    }
}
