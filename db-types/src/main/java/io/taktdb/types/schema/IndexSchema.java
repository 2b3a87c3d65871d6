package io.taktdb.types.schema;

import java.util.List;

/**
 * One index of a table. Threading: immutable.
 *
 * @param name differs from the names of the table's other indexes, also when case is ignored
 * @param fieldIds stable ids of the fields, in the order in which they count
 * @param unique whether two records may not have the same values here; null is never the same
 */
public record IndexSchema(String name, List<Integer> fieldIds, IndexKind kind, boolean unique) {
    public IndexSchema {
        fieldIds = List.copyOf(fieldIds);
    }

    /** Whether a field is among the index's fields. */
    public boolean uses(final int fieldId) {
        return fieldIds.contains(fieldId);
    }

    /** Whether the index finds the records of one value of a field: whether it starts with that field. */
    public boolean startsWith(final int fieldId) {
        return fieldIds.get(0) == fieldId;
    }

    /** Whether the index alone forbids two equal values of a field. */
    public boolean isUniqueOn(final int fieldId) {
        return unique && fieldIds.size() == 1 && fieldIds.get(0) == fieldId;
    }
}
