package io.taktdb.core.state;

import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TableSchema;
import java.util.HashMap;
import java.util.Map;

/** Where each table of one schema stands in a state's array. Threading: immutable, shared by all states of a schema. */
public final class TableSlots {
    private final Map<Integer, Integer> byTableId = new HashMap<>();

    public TableSlots(final Schema schema) {
        for (final TableSchema table : schema.tables().values()) {
            byTableId.put(table.id(), byTableId.size());
        }
    }

    /** Position of a table. */
    public int of(final TableSchema table) {
        return byTableId.get(table.id());
    }

    /** How many tables there are. */
    public int size() {
        return byTableId.size();
    }
}
