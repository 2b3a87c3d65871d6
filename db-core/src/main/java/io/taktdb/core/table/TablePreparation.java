package io.taktdb.core.table;

import io.taktdb.core.index.KeyRun;
import io.taktdb.core.index.KeyTree;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * What a change of a large table's schema needs, made beforehand, over many ticks: its rows in the new layout, and new
 * indexes. {@link Table#changeSchema} takes what is ready, and makes the rest at once.
 *
 * <p>A new index is kept true by every write from the beginning on, while the rows that were there are added from the
 * last to the first: a row that moves to a lower number is met again, or is in already. Equal values in a unique one
 * are noted and looked at between transactions, so writes go on and it is the change that is refused. Nothing of this
 * is part of a state. Threading: tick thread, between transactions.
 */
public final class TablePreparation {
    /** Tables of fewer rows are changed at once. */
    public static final long MIN_ROWS = 16_384;

    private static final int ROWS_PER_STEP = 256;

    private final Table table;
    private final TableSchema base;
    private final TableSchema wanted;
    private final PreparedRows rows;
    private final List<TableIndex> indexes = new ArrayList<>();
    private final KeyRun run = new KeyRun(ROWS_PER_STEP);
    private final long allRows;
    private long rowsLeft;
    private boolean ready;

    private TablePreparation(final Table table, final TableSchema wanted) {
        this.table = table;
        this.base = table.schema();
        this.wanted = wanted;
        this.rows = PreparedRows.of(table, wanted);
        this.allRows = table.rowCount();
        this.rowsLeft = allRows;
        for (final IndexSchema index : wanted.indexes()) {
            if (!base.indexes().contains(index) && canBePrepared(index)) {
                final String name = base.name() + '.' + index.name();
                final KeyTree tree = new KeyTree(table.epochs(), name, table.dirty());
                indexes.add(new TableIndex(index, new IndexKeys(base, index), tree).asPrepared());
            }
        }
    }

    /** Begins; null when the table is small, or all of it must be made at once. */
    public static TablePreparation begin(final Table table, final TableSchema wanted) {
        if (table.rowCount() < MIN_ROWS || table.schema().equals(wanted)) {
            return null;
        }
        final TablePreparation made = new TablePreparation(table, wanted);
        if (made.rows == null && made.indexes.isEmpty()) {
            return null;
        }
        table.layoutChange().prepare(made);
        return made;
    }

    /** An index of fields that are there now, and that nobody writes past the indexes. */
    private boolean canBePrepared(final IndexSchema index) {
        for (final Field field : wanted.fields()) {
            if (index.uses(field.id())) {
                final Field now = base.fieldById(field.id());
                if (now == null
                        || !now.type().equals(field.type())
                        || now.optional() != field.optional()
                        || table.layoutChange().isWrittenPast(field.id())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The indexes, to be kept true by writes. */
    List<TableIndex> indexes() {
        return indexes;
    }

    /** The rows for a schema; null when they are not ready, or it is another schema. */
    PreparedRows rowsFor(final TableSchema schema) {
        return ready && rows != null && rows.fits(schema) ? rows : null;
    }

    /** The tree for an index; null when it is not ready, or there is none. */
    KeyTree treeFor(final IndexSchema index, final IndexKeys keys) {
        for (final TableIndex prepared : indexes) {
            if (ready
                    && rowsLeft == 0
                    && prepared.schema().equals(index)
                    && prepared.keys().hasSameKeys(keys)) {
                return prepared.tree();
            }
        }
        return null;
    }

    /**
     * Goes on until a time, a step at the least. After an error it can only be ended.
     *
     * @return whether the schema may be changed now
     * @throws DbException CONFLICT an index is to be unique, and rows have equal values; SCHEMA_MISMATCH a value has no
     *     counterpart in its new type; OUT_OF_MEMORY
     */
    public boolean advance(final long untilNs) {
        final RowReader row = table.reader();
        final RowReader other = table.reader();
        requireUnique(row, other);
        indexes.removeIf(this::isSpoiled);
        while (rowsLeft > 0 && !indexes.isEmpty()) {
            final long to = Math.min(rowsLeft, table.rowCount());
            final long from = Math.max(0, to - ROWS_PER_STEP);
            for (final TableIndex index : indexes) {
                index.scan(from, to, run, row, other);
            }
            rowsLeft = from;
            requireUnique(row, other);
            if (System.nanoTime() - untilNs >= 0) {
                ready = false;
                return false;
            }
        }
        ready = rows == null || rows.advance(untilNs);
        return ready;
    }

    private void requireUnique(final RowReader row, final RowReader other) {
        for (final TableIndex index : indexes) {
            final DbException violation = index.violation(table, row, other);
            if (violation != null) {
                throw violation;
            }
        }
    }

    /** Somebody writes the index's fields without telling it: then it is built at once. */
    private boolean isSpoiled(final TableIndex index) {
        final boolean spoiled = index.keys().fields().stream()
                .anyMatch(field -> table.layoutChange().isWrittenPast(field.id()));
        if (spoiled) {
            index.tree().pages().dropAll();
            table.indexes().unprepare(index);
        }
        return spoiled;
    }

    /** How much of it is done, of 1; what changes meanwhile is not counted. */
    public double progress() {
        final double ofIndexes = indexes.isEmpty() || allRows == 0 ? 1 : 1 - (double) rowsLeft / allRows;
        final double ofRows = rows == null || rows.all() == 0 ? 1 : (double) rows.done() / rows.all();
        return ready ? 1 : (ofIndexes + ofRows) / 2;
    }

    /** The table that it is for. */
    public TableSchema table() {
        return base;
    }

    /** Ends it: what the table did not take is given back with the next commit. */
    public void end() {
        table.layoutChange().prepare(null);
        if (rows != null && !rows.isTaken()) {
            rows.end();
        }
        for (final TableIndex index : indexes) {
            if (!table.indexes().hasTree(index.tree())) {
                index.tree().pages().dropAll();
            }
        }
    }
}
