package io.taktdb.core.table;

import io.taktdb.core.index.KeyTree;
import io.taktdb.core.version.PageDirectory;
import io.taktdb.core.version.Pages;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All indexes of one table, kept true by whoever writes rows.
 *
 * <pre>{@code
 * insert(row);  remove(row);                        // whole rows
 * begin(row); touch(field); ...write...; finish();  // changes: only indexes of touched fields are looked at
 * }</pre>
 *
 * Keys hold ids, so a row that moves leaves its indexes alone. Everything is undone with the pages that the trees lie
 * in; which trees there are is undone by an action. Threading: tick thread.
 */
final class TableIndexes {
    private static final TableIndex[] NONE = {};

    private final Table table;
    private TableIndex[] all = NONE;
    private List<TableIndex> prepared = List.of();
    private TableIndex[] kept = NONE; // all, and those that are being prepared
    private TableIndex[][] byField = {};
    private PageDirectory[] published = {};
    private RowReader row;
    private RowReader other;
    private long at;

    TableIndexes(final Table table) {
        this.table = table;
        change(null);
    }

    /** Pages of the index at a position of the schema. */
    Pages pages(final int index) {
        return all[index].tree().pages();
    }

    /** Whether an index has a field. */
    boolean has(final int field) {
        return byField.length > 0 && byField[field].length > 0;
    }

    /**
     * Adds a new row to all indexes.
     *
     * @throws io.taktdb.types.error.DbException CONFLICT a unique index has the values
     */
    void insert(final long newRow) {
        if (kept.length > 0) {
            row.seekRow(newRow);
            for (final TableIndex index : kept) {
                index.insert(table, row, other);
            }
            table.watch().written(table, row.id());
        }
    }

    /** Removes a row that is about to go from all indexes. */
    void remove(final long oldRow) {
        if (kept.length > 0) {
            row.seekRow(oldRow);
            for (final TableIndex index : kept) {
                index.remove(row);
            }
        }
    }

    /** Begins a change of a row. */
    void begin(final long changingRow) {
        at = changingRow;
        for (final TableIndex index : kept) {
            index.forget();
        }
    }

    /** Says that a field of the row is about to be written. */
    void touch(final int field) {
        if (byField.length > 0) {
            for (final TableIndex index : byField[field]) {
                row.seekRow(at);
                index.remember(row);
            }
        }
    }

    /**
     * Ends a change.
     *
     * @throws io.taktdb.types.error.DbException CONFLICT a unique index has the values
     */
    void finish() {
        if (kept.length == 0) {
            return;
        }
        boolean changed = false;
        row.seekRow(at);
        for (final TableIndex index : kept) {
            changed |= index.update(table, row, other);
        }
        if (changed) {
            table.watch().written(table, row.id());
        }
    }

    /**
     * Takes over the indexes of the table's schema: those whose keys are as they were stay, others are built or end.
     * Undoable.
     *
     * @param before the schema until now, null for a new table
     * @throws io.taktdb.types.error.DbException CONFLICT rows have equal values where an index is to be unique
     */
    void change(final TableSchema before) {
        final TableIndex[] old = all;
        final TableSchema schema = table.schema();
        if (old.length == 0 && schema.indexes().isEmpty() && kept.length == 0) {
            return;
        }
        final List<TableIndex> fresh = new ArrayList<>();
        final List<TableIndex> gone = new ArrayList<>(Arrays.asList(old));
        final TableIndex[] next = new TableIndex[schema.indexes().size()];
        for (int i = 0; i < next.length; i++) {
            final IndexSchema wanted = schema.indexes().get(i);
            final IndexKeys keys = new IndexKeys(schema, wanted);
            final TableIndex same = before == null ? null : kept(old, wanted, keys);
            final KeyTree tree = same == null ? preparedTree(wanted, keys) : same.tree();
            next[i] = tree == null ? make(wanted, keys) : new TableIndex(wanted, keys, tree);
            gone.remove(same);
            if (tree == null) {
                fresh.add(next[i]);
            }
        }
        if (before != null) {
            final TableIndex[][] oldByField = byField;
            final List<TableIndex> oldPrepared = prepared;
            table.epochs().undo().saveAction(() -> {
                prepared = oldPrepared;
                adopt(old, oldByField);
            });
        }
        prepared = List.of(); // those that were not taken are of the schema before
        adopt(next, byField(next, schema.fields().size()));
        for (final TableIndex index : fresh) {
            index.build(table, row, other);
        }
        for (final TableIndex index : gone) {
            index.tree().pages().dropAll();
        }
    }

    private KeyTree preparedTree(final IndexSchema wanted, final IndexKeys keys) {
        final TablePreparation preparation = table.layoutChange().preparation();
        return preparation == null ? null : preparation.treeFor(wanted, keys);
    }

    /** Keeps further indexes true, which are not part of the schema yet; these and no others. */
    void prepare(final List<TableIndex> indexes) {
        prepared = indexes;
        adopt(all, byField(withPrepared(all), table.schema().fields().size()));
    }

    /** Keeps an index that was being prepared true no more. */
    void unprepare(final TableIndex index) {
        final List<TableIndex> others = new ArrayList<>(prepared);
        others.remove(index);
        prepare(others);
    }

    /** Whether an index of the schema has a tree. */
    boolean hasTree(final KeyTree tree) {
        return Arrays.stream(all).anyMatch(index -> index.tree() == tree);
    }

    private TableIndex[] withPrepared(final TableIndex[] indexes) {
        final TableIndex[] both = Arrays.copyOf(indexes, indexes.length + prepared.size());
        for (int i = 0; i < prepared.size(); i++) {
            both[indexes.length + i] = prepared.get(i);
        }
        return both;
    }

    private static TableIndex kept(final TableIndex[] old, final IndexSchema wanted, final IndexKeys keys) {
        for (final TableIndex index : old) {
            if (index.schema().equals(wanted) && index.keys().hasSameKeys(keys)) {
                return index;
            }
        }
        return null;
    }

    private TableIndex make(final IndexSchema wanted, final IndexKeys keys) {
        final String name = table.schema().name() + '.' + wanted.name();
        return new TableIndex(wanted, keys, new KeyTree(table.epochs(), name, table.dirty()));
    }

    private void adopt(final TableIndex[] indexes, final TableIndex[][] indexesByField) {
        all = indexes;
        kept = withPrepared(indexes);
        byField = indexesByField;
        table.dirty().raise();
        row = row == null ? table.reader() : row;
        other = other == null ? table.reader() : other;
    }

    private static TableIndex[][] byField(final TableIndex[] indexes, final int fields) {
        final TableIndex[][] byField = new TableIndex[indexes.length == 0 ? 0 : fields][];
        Arrays.fill(byField, NONE);
        for (final TableIndex index : indexes) {
            for (final int position : index.keys().positions()) {
                final TableIndex[] more = Arrays.copyOf(byField[position], byField[position].length + 1);
                more[more.length - 1] = index;
                byField[position] = more;
            }
        }
        return byField;
    }

    /** Fills the indexes, which must be empty, from rows that were loaded. */
    void rebuild() {
        for (final TableIndex index : all) {
            index.build(table, row, other);
        }
    }

    /** Directories of all trees, by position; the same array while nothing changes. */
    PageDirectory[] publish() {
        PageDirectory[] now = published.length == all.length ? published : new PageDirectory[all.length];
        for (int i = 0; i < now.length; i++) {
            final PageDirectory directory = all[i].tree().pages().publish();
            if (now[i] != directory) {
                now = now == published ? now.clone() : now; // readers have the old one
                now[i] = directory;
            }
        }
        published = now;
        return published;
    }

    /** Bytes of memory that all trees take. */
    long bytes() {
        long sum = 0;
        for (final TableIndex index : kept) {
            sum += index.tree().pages().bytes();
        }
        return sum;
    }

    /** Ends all indexes when the running version is published. */
    void dropAll() {
        for (final TableIndex index : all) {
            index.tree().pages().dropAll();
        }
    }
}
