package io.taktdb.core.state;

import io.taktdb.core.table.TableMemory;
import io.taktdb.core.table.TableState;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TableSchema;
import java.util.List;

/**
 * All tables as one commit left them.
 *
 * <p>Threading: immutable; to be read only while the lease that gave it is open.
 */
public final class State {
    private final long commit;
    private final long tick;
    private final Schema schema;
    private final TableSlots slots;
    private final TableState[] tables;

    /**
     * @param tables by slot, see {@link TableSlots}
     */
    public State(
            final long commit,
            final long tick,
            final Schema schema,
            final TableSlots slots,
            final TableState[] tables) {
        this.commit = commit;
        this.tick = tick;
        this.schema = schema;
        this.slots = slots;
        this.tables = tables;
    }

    /** Number of the commit; every publication counts. */
    public long commit() {
        return commit;
    }

    /** The tick in which the commit was made. */
    public long tick() {
        return tick;
    }

    public Schema schema() {
        return schema;
    }

    /**
     * A table by name.
     *
     * @throws io.taktdb.types.error.DbException TABLE_NOT_FOUND
     */
    public TableState table(final String name) {
        return tables[slots.of(schema.requireTable(name))];
    }

    /** A table by its schema in this state. */
    public TableState table(final TableSchema table) {
        return tables[slots.of(table)];
    }

    /** All tables in the order of their making. */
    public List<TableState> tables() {
        return schema.tables().values().stream().map(this::table).toList();
    }

    /** The memory that all tables take. */
    public TableMemory memory() {
        TableMemory sum = TableMemory.NONE;
        for (final TableState table : tables) {
            sum = sum.plus(table.memory());
        }
        return sum;
    }

    /** Rows of all tables. */
    public long rowCount() {
        long sum = 0;
        for (final TableState table : tables) {
            sum += table.rowCount();
        }
        return sum;
    }
}
