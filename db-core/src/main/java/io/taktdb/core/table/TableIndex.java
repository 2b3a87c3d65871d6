package io.taktdb.core.table;

import io.taktdb.core.index.KeyCursor;
import io.taktdb.core.index.KeyEncoder;
import io.taktdb.core.index.KeyRun;
import io.taktdb.core.index.KeyTree;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.IndexSchema;
import java.util.Arrays;
import org.agrona.collections.LongArrayList;

/**
 * One index of the running version: a tree that has one key for each row.
 *
 * <p>A change of a row is {@link #remember} before, and {@link #update} after. Threading: tick thread.
 */
final class TableIndex {
    private final IndexSchema schema;
    private final IndexKeys keys;
    private final KeyTree tree;
    private final KeyCursor cursor = new KeyCursor();
    private byte[] old = new byte[0];
    private int oldLength;
    private boolean open;
    private long existing;
    private LongArrayList suspects; // null, but for an index that is being prepared

    TableIndex(final IndexSchema schema, final IndexKeys keys, final KeyTree tree) {
        this.schema = schema;
        this.keys = keys;
        this.tree = tree;
    }

    IndexSchema schema() {
        return schema;
    }

    IndexKeys keys() {
        return keys;
    }

    KeyTree tree() {
        return tree;
    }

    /**
     * Adds a new row.
     *
     * @param other moved at will
     * @throws DbException CONFLICT the index is unique, and has the values
     */
    void insert(final TableView table, final RowReader row, final RowReader other) {
        final KeyEncoder key = keys.of(row);
        requireFree(table, key, row, other);
        key.addId(row.id());
        tree.add(key.bytes(), key.length());
    }

    /** Removes a row that is about to go. */
    void remove(final RowReader row) {
        final KeyEncoder key = keys.of(row).addId(row.id());
        tree.remove(key.bytes(), key.length());
    }

    /** Notes the key of a row that is about to change; again, before {@link #update}, is harmless. */
    void remember(final RowReader row) {
        if (open) {
            return;
        }
        final KeyEncoder key = keys.of(row).addId(row.id());
        oldLength = key.length();
        if (old.length < oldLength) {
            old = new byte[oldLength * 2];
        }
        System.arraycopy(key.bytes(), 0, old, 0, oldLength);
        open = true;
    }

    /** Forgets what was noted. */
    void forget() {
        open = false;
    }

    /**
     * Gives a changed row its new key.
     *
     * @return false if the row has the key that it had, or was not noted
     * @throws DbException CONFLICT the index is unique, and has the values
     */
    boolean update(final TableView table, final RowReader row, final RowReader other) {
        if (!open) {
            return false;
        }
        open = false;
        final KeyEncoder key = keys.of(row);
        if (key.length() + Long.BYTES == oldLength
                && !key.isCut()
                && Arrays.equals(key.bytes(), 0, key.length(), old, 0, key.length())) {
            return false;
        }
        requireFree(table, key, row, other);
        key.addId(row.id());
        tree.remove(old, oldLength);
        tree.add(key.bytes(), key.length());
        return true;
    }

    private void requireFree(final TableView table, final KeyEncoder key, final RowReader row, final RowReader other) {
        if (schema.unique() && findOther(key, row, other)) {
            if (suspects == null) {
                throw IndexErrors.violated(table.schema(), schema, keys, row, existing);
            }
            suspects.addLong(row.id());
        }
    }

    /** Whether another row has the values; {@link #existing} is its id then. */
    private boolean findOther(final KeyEncoder key, final RowReader row, final RowReader other) {
        if (keys.hasNull()) {
            return false;
        }
        final long id = row.id();
        cursor.wrap(tree.pages());
        boolean found = cursor.seek(key.bytes(), key.length());
        while (found && cursor.startsWith(key.bytes(), key.length())) {
            existing = cursor.id();
            if (existing != id && (!key.isCut() || other.seek(existing) && keys.hasSameTexts(row, other))) {
                return true;
            }
            found = cursor.next();
        }
        return false;
    }

    /**
     * Adds all rows of a table to an index that is new: sorted, then from the bottom up.
     *
     * @throws DbException CONFLICT the index is unique, and rows have equal values
     */
    void build(final Table table, final RowReader row, final RowReader other) {
        final LongArrayList equal = new LongArrayList();
        final LongArrayList alone = new LongArrayList();
        final KeyRun run = new KeyRun((int) Math.min(table.rowCount(), KeyRun.MAX_KEYS));
        tree.building(true);
        try {
            for (long at = 0; at < table.rowCount(); at++) {
                row.seekRow(at);
                gather(run, row, other, alone, equal);
                if (run.isFull()) {
                    put(run, equal);
                }
            }
            put(run, equal);
            addAlone(alone, row, other, equal);
        } finally {
            tree.building(false);
        }
        final DbException violation = violation(table, equal, row, other);
        if (violation != null) {
            throw violation;
        }
    }

    /**
     * Adds some rows to the index of a {@link TablePreparation}; rows that it has are not added again.
     *
     * @param run empty, reused
     */
    void scan(final long fromRow, final long toRow, final KeyRun run, final RowReader row, final RowReader other) {
        final LongArrayList alone = new LongArrayList();
        tree.building(true);
        try {
            for (long at = fromRow; at < toRow; at++) {
                row.seekRow(at);
                gather(run, row, other, alone, suspects);
            }
            put(run, suspects);
            addAlone(alone, row, other, suspects);
        } finally {
            tree.building(false);
        }
    }

    /** Texts that were cut can only be told apart one by one, in the tree. */
    private void gather(
            final KeyRun run,
            final RowReader row,
            final RowReader other,
            final LongArrayList alone,
            final LongArrayList equal) {
        final KeyEncoder key = keys.of(row);
        if (schema.unique() && key.isCut()) {
            alone.addLong(row.id());
            return;
        }
        if (schema.unique() && tree.pages().count() > 0 && findOther(key, row, other)) {
            equal.addLong(row.id());
        }
        key.addId(row.id());
        run.add(key.bytes(), key.length());
    }

    private void put(final KeyRun run, final LongArrayList equal) {
        run.sort();
        for (int i = 1; schema.unique() && i < run.count(); i++) {
            if (run.hasValuesOfPrevious(i)) {
                equal.addLong(run.id(i - 1));
                equal.addLong(run.id(i));
            }
        }
        run.addTo(tree);
        run.clear();
    }

    private void addAlone(
            final LongArrayList ids, final RowReader row, final RowReader other, final LongArrayList equal) {
        for (int i = 0; i < ids.size(); i++) {
            row.seek(ids.getLong(i));
            final KeyEncoder key = keys.of(row);
            if (findOther(key, row, other)) {
                equal.addLong(row.id());
            }
            key.addId(row.id());
            tree.add(key.bytes(), key.length());
        }
    }

    /** Makes this the index of a {@link TablePreparation}: what would violate it is noted and not refused. */
    TableIndex asPrepared() {
        suspects = new LongArrayList();
        return this;
    }

    /** The error of rows that were noted, if they still have equal values; forgets what was noted. */
    DbException violation(final Table table, final RowReader row, final RowReader other) {
        final DbException violation = violation(table, suspects, row, other);
        suspects.clear();
        return violation;
    }

    private DbException violation(
            final Table table, final LongArrayList noted, final RowReader row, final RowReader other) {
        final FirstIds duplicates = new FirstIds();
        for (int i = 0; i < noted.size(); i++) {
            if (row.seek(noted.getLong(i)) && findOther(keys.of(row), row, other)) {
                duplicates.add(existing);
                duplicates.add(row.id());
            }
        }
        if (duplicates.isEmpty()) {
            return null;
        }
        row.seek(duplicates.lowest());
        return IndexErrors.duplicates(table.schema(), schema, keys, row, duplicates.list());
    }
}
