package io.taktdb.core.table;

import io.taktdb.core.accessor.BoundChunk;
import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.accessor.ChunkAccessors;
import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.PageStore;
import io.taktdb.core.version.RowParts;
import io.taktdb.core.version.UndoLog;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.IndexSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Single records of the running version through a chunk interface: the fastest way to read and change many of them.
 *
 * <pre>{@code
 * RowAccess<MobChunk> mobs = table.access(MobChunk.class);
 * int i = mobs.edit(id);
 * mobs.chunk().hp(i, mobs.chunk().hp(i) - 3);
 * }</pre>
 *
 * {@link #edit} saves, for undo, the fields of that one row that the interface has setters for; another row of the
 * chunk must not be written. What it gives is valid until anything else is called that changes the table, or a
 * transaction ends. Fields of an index cannot be edited so; new rows may have them. Threading: tick thread.
 *
 * @param <C> the chunk interface
 */
public final class RowAccess<C extends Chunk> {
    /** Records whose lines {@link #editAll} loads together: few enough to stay in the first caches. */
    private static final int BATCH = 128;

    private final Table table;
    private final Class<C> type;
    private TableLayout layout;
    private List<IndexSchema> indexes;
    private ChunkAccessors<C> accessors;
    private RowParts[] written; // by group, null where nothing is written
    private long[] pages;
    private long[][] addresses; // by group and record of a batch
    private C chunk;
    private BoundChunk bound; // the chunk
    private int shift;
    private int mask;
    private final long[] rows = new long[BATCH];
    private final RowRun run;
    private DbException notEditable; // a field that the interface writes is indexed
    private DbException notInsertable; // a field that a record must bring has no setter
    private int[][] touched; // by group, of the ends of each field that the interface has: offset and stride
    private long seen;

    /**
     * What is done to one of many records.
     *
     * @param <C> the chunk interface
     */
    @FunctionalInterface
    public interface Edit<C> {
        /** Changes the row at an index of a chunk, and nothing else. */
        void edit(C chunk, int index);
    }

    RowAccess(final Table table, final Class<C> type) {
        this.table = table;
        this.type = type;
        this.run = new RowRun(table);
        bind();
    }

    private void bind() {
        layout = table.layout();
        accessors = ChunkAccessors.of(type, layout);
        final int[] fields = accessors.writtenFields();
        indexes = table.schema().indexes();
        for (final int position : fields) {
            table.writesPastIndexes(table.schema().fields().get(position).id());
        }
        notEditable = AccessRules.notEditable(type, table.schema(), fields);
        notInsertable = AccessRules.notInsertable(type, table.schema(), fields);
        written = new RowParts[layout.groups().size()];
        for (int group = 0; group < written.length; group++) {
            final int number = group;
            final List<FieldPlace> places = Arrays.stream(fields)
                    .mapToObj(layout.fields()::get)
                    .filter(place -> place.group() == number)
                    .toList();
            written[group] = places.isEmpty() ? null : table.rows().partsToWrite(group, places);
        }
        touched = new int[written.length][];
        for (int group = 0; group < touched.length; group++) {
            final int number = group;
            touched[group] = IntStream.concat(Arrays.stream(fields), Arrays.stream(accessors.readFields()))
                    .distinct()
                    .mapToObj(layout.fields()::get)
                    .filter(place -> place.group() == number)
                    .flatMapToInt(place -> IntStream.of(
                            place.offset(), place.stride(), place.offset() + place.bytes() - 1, place.stride()))
                    .toArray();
        }
        pages = new long[written.length];
        addresses = new long[written.length][BATCH];
        chunk = accessors.create();
        bound = (BoundChunk) chunk;
        shift = layout.chunkShift();
        mask = layout.rowsPerChunk() - 1;
    }

    /**
     * Goes to a record, to read it.
     *
     * @return its index in {@link #chunk}
     * @throws DbException RECORD_NOT_FOUND
     */
    public int read(final long id) {
        final long row = locate(id);
        final int page = (int) (row >>> shift);
        for (int group = 0; group < pages.length; group++) {
            pages[group] = table.rows().group(group).address(page);
        }
        return wrap(row);
    }

    /**
     * Goes to a record, to change the fields that the interface has setters for.
     *
     * @return its index in {@link #chunk}
     * @throws DbException RECORD_NOT_FOUND; LIMIT_EXCEEDED the transaction changes too much; OUT_OF_MEMORY; CONFLICT a
     *     field that the interface writes is indexed by now
     */
    public int edit(final long id) {
        final long row = locate(id);
        requireEditable();
        final int page = (int) (row >>> shift);
        for (int group = 0; group < pages.length; group++) {
            pages[group] = written[group] == null
                    ? table.rows().group(group).address(page)
                    : written[group].prepare(page, (int) (row & mask));
        }
        return wrap(row);
    }

    /**
     * Changes many records, of which all lines are loaded side by side before they are needed: several times as fast as
     * one by one when they lie all over a large table.
     *
     * @param ids of the records, in the order in which they are changed; one may come again
     * @param count how many of them
     * @throws DbException as {@link #edit}; then some are changed, and the transaction has to be rolled back
     */
    public void editAll(final long[] ids, final int count, final Edit<? super C> edit) {
        for (int from = 0; from < count; from += BATCH) {
            final int size = Math.min(BATCH, count - from);
            locateAll(ids, from, size);
            requireEditable();
            for (int group = 0; group < pages.length; group++) {
                open(group, size);
            }
            for (int group = 0; group < pages.length; group++) {
                touch(addresses[group], touched[group], size);
            }
            for (int group = 0; group < pages.length; group++) {
                if (written[group] != null) {
                    written[group].saveAll(rows, size, shift, addresses[group]);
                }
            }
            changeAll(size, edit);
        }
    }

    private void requireEditable() {
        if (notEditable != null) {
            throw new DbException(notEditable.code(), notEditable.getMessage());
        }
    }

    /**
     * Inserts many records whose ids follow each other: the fastest way to make them. A new row shows the defaults of
     * its fields, else null or zero, and is filled in place. Atomic: if anything fails, nothing has changed.
     *
     * @param count how many, at least 1
     * @param fill sets the fields of a new row, of which {@code chunk.id(index)} is the id; changes nothing else
     * @return the first id
     * @throws DbException SCHEMA_MISMATCH the interface has no setter for a field that is required; TABLE_FULL;
     *     CONFLICT a unique index has the values; LIMIT_EXCEEDED; OUT_OF_MEMORY
     */
    public long insertAll(final int count, final Edit<? super C> fill) {
        Objects.checkIndex(count - 1, Integer.MAX_VALUE);
        final UndoLog undo = table.epochs().undo();
        final int start = undo.mark();
        try {
            final long first = run.begin(count);
            while (run.next()) {
                bindAnew();
                if (notInsertable != null) {
                    throw new DbException(notInsertable.code(), notInsertable.getMessage());
                }
                run.append();
                System.arraycopy(table.rows().open(), 0, pages, 0, pages.length);
                final int index = wrap(run.row());
                for (int i = index; i < index + run.size(); i++) {
                    fill.edit(chunk, i);
                }
                run.finish();
            }
            return first;
        } catch (final RuntimeException | Error e) {
            undo.rollback(start);
            throw e;
        }
    }

    private void locateAll(final long[] ids, final int from, final int size) {
        bindAnew();
        final PageStore direct = table.ids().direct().pages();
        for (int i = 0; i < size; i++) {
            final long row = IdLookup.findDirect(direct, ids[from + i]);
            rows[i] = row < 0 ? locate(ids[from + i]) : row;
        }
    }

    private void open(final int group, final int size) {
        if (written[group] != null) {
            seen += written[group].openAll(rows, size, shift, addresses[group]);
            return;
        }
        final PageStore store = table.rows().group(group);
        for (int i = 0; i < size; i++) {
            addresses[group][i] = store.address((int) (rows[i] >>> shift));
        }
    }

    /** Reads the ends of each field of each row: nothing waits for it, so many lines come at a time. */
    private void touch(final long[] pageOfRow, final int[] places, final int size) {
        long sum = 0;
        for (int place = 0; place < places.length; place += 2) {
            for (int i = 0; i < size; i++) {
                sum += Memory.getByte(pageOfRow[i] + places[place] + (rows[i] & mask) * places[place + 1]);
            }
        }
        seen += sum;
    }

    private void changeAll(final int size, final Edit<? super C> edit) {
        final long rowCount = table.rowCount();
        for (int i = 0; i < size; i++) {
            for (int group = 0; group < pages.length; group++) {
                pages[group] = addresses[group][i];
            }
            final long first = rows[i] & ~(long) mask;
            bound.bind(pages, (int) Math.min(mask + 1L, rowCount - first), first);
            edit.edit(chunk, (int) rows[i] & mask);
        }
    }

    private void bindAnew() {
        final TableLayout now = table.layout();
        if (now != layout || now.schema().indexes() != indexes) {
            bind();
        }
    }

    private long locate(final long id) {
        bindAnew();
        final long row = IdLookup.find(table, id);
        if (row < 0) {
            throw RowWrites.notFound(table, id, row);
        }
        return row;
    }

    private int wrap(final long row) {
        final long first = row & ~(long) mask;
        bound.bind(pages, (int) Math.min(mask + 1L, table.rowCount() - first), first);
        return (int) row & mask;
    }

    /** Tells the compiler that what was touched is needed. */
    @Override
    public String toString() {
        return "RowAccess{interface=" + type.getName() + ", table="
                + table.schema().name() + ", seen=" + seen + '}';
    }

    /** The chunk that holds the record. Ask for it after {@link #edit} or {@link #read}: a new layout has another. */
    public C chunk() {
        return chunk;
    }
}
