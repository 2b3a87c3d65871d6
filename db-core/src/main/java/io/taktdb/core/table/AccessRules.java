package io.taktdb.core.table;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.TableSchema;

/** What records a chunk interface may edit and insert. Threading: none of its own. */
final class AccessRules {
    private AccessRules() {}

    /**
     * Why an interface cannot edit records of a table, or null.
     *
     * @param written positions of the fields that it has setters for
     */
    static DbException notEditable(final Class<?> type, final TableSchema schema, final int[] written) {
        for (final int position : written) {
            final Field field = schema.fields().get(position);
            for (final IndexSchema index : schema.indexes()) {
                if (index.uses(field.id())) {
                    return new DbException(
                            ErrorCode.CONFLICT,
                            "a chunk interface cannot edit a field that is indexed: interface=" + type.getName()
                                    + ", table=" + schema.name() + ", field=" + field.name() + ", index="
                                    + index.name() + "; write the field through the table's editor");
                }
            }
        }
        return null;
    }

    /** Why an interface cannot insert records into a table, or null. */
    static DbException notInsertable(final Class<?> type, final TableSchema schema, final int[] written) {
        for (int position = 0; position < schema.fields().size(); position++) {
            final Field field = schema.fields().get(position);
            if (field.isRequired() && !contains(written, position)) {
                return new DbException(
                        ErrorCode.SCHEMA_MISMATCH,
                        "a chunk interface cannot insert without a setter for a field that is required: interface="
                                + type.getName() + ", table=" + schema.name() + ", field=" + field.name() + ", type="
                                + field.type().spelling()
                                + "; add the setter, or give the field a default, or insert row by row");
            }
        }
        return null;
    }

    private static boolean contains(final int[] positions, final int wanted) {
        for (final int position : positions) {
            if (position == wanted) {
                return true;
            }
        }
        return false;
    }
}
