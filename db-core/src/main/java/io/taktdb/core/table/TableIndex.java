package io.taktdb.core.table;

import io.taktdb.core.index.KeyCursor;
import io.taktdb.core.index.KeyEncoder;
import io.taktdb.core.index.KeyTree;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.IndexSchema;
import java.util.Arrays;

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
            throw IndexErrors.violated(table.schema(), schema, keys, row, existing);
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
     * Adds all rows of a table to an index that is new.
     *
     * @throws DbException CONFLICT the index is unique, and rows have equal values
     */
    void build(final Table table, final RowReader row, final RowReader other) {
        final FirstIds duplicates = new FirstIds();
        tree.building(true);
        try {
            final long count = table.rowCount();
            for (long at = 0; at < count; at++) {
                row.seekRow(at);
                final KeyEncoder key = keys.of(row);
                if (schema.unique() && findOther(key, row, other)) {
                    duplicates.add(existing);
                    duplicates.add(row.id());
                }
                key.addId(row.id());
                tree.add(key.bytes(), key.length());
            }
        } finally {
            tree.building(false);
        }
        if (!duplicates.isEmpty()) {
            throw IndexErrors.duplicates(table.schema(), schema, keys, duplicates.list());
        }
    }
}
