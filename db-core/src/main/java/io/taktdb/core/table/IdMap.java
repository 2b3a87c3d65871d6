package io.taktdb.core.table;

import io.taktdb.core.version.DirtyFlag;
import io.taktdb.core.version.Epochs;
import io.taktdb.core.version.Scalars;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/**
 * From ids to rows, and the promise that an id is never used again.
 *
 * <p>Invariants: an id lies in a direct page if its page is there, else in the sparse map; a deleted id stays known as
 * dead. Threading: tick thread.
 */
final class IdMap {
    private final TableView table;
    private final Scalars scalars;
    private final DirectIds direct;
    private final SparseIds sparse;

    IdMap(final Epochs epochs, final String name, final TableView table, final Scalars scalars, final DirtyFlag dirty) {
        this.table = table;
        this.scalars = scalars;
        this.direct = new DirectIds(epochs, name, scalars, dirty);
        this.sparse = new SparseIds(epochs, name, table, scalars, dirty);
    }

    DirectIds direct() {
        return direct;
    }

    SparseIds sparse() {
        return sparse;
    }

    /** The id for a record that brought none. Ids on the way that clients gave are passed over for good. */
    long nextId() {
        final long first = scalars.get(TableView.NEXT_ID);
        long id = first;
        while (IdLookup.find(table, id) != IdLookup.UNUSED) {
            id++;
        }
        if (id != first) {
            scalars.set(TableView.NEXT_ID, id);
        }
        return id;
    }

    /**
     * Refuses an id that was used.
     *
     * @throws DbException CONFLICT
     */
    void requireUnused(final long id) {
        final long found = IdLookup.find(table, id);
        if (found != IdLookup.UNUSED) {
            throw new DbException(
                            ErrorCode.CONFLICT,
                            "id is not free: table=" + table.schema().name() + ", id=" + Long.toUnsignedString(id)
                                    + (found == IdLookup.DEAD
                                            ? "; it belonged to a deleted record and is never used again"
                                            : "; leave the id out, or update that record"))
                    .with("table", table.schema().name())
                    .with("id", Long.toUnsignedString(id));
        }
    }

    /** Gives an id that was never used its row. */
    void add(final long id, final long row) {
        final long next = scalars.get(TableView.NEXT_ID);
        boolean isDirect = direct.hasBlockOf(id);
        if (!isDirect && direct.reaches(id, next)) {
            openBlock(id);
            isDirect = true;
        }
        if (isDirect) {
            direct.add(id, row);
        } else {
            sparse.put(id, (int) (row + 1));
        }
        if (id == next || Long.compareUnsigned(id, next) > 0 && isDirect) {
            scalars.set(TableView.NEXT_ID, id + 1);
        }
    }

    /** The first of so many unused ids, one after the other, for records that brought none. */
    long nextIds(final int count) {
        final long next = scalars.get(TableView.NEXT_ID);
        long first = next;
        long free = 0;
        while (free < count) {
            final long id = first + free;
            if (scalars.get(TableView.SPARSE_IDS) == 0 && direct.isUnusedBlockOf(id)) {
                free += IdLookup.BLOCK_IDS - (id & IdLookup.BLOCK_IDS - 1);
            } else if (IdLookup.find(table, id) == IdLookup.UNUSED) {
                free++;
            } else {
                first = id + 1;
                free = 0;
            }
        }
        if (first != next) {
            scalars.set(TableView.NEXT_ID, first);
        }
        return first;
    }

    /** Gives ids of {@link #nextIds} their rows, one after the other. */
    void addAll(final long firstId, final long firstRow, final int count) {
        int done = 0;
        while (done < count) {
            final long id = firstId + done;
            final int size = (int) Math.min(count - done, IdLookup.BLOCK_IDS - (id & IdLookup.BLOCK_IDS - 1));
            if (!direct.hasBlockOf(id) && direct.reaches(id, scalars.get(TableView.NEXT_ID))) {
                openBlock(id);
            }
            if (direct.hasBlockOf(id)) {
                direct.addAll(id, firstRow + done, size);
            } else {
                for (int i = 0; i < size; i++) {
                    sparse.put(id + i, (int) (firstRow + done + i + 1));
                }
            }
            done += size;
            scalars.set(TableView.NEXT_ID, id + size);
        }
    }

    private void openBlock(final long id) {
        direct.createBlockOf(id);
        if (scalars.get(TableView.SPARSE_IDS) == 0) {
            return;
        }
        final long first = id & -IdLookup.BLOCK_IDS;
        for (long moved = first; moved < first + IdLookup.BLOCK_IDS; moved++) {
            final int stored = sparse.remove(moved);
            if (stored != 0) {
                direct.add(moved, stored == -1 ? 0 : stored - 1L);
                if (stored == -1) {
                    direct.kill(moved);
                }
            }
        }
    }

    /** Tells that the record of an id moved to another row. */
    void move(final long id, final long row) {
        if (direct.hasBlockOf(id)) {
            direct.move(id, row);
        } else {
            sparse.put(id, (int) (row + 1));
        }
    }

    /** Ends an id for good. */
    void kill(final long id) {
        if (direct.hasBlockOf(id)) {
            direct.kill(id);
        } else {
            sparse.put(id, -1);
        }
    }

    /**
     * Takes back ids of a stored table whose records were deleted. Pages that they fill are not made. Not undoable.
     *
     * @param last at least {@code first}; several must lie among the dense ids
     * @throws DbException CONFLICT one was used already; LIMIT_EXCEEDED a range that no table can have
     */
    void bury(final long first, final long last) {
        if (first == last) {
            buryOne(first);
            return;
        }
        long id = first;
        while (id <= last) {
            if (first < 0 || !direct.hasBlockOf(id) && !direct.reaches(id, id)) {
                throw new DbException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "deleted ids are out of range: table=" + table.schema().name() + ", first="
                                + Long.toUnsignedString(first) + ", last=" + Long.toUnsignedString(last));
            }
            final boolean isWhole = (id & IdLookup.BLOCK_IDS - 1) == 0 && last - id >= IdLookup.BLOCK_IDS - 1;
            if (isWhole && direct.buryBlockOf(id)) {
                id += IdLookup.BLOCK_IDS;
            } else {
                buryOne(id++);
            }
        }
    }

    private void buryOne(final long id) {
        requireUnused(id);
        add(id, 0);
        kill(id);
    }

    void dropAll() {
        direct.pages().dropAll();
        sparse.buckets().dropAll();
        sparse.directory().dropAll();
    }
}
