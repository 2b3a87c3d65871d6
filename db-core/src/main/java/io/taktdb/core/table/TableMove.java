package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.memory.Memory;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.evolution.ValueConversion;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.value.ValueCursor;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The copy of all rows of a table from one layout to another.
 *
 * <p>Row numbers, ids and the heap stay; values of the same type are copied with their heap references, others are
 * converted. Threading: tick thread, used once.
 */
final class TableMove {
    private final Table table;
    private final RowStore from;
    private final RowStore to;
    private final UnsafeBuffer source = new UnsafeBuffer(0, 0);
    private final ExpandableArrayBuffer converted = new ExpandableArrayBuffer(64);
    private final ValueCursor cursor = new ValueCursor();

    TableMove(final Table table, final RowStore from, final RowStore to) {
        this.table = table;
        this.from = from;
        this.to = to;
    }

    void run() {
        final long count = table.rowCount();
        final FieldPlace[] oldPlaces = new FieldPlace[to.layout().fields().size()];
        for (int i = 0; i < oldPlaces.length; i++) {
            oldPlaces[i] = oldPlace(to.layout().fields().get(i).field().id());
        }
        for (long row = 0; row < count; row++) {
            if ((row & to.layout().rowsPerChunk() - 1) == 0) {
                appendChunk();
            }
            to.id(row, from.id(row), true);
            for (int i = 0; i < oldPlaces.length; i++) {
                moveValue(i, oldPlaces[i], row);
            }
        }
        freeDropped(count);
    }

    private void appendChunk() {
        for (int group = 0; group < to.layout().groups().size(); group++) {
            to.group(group).append();
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
            final ValueCursor value = table.defaults().of(field);
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
        convert(old, place, row);
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
