package io.taktdb.core.table;

import static io.taktdb.core.table.TableAudit.require;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Pages;

/** The id map's part of {@link TableAudit}. */
final class IdAudit {
    private final TableView table;

    IdAudit(final TableView table) {
        this.table = table;
    }

    void check() {
        final long live = direct() + sparse();
        require(live == table.rowCount(), "live ids=" + live + ", rows=" + table.rowCount());
    }

    private long direct() {
        final Pages pages = table.directIds();
        long sum = 0;
        for (int block = 0; block < pages.count(); block++) {
            final long page = pages.address(block);
            if (page <= IdLookup.DEAD_BLOCK) {
                continue;
            }
            int live = 0;
            int used = 0;
            for (int id = 0; id < IdLookup.BLOCK_IDS; id++) {
                final int stored = Memory.getInt(page + ((long) id << 2));
                live += stored > 0 ? 1 : 0;
                used += stored != 0 ? 1 : 0;
            }
            require(
                    live == Memory.getInt(page + IdLookup.BLOCK_LIVE)
                            && used == Memory.getInt(page + IdLookup.BLOCK_USED),
                    "counts of ids: block=" + block + ", live=" + live + ", used=" + used);
            require(live > 0 || used < IdLookup.BLOCK_IDS, "page of dead ids remains: block=" + block);
            sum += live;
        }
        return sum;
    }

    private long sparse() {
        final Pages buckets = table.sparseBuckets();
        long live = 0;
        long entries = 0;
        for (int bucket = 0; bucket < buckets.count(); bucket++) {
            final long page = buckets.address(bucket);
            require(
                    Memory.getInt(page + IdLookup.BUCKET_DEPTH) <= table.scalar(TableView.SPARSE_DEPTH),
                    "depth of bucket=" + bucket);
            int count = 0;
            for (int entry = 0; entry < IdLookup.BUCKET_ENTRIES; entry++) {
                final long at = IdLookup.entryAddress(page, entry);
                final int stored = Memory.getInt(at + Long.BYTES);
                if (stored != 0) {
                    count++;
                    live += stored > 0 ? 1 : 0;
                    sparseId(bucket, entry, Memory.getLong(at));
                }
            }
            require(count == Memory.getInt(page + IdLookup.BUCKET_COUNT), "entries of bucket=" + bucket);
            entries += count;
        }
        require(entries == table.scalar(TableView.SPARSE_IDS), "sparse ids: entries=" + entries);
        return live;
    }

    private void sparseId(final int bucket, final int entry, final long id) {
        final String shown = Long.toUnsignedString(id);
        require(IdLookup.bucketOf(table, id) == bucket, "id in the wrong bucket: id=" + shown);
        require(
                IdLookup.entryOf(table.sparseBuckets().address(bucket), id) == entry,
                "id is not found in its bucket: id=" + shown);
        final long block = id >>> IdLookup.BLOCK_SHIFT;
        require(
                block >= table.directIds().count() || table.directIds().address((int) block) == 0,
                "sparse id has a direct page: id=" + shown);
    }
}
