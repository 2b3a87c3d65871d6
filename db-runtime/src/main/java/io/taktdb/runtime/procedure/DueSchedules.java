package io.taktdb.runtime.procedure;

import io.taktdb.core.table.RowFilter;
import io.taktdb.core.table.RowQuery;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.collections.LongArrayList;

/** Finds the schedules that are due, by their indexes. Threading: tick thread. */
public final class DueSchedules {
    private final Database database;
    private final LongArrayList ids = new LongArrayList();

    public DueSchedules(final Database database) {
        this.database = database;
    }

    /**
     * Ids of what is due, by tick and then by time, those that are due longest first.
     *
     * @param most the most ids
     * @return the same list each time
     */
    public LongArrayList find(final long tick, final long timeMicros, final int most) {
        ids.clear();
        if (database.schema().table(Schedules.TABLE) == null) {
            return ids;
        }
        final Table table = database.table(Schedules.TABLE);
        if (table.rowCount() > 0) {
            add(table, "due_tick", tick, most);
            add(table, "due_time", timeMicros, most);
        }
        return ids;
    }

    private void add(final Table table, final String field, final long until, final int most) {
        final TableSchema schema = table.schema();
        final int position = schema.indexOf(field);
        if (position < 0 || ids.size() >= most || !isNumber(schema.fields().get(position))) {
            return;
        }
        final RowQuery due = new RowQuery(table)
                .where(new RowFilter(schema, position, RowFilter.Op.LE, List.of(bytes(until))))
                .where(new RowFilter(schema, position, RowFilter.Op.GE, List.of(bytes(Long.MIN_VALUE)))) // no nulls
                .orderBy(position, false)
                .atMost(most - ids.size());
        while (due.next()) {
            ids.addLong(due.row().id());
        }
    }

    private static byte[] bytes(final long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    /** The table's name may be taken by one that is not the engine's. */
    private static boolean isNumber(final Field field) {
        return field.type() == ScalarType.I64 || field.type() == ScalarType.TIMESTAMP;
    }

    /** Whether there is a schedule of an id. */
    public boolean exists(final long id) {
        return database.schema().table(Schedules.TABLE) != null
                && database.table(Schedules.TABLE).rowOf(id) >= 0;
    }
}
