package io.taktdb.bench.movers;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.nio.ByteOrder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A table of movers: row n has id n + 1. Threading: one thread. */
final class MoverTable implements AutoCloseable {
    private static final int POSITION = 0;
    private static final int ROWS_PER_COMMIT = 10_000;

    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);
    private final Table table;
    private final UnsafeBuffer vector = new UnsafeBuffer(new byte[Movers.AXES * Float.BYTES]);
    private long commits;

    MoverTable(final int rows) {
        database.change(CreateTable.of("mover", FieldSpec.of("position", "3xf32"), FieldSpec.of("velocity", "3xf32")));
        table = database.table("mover");
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter writer = new RowWriter();
        final RowCursor cursor = new RowCursor();
        for (int row = 0; row < rows; row++) {
            writer.wrap(buffer, 0);
            for (int position = 0; position <= 1; position++) {
                writer.field(table.schema().fields().get(position).id());
                writer.putBytes(ValueKind.VECTOR, vector(position, row), 0, vector.capacity());
            }
            table.writes().insert(cursor.wrap(buffer, 0, writer.finish()));
            database.settle();
            if (row % ROWS_PER_COMMIT == 0) {
                commit();
            }
        }
        commit();
    }

    private UnsafeBuffer vector(final int field, final int row) {
        for (int axis = 0; axis < Movers.AXES; axis++) {
            final float value = field == POSITION ? Movers.startPosition(row, axis) : Movers.velocity(row, axis);
            vector.putFloat(axis * Float.BYTES, value, ByteOrder.LITTLE_ENDIAN);
        }
        return vector;
    }

    Database database() {
        return database;
    }

    Table table() {
        return table;
    }

    /** Publishes what was changed. Returns how often it did. */
    long commit() {
        database.commit(++commits);
        return commits;
    }

    float position(final int row, final int axis) {
        final RowReader reader = table.reader();
        reader.require(row + 1L);
        return reader.getFloat(POSITION, axis);
    }

    @Override
    public void close() {
        database.close();
    }
}
