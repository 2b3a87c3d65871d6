package io.taktdb.core.table;

import io.taktdb.types.json.DefaultValue;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.ValueCursor;
import org.agrona.ExpandableArrayBuffer;

/** The default values of one table's fields in their byte form, made once per schema. Threading: tick thread. */
final class Defaults {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(64);
    private final int[] starts;
    private final int end;
    private final ValueCursor cursor = new ValueCursor();

    Defaults(final TableSchema schema) {
        starts = new int[schema.fields().size()];
        int position = 0;
        for (int i = 0; i < starts.length; i++) {
            final Field field = schema.fields().get(i);
            starts[i] = -1;
            if (field.defaultJson() != null) {
                starts[i] = position;
                position = DefaultValue.encode(schema.name(), field, buffer, position);
            }
        }
        end = position;
    }

    /** The default of the field at a position of the schema, or null; overwritten by the next call. */
    ValueCursor of(final int field) {
        return starts[field] < 0 ? null : cursor.wrap(buffer, starts[field], end);
    }
}
