package io.taktdb.core.table;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.DirtyFlag;
import io.taktdb.core.version.Epochs;
import io.taktdb.core.version.PageStore;
import io.taktdb.core.version.Scalars;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/**
 * Ids that lie far apart: an extendible hash in 4 KiB pages (R. Fagin et al., "Extendible hashing", TODS 1979). The
 * format is drawn at {@link IdLookup}. It grows bucket by bucket.
 *
 * <p>Threading: tick thread.
 */
final class SparseIds {
    private static final int MAX_ENTRIES = IdLookup.BUCKET_ENTRIES * 3 / 4;
    private static final int MAX_DEPTH = 24;
    private static final int DIRECTORY_BYTES = IdLookup.DIRECTORY_ENTRIES * Integer.BYTES;

    private final TableView table;
    private final Scalars scalars;
    private final PageStore buckets;
    private final PageStore directory;

    SparseIds(
            final Epochs epochs,
            final String name,
            final TableView table,
            final Scalars scalars,
            final DirtyFlag dirty) {
        this.table = table;
        this.scalars = scalars;
        this.buckets = new PageStore(epochs, name + ".sparse", IdLookup.BUCKET_BYTES, dirty);
        this.directory = new PageStore(epochs, name + ".sparseDirectory", DIRECTORY_BYTES, dirty);
    }

    PageStore buckets() {
        return buckets;
    }

    PageStore directory() {
        return directory;
    }

    /** Sets what is stored for an id: row + 1, or -1 when it is deleted. */
    void put(final long id, final int stored) {
        if (directory.count() == 0) {
            directory.append();
            buckets.append();
        }
        while (true) {
            final int bucket = IdLookup.bucketOf(table, id);
            final long page = buckets.address(bucket);
            final int entry = IdLookup.entryOf(page, id);
            if (entry >= 0) {
                writeEntry(bucket, entry, id, stored);
                return;
            }
            final int count = Memory.getInt(page + IdLookup.BUCKET_COUNT);
            if (count < MAX_ENTRIES) {
                writeEntry(bucket, -1 - entry, id, stored);
                Memory.putInt(buckets.prepare(bucket, IdLookup.BUCKET_COUNT, Integer.BYTES), count + 1);
                scalars.set(TableView.SPARSE_IDS, scalars.get(TableView.SPARSE_IDS) + 1);
                return;
            }
            split(bucket, id);
        }
    }

    /**
     * Takes an id out, since it moves to a direct page.
     *
     * @return what was stored, 0 when nothing was
     */
    int remove(final long id) {
        if (scalars.get(TableView.SPARSE_IDS) == 0) {
            return 0;
        }
        final int bucket = IdLookup.bucketOf(table, id);
        final long page = buckets.address(bucket);
        final int entry = IdLookup.entryOf(page, id);
        if (entry < 0) {
            return 0;
        }
        final int stored = Memory.getInt(IdLookup.entryAddress(page, entry) + Long.BYTES);
        rewriteWithout(bucket, entry);
        scalars.set(TableView.SPARSE_IDS, scalars.get(TableView.SPARSE_IDS) - 1);
        return stored;
    }

    private void rewriteWithout(final int bucket, final int removed) {
        final long[] entries = readEntries(bucket);
        final long page = buckets.prepare(bucket, 0, IdLookup.BUCKET_BYTES);
        final long gone = Memory.getLong(IdLookup.entryAddress(page, removed));
        final int count = Memory.getInt(page + IdLookup.BUCKET_COUNT);
        Memory.zero(page + IdLookup.BUCKET_HEADER, IdLookup.BUCKET_BYTES - IdLookup.BUCKET_HEADER);
        Memory.putInt(page + IdLookup.BUCKET_COUNT, count - 1);
        for (int i = 0; i < entries.length; i += 2) {
            if (entries[i] != gone) {
                place(page, entries[i], (int) entries[i + 1]);
            }
        }
    }

    private void split(final int bucket, final long id) {
        final int depth = (int) scalars.get(TableView.SPARSE_DEPTH);
        final int localDepth = Memory.getInt(buckets.address(bucket) + IdLookup.BUCKET_DEPTH);
        if (localDepth == depth) {
            doubleDirectory(depth);
        }
        final long[] entries = readEntries(bucket);
        final int sibling = buckets.append();
        final long lowPage = buckets.prepare(bucket, 0, IdLookup.BUCKET_BYTES);
        final long highPage = buckets.prepareFresh(sibling, 0, IdLookup.BUCKET_BYTES);
        Memory.zero(lowPage, IdLookup.BUCKET_BYTES);
        Memory.putInt(lowPage + IdLookup.BUCKET_DEPTH, localDepth + 1);
        Memory.putInt(highPage + IdLookup.BUCKET_DEPTH, localDepth + 1);
        for (int i = 0; i < entries.length; i += 2) {
            final long page = (IdLookup.hash(entries[i]) >>> localDepth & 1) == 0 ? lowPage : highPage;
            place(page, entries[i], (int) entries[i + 1]);
            Memory.putInt(page + IdLookup.BUCKET_COUNT, Memory.getInt(page + IdLookup.BUCKET_COUNT) + 1);
        }
        final long step = 1L << localDepth;
        final long size = 1L << scalars.get(TableView.SPARSE_DEPTH);
        for (long index = IdLookup.hash(id) & step - 1 | step; index < size; index += step << 1) {
            putDirectory((int) index, sibling);
        }
    }

    private void doubleDirectory(final int depth) {
        if (depth == MAX_DEPTH) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "too many sparse ids: table=" + table.schema().name() + ", ids=" + scalars.get(TableView.SPARSE_IDS)
                            + "; let the server give ids");
        }
        final int size = 1 << depth;
        if (size < IdLookup.DIRECTORY_ENTRIES) {
            final int bytes = size * Integer.BYTES;
            final long to = directory.prepare(0, bytes, bytes);
            Memory.copy(directory.address(0), to, bytes);
        } else {
            for (int page = 0; page < size / IdLookup.DIRECTORY_ENTRIES; page++) {
                final int added = directory.append();
                Memory.copy(
                        directory.address(page), directory.prepareFresh(added, 0, DIRECTORY_BYTES), DIRECTORY_BYTES);
            }
        }
        scalars.set(TableView.SPARSE_DEPTH, depth + 1L);
    }

    private void putDirectory(final int index, final int bucket) {
        final int offset = index % IdLookup.DIRECTORY_ENTRIES << 2;
        Memory.putInt(directory.prepare(index / IdLookup.DIRECTORY_ENTRIES, offset, Integer.BYTES), bucket);
    }

    private long[] readEntries(final int bucket) {
        final long page = buckets.address(bucket);
        final long[] entries = new long[2 * Memory.getInt(page + IdLookup.BUCKET_COUNT)];
        int used = 0;
        for (int entry = 0; entry < IdLookup.BUCKET_ENTRIES; entry++) {
            final long at = IdLookup.entryAddress(page, entry);
            final int stored = Memory.getInt(at + Long.BYTES);
            if (stored != 0) {
                entries[used++] = Memory.getLong(at);
                entries[used++] = stored;
            }
        }
        return entries;
    }

    private static void place(final long page, final long id, final int stored) {
        final long at = IdLookup.entryAddress(page, -1 - IdLookup.entryOf(page, id));
        Memory.putLong(at, id);
        Memory.putInt(at + Long.BYTES, stored);
    }

    private void writeEntry(final int bucket, final int entry, final long id, final int stored) {
        final int offset = IdLookup.BUCKET_HEADER + entry * IdLookup.ENTRY_BYTES;
        final long at = buckets.prepare(bucket, offset, IdLookup.ENTRY_BYTES);
        Memory.putLong(at, id);
        Memory.putInt(at + Long.BYTES, stored);
    }
}
