package io.taktdb.core.table;

import io.taktdb.core.index.KeyEncoder;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.TableSchema;
import java.util.List;

/**
 * Makes the keys of one index from rows.
 *
 * <p>Threading: one thread.
 */
final class IndexKeys {
    private final List<Field> fields;
    private final int[] positions;
    private final int textBytes;
    private final KeyEncoder key;
    private boolean hasNull;

    IndexKeys(final TableSchema table, final IndexSchema index) {
        fields = IndexRules.fieldsOf(table, index);
        positions =
                fields.stream().mapToInt(field -> table.indexOf(field.name())).toArray();
        textBytes = IndexRules.textBytes(fields);
        key = new KeyEncoder(textBytes);
    }

    List<Field> fields() {
        return fields;
    }

    /** How many bytes of each text a key holds. */
    int textBytes() {
        return textBytes;
    }

    /** Positions of the fields in the table's schema. */
    int[] positions() {
        return positions;
    }

    /** Whether an index of these fields has the same keys for the same rows. */
    boolean hasSameKeys(final IndexKeys other) {
        if (textBytes != other.textBytes || fields.size() != other.fields.size()) {
            return false;
        }
        for (int i = 0; i < fields.size(); i++) {
            final Field one = fields.get(i);
            final Field two = other.fields.get(i);
            if (one.id() != two.id()
                    || one.optional() != two.optional()
                    || !one.type().equals(two.type())) {
                return false;
            }
        }
        return true;
    }

    /** The key of a row without its id; overwritten by the next call. */
    KeyEncoder of(final RowReader row) {
        key.clear();
        hasNull = false;
        for (int i = 0; i < positions.length; i++) {
            final int position = positions[i];
            if (row.isNull(position)) {
                key.addNull();
                hasNull = true;
            } else {
                final Field field = fields.get(i);
                final int length = row.length(position);
                key.add(field.type(), field.optional(), row.buffer(position), 0, length);
            }
        }
        return key;
    }

    /** Whether the last row had a null among the fields: such a row equals no other. */
    boolean hasNull() {
        return hasNull;
    }

    /** Whether two rows of the same key have the same texts. */
    boolean hasSameTexts(final RowReader one, final RowReader two) {
        for (int i = 0; i < positions.length; i++) {
            if (fields.get(i).type().isVariable() && !one.hasSameValue(positions[i], two)) {
                return false;
            }
        }
        return true;
    }
}
