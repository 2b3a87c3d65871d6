package io.taktdb.core.model;

import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a database should hold. Threading: none of its own. */
final class ModelWorld {
    private Schema schema;
    private final TreeMap<Integer, ModelTable> tables = new TreeMap<>();

    ModelWorld(final Schema schema) {
        this.schema = schema;
    }

    ModelWorld copy() {
        final ModelWorld copy = new ModelWorld(schema);
        tables.forEach((id, table) -> copy.tables.put(id, table.copy()));
        return copy;
    }

    Schema schema() {
        return schema;
    }

    List<ModelTable> tables() {
        return new ArrayList<>(tables.values());
    }

    ModelTable table(final TableSchema table) {
        return tables.get(table.id());
    }

    /** Takes over a changed schema. */
    void adopt(final Schema changed, final ModelTable.Conversion conversion) {
        schema = changed;
        tables.keySet().removeIf(id -> changed.tableById(id) == null);
        for (final TableSchema table : changed.tables().values()) {
            final ModelTable known = tables.get(table.id());
            if (known == null) {
                tables.put(table.id(), new ModelTable(table));
            } else if (!known.schema().equals(table)) {
                known.adopt(table, conversion);
            }
        }
    }
}
