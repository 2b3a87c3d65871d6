package io.taktdb.core.state;

import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TableSchema;
import org.agrona.collections.Int2IntHashMap;

/** Where each table of one schema stands in a state's array. Threading: immutable, shared by all states of a schema. */
public final class TableSlots {
    private static final int MISSING = -1;

    private final Int2IntHashMap byTableId = new Int2IntHashMap(MISSING);

    public TableSlots(final Schema schema) {
        for (final TableSchema table : schema.tables().values()) {
            byTableId.put(table.id(), byTableId.size());
        }
    }

    /**
     * Position of a table.
     *
     * @throws IllegalArgumentException another schema's table
     */
    public int of(final TableSchema table) {
        final int slot = byTableId.get(table.id());
        if (slot == MISSING) {
            throw new IllegalArgumentException("no such table in this state: table=" + table.name());
        }
        return slot;
    }

    /** How many tables there are. */
    public int size() {
        return byTableId.size();
    }
}
