package io.taktdb.bench.micro;

import io.taktdb.bench.scenario.Scenario;
import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.RowAccess;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import org.agrona.ExpandableArrayBuffer;

/** Changes one row of a table of {@value #CHUNKS} chunks and publishes that. */
public final class PublishMicro implements Scenario {
    private static final int CHUNKS = 2048;
    private static final int ROWS_PER_COMMIT = 10_000;
    private static final long STRIDE = 7_919; // a prime, so that the rows lie all over the table

    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);
    private final RowAccess<Counter> counters;
    private final long rows;
    private long commits;

    /** The one field. */
    interface Counter extends Chunk {
        int count(int row);

        void count(int row, int value);
    }

    public PublishMicro() {
        database.change(CreateTable.of("counter", FieldSpec.of("count", "i32").withDefault("0")));
        final Table table = database.table("counter");
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int end = new RowWriter().wrap(buffer, 0).finish();
        rows = (long) CHUNKS * Chunk.MAX_ROWS;
        for (long row = 0; row < rows; row++) {
            table.writes().insert(new RowCursor().wrap(buffer, 0, end));
            database.settle();
            if (row % ROWS_PER_COMMIT == 0) {
                database.commit(0);
            }
        }
        database.commit(0);
        counters = table.access(Counter.class);
    }

    @Override
    public void step() {
        final int i = counters.edit(1 + commits * STRIDE % rows);
        counters.chunk().count(i, counters.chunk().count(i) + 1);
        database.commit(++commits);
    }

    @Override
    public String problem(final long steps) {
        final int i = counters.read(1);
        final long expected = (steps + rows - 1) / rows;
        final int found = counters.chunk().count(i);
        return found == expected ? null : "count differs: expected=" + expected + ", found=" + found;
    }

    @Override
    public void close() {
        database.close();
    }
}
