package io.taktdb.core.table;

import io.taktdb.core.index.KeyCursor;
import io.taktdb.core.index.KeyEncoder;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.TableSchema;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The records of one table whose field holds an id, found through an index.
 *
 * <pre>{@code
 * for (boolean at = referrers.seek(id); at; at = referrers.next()) { referrers.id(); }
 * }</pre>
 *
 * A walk ends when the table changes. Threading: one thread, under one lease (or the tick thread on a {@link Table}).
 */
public final class Referrers {
    private final TableView table;
    private final int index;
    private final Field field;
    private final KeyEncoder key;
    private final KeyCursor cursor = new KeyCursor();
    private final UnsafeBuffer value = new UnsafeBuffer(new byte[Long.BYTES]);

    /**
     * @param fieldId of type u64 or i64, the first field of an index
     */
    public Referrers(final TableView table, final int fieldId) {
        final TableSchema schema = table.schema();
        final List<IndexSchema> indexes = schema.indexes();
        int found = 0;
        while (!indexes.get(found).startsWith(fieldId)) {
            found++;
        }
        this.table = table;
        this.index = found;
        this.field = schema.fieldById(fieldId);
        this.key = new KeyEncoder(IndexRules.MAX_TEXT_BYTES);
    }

    /**
     * Goes to the first record.
     *
     * @return false when there is none
     */
    public boolean seek(final long id) {
        value.putLong(0, id, ByteOrder.LITTLE_ENDIAN);
        key.clear().add(field.type(), field.optional(), value, 0, Long.BYTES);
        return cursor.wrap(table.index(index)).seek(key.bytes(), key.length()) && isAt();
    }

    /**
     * Goes to the next record.
     *
     * @return false at the end
     */
    public boolean next() {
        return cursor.next() && isAt();
    }

    private boolean isAt() {
        return cursor.startsWith(key.bytes(), key.length());
    }

    /** The record's id. */
    public long id() {
        return cursor.id();
    }
}
