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
 * its address; of those, only rows whose bytes differ ({@link ChangedRows}). When the table moved to another chunk
 * size, all rows are compared. Threading: one thread, which holds a lease on both states.
 */
public final class TableDiff {
    private final TableState before;
    private final TableState after;
    private final RowReader old;
    private final RowReader now;
    private final BitSet fields = new BitSet();

    /**
     * @param after of the same table with equal fields, see {@link #isComparable}
     */
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
        final long both = Math.min(before.rowCount(), after.rowCount());
        final ChangedRows changed = new ChangedRows(before, after);
        for (long first = 0; first < most; first += rowsPerChunk) {
            final int chunk = (int) (first / rowsPerChunk);
            if (differs(chunk, first, rowsPerChunk)) {
                reportChunk(changed, chunk, first, Math.min(most, first + rowsPerChunk), both, sink);
            }
        }
    }

    private void reportChunk(
            final ChangedRows changed,
            final int chunk,
            final long first,
            final long end,
            final long both,
            final ChangeSink sink) {
        final long common = Math.max(first, Math.min(both, end));
        if (common > first) {
            final BitSet rows = changed.compare(chunk, (int) (common - first));
            for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
                compareRow(first + row, sink);
            }
        }
        for (long row = common; row < end; row++) {
            compareRow(row, sink);
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
            sink.deleted(old.id(), old);
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
            sink.updated(now.id(), old, now, fields);
        }
    }

    private void reportAll(final ChangeSink sink) {
        final IdWalk gone = before.walk();
        while (gone.next()) {
            if (after.rowOf(gone.id()) < 0) {
                old.seekRow(gone.row());
                sink.deleted(gone.id(), old);
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
