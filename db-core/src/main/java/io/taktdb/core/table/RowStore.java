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
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        this.groups = new PageStore[layout.groups().size()];
        this.kernels = new KernelPages[groups.length];
        this.parts = new RowParts[groups.length];
        for (int i = 0; i < groups.length; i++) {
            final GroupPlan plan = layout.groups().get(i);
            groups[i] = new PageStore(epochs, layout.schema().name() + "." + plan.name(), plan.pageBytes(), dirty);
            kernels[i] = new KernelPages(groups[i]);
            parts[i] = partsOf(groups[i], i, layout);
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
        this.groups = other.groups;
        this.kernels = other.kernels;
        this.parts = other.parts;
        this.published = other.published;
    }

    /** All that a row has in the pages of a group. */
    private static RowParts partsOf(final PageStore store, final int group, final TableLayout layout) {
        final GroupPlan plan = layout.groups().get(group);
        if (plan.layout() == GroupLayout.ROWS) {
            return new RowParts(store, new int[] {0, plan.recordBytes(), plan.recordBytes()}, new int[0]);
        }
        return partsOf(
                store,
                Stream.concat(Stream.of(layout.id()), layout.fields().stream())
                        .filter(place -> place.group() == group)
                        .toList());
    }

    /** Some fields of a row in the pages of a group. */
    static RowParts partsOf(final PageStore store, final List<FieldPlace> places) {
        return new RowParts(
                store,
                places.stream()
                        .flatMapToInt(place -> IntStream.of(place.offset(), place.stride(), place.bytes()))
                        .toArray(),
                places.stream()
                        .filter(place -> place.isOptional() && place.isColumn())
                        .mapToInt(FieldPlace::presenceOffset)
                        .toArray());
    }

    /** The bytes of some fields of a row in a group that are saved before they are written: whole records in rows. */
    RowParts partsToWrite(final int group, final List<FieldPlace> places) {
        return layout.groups().get(group).layout() == GroupLayout.ROWS ? parts[group] : partsOf(groups[group], places);
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

    /** Takes back an append: the row is zeroed again. Needs no memory: what was not written needs no zeroing. */
    @Override
    public void undo(final long row) {
        final int page = (int) (row >>> shift);
        final int inChunk = (int) (row & mask);
        for (int group = 0; group < groups.length; group++) {
            if (groups[group].isDirty(page)) {
                parts[group].zero(groups[group].address(page), inChunk);
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

    /** Removes a row: the last one takes its place, and is zeroed where it was. */
    void remove(final long row, final long last) {
        for (int group = 0; group < groups.length; group++) {
            parts[group].prepare((int) (row >>> shift), (int) (row & mask));
            parts[group].prepareFresh((int) (last >>> shift), (int) (last & mask));
        }
        if (row != last) {
            if (!epochs.undo().isOwn(undeleteNumber, undelete)) {
                undeleteNumber = epochs.undo().own(undelete);
            }
            epochs.undo().saveTarget(undeleteNumber, row << 32 | last);
            copy(last, row);
        }
        for (int group = 0; group < groups.length; group++) {
            parts[group].zero(groups[group].address((int) (last >>> shift)), (int) (last & mask));
        }
    }

    /** Takes back a removal but for the row's own bytes, which the log has: it still holds what the last row was. */
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

    /** Where presence bits lie. */
    static final class Presence {
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
}
