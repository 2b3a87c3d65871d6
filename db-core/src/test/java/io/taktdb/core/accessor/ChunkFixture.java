package io.taktdb.core.accessor;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.core.version.KernelPages;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/** A table {@code mob} with rows of default values, and chunks over it that may be written. */
final class ChunkFixture implements AutoCloseable {
    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);
    private final Table table;

    ChunkFixture(final Map<String, GroupLayout> groups, final FieldSpec... fields) {
        database.change(new CreateTable("mob", List.of(fields), groups, TableSchema.UNLIMITED_ROWS));
        table = database.table("mob");
    }

    /** A table in columns with one field. */
    static ChunkFixture of(final String field, final String type, final String defaultJson) {
        return new ChunkFixture(Map.of(), FieldSpec.of(field, type).withDefault(defaultJson));
    }

    ChunkFixture withRows(final int rows) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int end = new RowWriter().wrap(buffer, 0).finish();
        for (int i = 0; i < rows; i++) {
            table.writes().insert(new RowCursor().wrap(buffer, 0, end));
        }
        database.commit(1);
        return this;
    }

    Table table() {
        return table;
    }

    /** A chunk of the running version. */
    <T extends Chunk> T open(final Class<T> type, final int chunk) {
        final ChunkAccessors<T> accessors = ChunkAccessors.of(type, table.layout());
        final long[] addresses = new long[table.layout().groups().size()];
        for (int group = 0; group < addresses.length; group++) {
            final KernelPages pages = table.kernel(group);
            pages.plan(table.group(group).count());
            for (int page = 0; page < table.group(group).count(); page++) {
                final long address = pages.open(page, pages.marksFor(new int[] {0, 1}));
                addresses[group] = page == chunk ? address : addresses[group];
            }
            pages.keep();
        }
        final int rowsPerChunk = table.layout().rowsPerChunk();
        final long firstRow = (long) chunk * rowsPerChunk;
        final T opened = accessors.create();
        accessors.wrap(opened, addresses, (int) Math.min(rowsPerChunk, table.rowCount() - firstRow), firstRow);
        return opened;
    }

    /** What the table's own reader sees. */
    RowReader read(final long row) {
        final RowReader reader = table.reader();
        if (!reader.seekRow(row)) {
            throw new IllegalArgumentException("no such row: row=" + row + ", rows=" + table.rowCount());
        }
        return reader;
    }

    @Override
    public void close() {
        database.close();
    }
}
