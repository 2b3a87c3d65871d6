package io.taktdb.core.table;

import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.version.Pages;
import io.taktdb.types.schema.TableSchema;

/**
 * The parts of one table that reading needs, of a published state or of the running version.
 *
 * <p>Threading: see the implementation; {@link TableState} for readers, {@link Table} for the tick thread.
 */
public interface TableView {
    /** Index of {@link #scalar}: rows in the table. */
    int ROWS = 0;

    /** Index of {@link #scalar}: the id that the next record gets, unless it is taken. */
    int NEXT_ID = 1;

    /** Index of {@link #scalar}: ids, live or dead, in the sparse map. */
    int SPARSE_IDS = 2;

    /** Index of {@link #scalar}: the sparse map's directory has 2 to the power of this entries. */
    int SPARSE_DEPTH = 3;

    /** Index of {@link #scalar}: first empty heap page + 1, linked through their headers. */
    int HEAP_FREE = 4;

    /** Index of {@link #scalar}: per size class the first heap page with a free slot + 1. */
    int HEAP_HEADS = 5;

    /** Index of {@link #scalar}: direct pages that hold, or held, many ids. */
    int THICK_BLOCKS = HEAP_HEADS + HeapClasses.COUNT;

    /** How many scalars a table has. */
    int SCALARS = THICK_BLOCKS + 1;

    TableSchema schema();

    TableLayout layout();

    long scalar(int index);

    /** Pages of a group, by chunk. */
    Pages group(int group);

    /** Pages of the heap. */
    Pages heap();

    /** Blocks of values too large for a heap page. */
    Pages blocks();

    /** Pages of 512 ids each, by {@code id >>> 9}. */
    Pages directIds();

    /** Hash buckets of the sparse ids. */
    Pages sparseBuckets();

    /** Directory of the hash buckets. */
    Pages sparseDirectory();

    /**
     * Pages of an index.
     *
     * @param index position in the schema's {@link TableSchema#indexes}
     */
    Pages index(int index);

    /** Rows in the table. */
    default long rowCount() {
        return scalar(ROWS);
    }

    /** Row of an id, or -1. Ids are unsigned. */
    default long rowOf(final long id) {
        return Math.max(-1, IdLookup.find(this, id));
    }

    /** A new flyweight over this table's rows, for one thread. */
    default RowReader reader() {
        return new RowReader(this);
    }

    /** A new walk over this table's ids in ascending order, for one thread. */
    default IdWalk walk() {
        return new IdWalk(this);
    }

    /** A new walk over the ids of deleted records, for one thread. */
    default DeadIdWalk deadIds() {
        return new DeadIdWalk(this);
    }
}
