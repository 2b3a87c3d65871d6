package io.taktdb.runtime.change;

import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.core.version.Pages;
import java.util.BitSet;

/**
 * The difference of two states of one table.
 *
 * <p>Only chunks whose pages lie elsewhere in the later state are looked at, since a page that was not written keeps
 * its
 * address. When the table moved to another chunk size, all rows are compared. Threading: one thread, which holds a
 * lease
 * on both states.
 */
public final class TableDiff {
    private final TableState before;
    private final TableState after;
    private final RowReader old;
    private final RowReader now;
    private final BitSet fields = new BitSet();

    /** @param after of the same table with equal fields, see {@link #isComparable} */
    public TableDiff(final TableState before, final TableState after) {
        this.before = before;
        this.after = after;
        this.old = before.reader();
        this.now = after.reader();
    }

    /** Whether two states are of the same table with the same fields. */
    public static boolean isComparable(final TableState before, final TableState after) {
        return before.schema().id() == after.schema().id()
                && before.schema().fields().equals(after.schema().fields());
    }

    /** Reports all differences. */
    public void report(final ChangeSink sink) {
        if (before == after) {
            return;
        }
        if (before.layout() != after.layout()) {
            reportAll(sink);
            return;
        }
        final int rowsPerChunk = after.layout().rowsPerChunk();
        final long most = Math.max(before.rowCount(), after.rowCount());
        for (long first = 0; first < most; first += rowsPerChunk) {
            if (differs((int) (first / rowsPerChunk), first, rowsPerChunk)) {
                final long end = Math.min(most, first + rowsPerChunk);
                for (long row = first; row < end; row++) {
                    compareRow(row, sink);
                }
            }
        }
    }

    private boolean differs(final int chunk, final long first, final int rowsPerChunk) {
        final long oldRows = Math.min(before.rowCount() - first, rowsPerChunk);
        final long newRows = Math.min(after.rowCount() - first, rowsPerChunk);
        if (oldRows != newRows) {
            return true;
        }
        for (int group = 0; group < after.layout().groups().size(); group++) {
            final Pages oldPages = before.group(group);
            if (oldPages.address(chunk) != after.group(group).address(chunk)) {
                return true;
            }
        }
        return false;
    }

    private void compareRow(final long row, final ChangeSink sink) {
        final boolean hadRow = old.seekRow(row);
        final boolean hasRow = now.seekRow(row);
        if (hadRow && hasRow && old.id() == now.id()) {
            compareValues(sink);
            return;
        }
        if (hadRow && after.rowOf(old.id()) < 0) {
            sink.deleted(old.id());
        }
        if (hasRow) {
            if (old.seek(now.id())) {
                compareValues(sink);
            } else {
                sink.inserted(now.id(), now);
            }
        }
    }

    private void compareValues(final ChangeSink sink) {
        fields.clear();
        final int count = after.schema().fields().size();
        for (int field = 0; field < count; field++) {
            if (!now.hasSameValue(field, old)) {
                fields.set(field);
            }
        }
        if (!fields.isEmpty()) {
            sink.updated(now.id(), now, fields);
        }
    }

    private void reportAll(final ChangeSink sink) {
        final IdWalk gone = before.walk();
        while (gone.next()) {
            if (after.rowOf(gone.id()) < 0) {
                sink.deleted(gone.id());
            }
        }
        final IdWalk here = after.walk();
        while (here.next()) {
            now.seekRow(here.row());
            if (old.seek(here.id())) {
                compareValues(sink);
            } else {
                sink.inserted(here.id(), now);
            }
        }
    }
}
