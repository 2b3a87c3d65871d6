package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.memory.Memory;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.evolution.ValueConversion;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.value.ValueCursor;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The copy of all rows of a table from one layout to another.
 *
 * <p>Row numbers, ids and the heap stay; values of the same type are copied with their heap references, others are
 * converted. Groups in which nothing differs are shared and not copied; where chunks are equal and values lie in
 * columns, whole columns are copied at once. {@link PreparedRows} does the same in parts. Threading: tick thread.
 */
final class TableMove {
    private final Table table;
    private final RowStore from;
    private final RowStore to;
    private final Defaults defaults;
    private final FieldPlace[] oldPlaces;
    private final UnsafeBuffer source = new UnsafeBuffer(0, 0);
    private final ExpandableArrayBuffer converted = new ExpandableArrayBuffer(64);
    private final ValueCursor cursor = new ValueCursor();

    /** @param defaults of the new layout's schema */
    TableMove(final Table table, final RowStore from, final RowStore to, final Defaults defaults) {
        this.table = table;
        this.from = from;
        this.to = to;
        this.defaults = defaults;
        this.oldPlaces = new FieldPlace[to.layout().fields().size()];
        for (int i = 0; i < oldPlaces.length; i++) {
            oldPlaces[i] = oldPlace(to.layout().fields().get(i).field().id());
        }
    }

    void run() {
        final long count = table.rowCount();
        final int chunkRows = to.layout().rowsPerChunk();
        final boolean sameChunks = from.layout().rowsPerChunk() == chunkRows;
        final long chunks = sameChunks ? from.chunks() : (count + chunkRows - 1) / chunkRows;
        for (long chunk = 0; chunk < chunks; chunk++) {
            appendChunk();
            final long first = chunk * chunkRows;
            moveChunk(first, (int) Math.min(chunkRows, count - first));
        }
        freeDropped(count);
    }

    /** Fills a chunk of the new layout, which must be blank, with so many rows. */
    void moveChunk(final long first, final int rows) {
        if (rows <= 0) {
            return; // the first chunk stays when all rows are gone
        }
        if (!to.shares(0, from) && !moveColumn(from.layout().id(), to.layout().id(), first, rows)) {
            for (long row = first; row < first + rows; row++) {
                to.id(row, from.id(row), true);
            }
        }
        for (int i = 0; i < oldPlaces.length; i++) {
            if (!to.shares(to.layout().fields().get(i).group(), from)) {
                moveField(i, oldPlaces[i], first, rows);
            }
        }
    }

    private void moveField(final int field, final FieldPlace old, final long first, final int rows) {
        final FieldPlace place = to.layout().fields().get(field);
        if (old == null && (defaults.of(field) == null || fillColumn(field, place, first, rows))) {
            return; // null or zero, as new pages are; or filled
        }
        final boolean isSame = old != null
                && old.field().type().equals(place.field().type())
                && old.isOptional() == place.isOptional();
        if (isSame && moveColumn(old, place, first, rows)) {
            return;
        }
        for (long row = first; row < first + rows; row++) {
            moveValue(field, old, row);
        }
    }

    /** Copies a column of one chunk, and its presence bits; answers false when it is none on both sides. */
    private boolean moveColumn(final FieldPlace old, final FieldPlace place, final long first, final int rows) {
        final int oldChunk = from.layout().rowsPerChunk();
        if (!old.isColumn()
                || !place.isColumn()
                || Math.min(oldChunk, to.layout().rowsPerChunk()) < Byte.SIZE) {
            return false; // or rows whose presence bits do not begin with a byte
        }
        final int page = (int) (first >>> to.layout().chunkShift());
        final long target = to.group(place.group()).prepareFresh(page, place.offset(), rows * place.stride());
        for (int done = 0; done < rows; ) {
            final long row = first + done;
            final int run = (int) Math.min(rows - done, oldChunk - (row & oldChunk - 1));
            Memory.copy(from.address(old, row), target + (long) done * place.stride(), (long) run * place.stride());
            if (place.isOptional()) {
                movePresence(old, place, row, page, done, run);
            }
            done += run;
        }
        return true;
    }

    private void movePresence(
            final FieldPlace old,
            final FieldPlace place,
            final long row,
            final int page,
            final int done,
            final int run) {
        final int bytes = (run + Byte.SIZE - 1) / Byte.SIZE;
        final int oldRow = (int) (row & from.layout().rowsPerChunk() - 1);
        final long oldPage =
                from.group(old.group()).address((int) (row >>> from.layout().chunkShift()));
        final int offset = place.presenceOffset() + done / Byte.SIZE;
        Memory.copy(
                oldPage + old.presenceOffset() + oldRow / Byte.SIZE,
                to.group(place.group()).prepareFresh(page, offset, bytes),
                bytes);
    }

    /** Fills a column of one chunk with its default of fixed size; answers false when it is no such column. */
    private boolean fillColumn(final int field, final FieldPlace place, final long first, final int rows) {
        if (!place.isColumn() || place.field().type().isVariable()) {
            return false;
        }
        table.fieldWriter().write(to, place, first, defaults.of(field), true);
        final int page = (int) (first >>> to.layout().chunkShift());
        final int bytes = rows * place.stride();
        final long target = to.group(place.group()).prepareFresh(page, place.offset(), bytes);
        for (int done = place.stride(); done < bytes; done *= 2) {
            Memory.copy(target, target + done, Math.min(done, bytes - done));
        }
        for (long row = first; place.isOptional() && row < first + rows; row++) {
            to.present(place, row, true, true);
        }
        return true;
    }

    /** Adds a blank chunk to the groups that are not shared. */
    void appendChunk() {
        for (int group = 0; group < to.layout().groups().size(); group++) {
            if (!to.shares(group, from)) {
                to.group(group).append();
            }
        }
    }

    private FieldPlace oldPlace(final int fieldId) {
        for (final FieldPlace place : from.layout().fields()) {
            if (place.field().id() == fieldId) {
                return place;
            }
        }
        return null;
    }

    private void moveValue(final int field, final FieldPlace old, final long row) {
        final FieldPlace place = to.layout().fields().get(field);
        if (old == null) {
            final ValueCursor value = defaults.of(field);
            if (value != null) {
                table.fieldWriter().write(to, place, row, value, true);
            }
            return;
        }
        if (old.isOptional() && !from.isPresent(old, row)) {
            return;
        }
        if (old.field().type().equals(place.field().type())) {
            Memory.copy(from.address(old, row), to.prepare(place, row, true), place.bytes());
            if (place.isOptional()) {
                to.present(place, row, true, true);
            }
            return;
        }
        if (old.field().type() instanceof ScalarType narrow
                && place.field().type() instanceof ScalarType wide
                && narrow.isInteger()
                && wide.isInteger()) {
            widen(old, place, row, narrow.isUnsigned());
        } else {
            convert(old, place, row);
        }
    }

    /** Whole numbers need no conversion but their sign. */
    private void widen(final FieldPlace old, final FieldPlace place, final long row, final boolean isUnsigned) {
        final long bits = Memory.getBits(from.address(old, row), old.bytes());
        final int shift = Long.SIZE - old.bytes() * Byte.SIZE;
        final long value = isUnsigned ? bits : bits << shift >> shift;
        final long target = to.prepare(place, row, true);
        switch (place.bytes()) {
            case 2 -> Memory.putShort(target, (short) value);
            case 4 -> Memory.putInt(target, (int) value);
            default -> Memory.putLong(target, value);
        }
        if (place.isOptional()) {
            to.present(place, row, true, true);
        }
    }

    private void convert(final FieldPlace old, final FieldPlace place, final long row) {
        final FieldType oldType = old.field().type();
        final long address = from.address(old, row);
        final boolean variable = oldType.isVariable();
        final int length = variable ? HeapReference.length(address) : old.bytes();
        Memory.wrap(source, variable ? HeapReference.valueAddress(table, address) : address, length);
        final int end = ValueConversion.convert(
                oldType, source, 0, length, place.field().type(), converted, 0);
        if (end == ValueConversion.INEXACT) {
            throw new DbException(
                            ErrorCode.SCHEMA_MISMATCH,
                            "a value has no exact counterpart in the new type: table="
                                    + table.schema().name() + ", field="
                                    + place.field().name() + ", id=" + Long.toUnsignedString(from.id(row)) + ", from="
                                    + oldType.spelling() + ", to="
                                    + place.field().type().spelling()
                                    + "; change the value or choose a wider type")
                    .with("field", place.field().name());
        }
        table.fieldWriter().write(to, place, row, cursor.wrap(converted, 0, end), true);
        table.fieldWriter().free(from, old, row);
    }

    private void freeDropped(final long count) {
        for (final FieldPlace old : from.layout().fields()) {
            if (old.field().type().isVariable() && table.positionOf(old.field().id()) < 0) {
                for (long row = 0; row < count; row++) {
                    table.fieldWriter().free(from, old, row);
                }
            }
        }
    }
}
