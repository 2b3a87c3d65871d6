package io.taktdb.core.table;

import io.taktdb.core.index.KeyCursor;
import io.taktdb.core.index.KeyEncoder;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.IndexSchema;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The part of an index that can hold what filters ask for: its first fields equal, and the next one within bounds.
 *
 * <p>A superset: texts are cut in keys, so whoever reads must match every row with the filters. Threading: one thread,
 * under one lease (or the tick thread on a {@link Table}).
 */
final class IndexRange {
    private final int index;
    private final IndexSchema schema;
    private final IndexKeys keys;
    private final int equal;
    private final boolean bounded;
    private final KeyCursor cursor = new KeyCursor();
    private byte[] low;
    private byte[] high;

    /**
     * @param index position in the schema
     */
    IndexRange(final TableView table, final int index, final List<RowFilter> filters) {
        this.index = index;
        this.schema = table.schema().indexes().get(index);
        this.keys = new IndexKeys(table.schema(), schema);
        final KeyEncoder key = new KeyEncoder(keys.textBytes());
        int fixed = 0;
        while (fixed < keys.positions().length) {
            final RowFilter filter = find(filters, keys.positions()[fixed], List.of(RowFilter.Op.EQ));
            if (filter == null) {
                break;
            }
            add(key, fixed++, filter);
        }
        this.equal = fixed;
        low = Arrays.copyOf(key.bytes(), key.length());
        high = low;
        this.bounded = fixed < keys.positions().length && bound(filters, fixed);
    }

    private static RowFilter find(final List<RowFilter> filters, final int position, final List<RowFilter.Op> ops) {
        for (final RowFilter filter : filters) {
            if (filter.position() == position && ops.contains(filter.op())) {
                return filter;
            }
        }
        return null;
    }

    private void add(final KeyEncoder key, final int at, final RowFilter filter) {
        if (filter.isNull()) {
            key.addNull();
        } else {
            final Field field = keys.fields().get(at);
            key.add(field.type(), field.optional(), new UnsafeBuffer(filter.value()), 0, filter.value().length);
        }
    }

    /** Narrows the range by the field at a position. Nulls lie below all values. */
    private boolean bound(final List<RowFilter> filters, final int at) {
        final int position = keys.positions()[at];
        final RowFilter from = find(filters, position, List.of(RowFilter.Op.GE, RowFilter.Op.GT));
        final RowFilter to = find(filters, position, List.of(RowFilter.Op.LE, RowFilter.Op.LT));
        if (from != null && !from.isNull()) {
            low = append(low, at, from);
        } else if (to != null && keys.fields().get(at).optional()) {
            low = Arrays.copyOf(low, low.length + 1);
            low[low.length - 1] = 1;
        }
        if (to != null && !to.isNull()) {
            high = append(high, at, to);
        }
        return from != null || to != null;
    }

    private byte[] append(final byte[] start, final int at, final RowFilter filter) {
        final KeyEncoder key = new KeyEncoder(keys.textBytes());
        add(key, at, filter);
        final byte[] whole = Arrays.copyOf(start, start.length + key.length());
        System.arraycopy(key.bytes(), 0, whole, start.length, key.length());
        return whole;
    }

    IndexKeys keys() {
        return keys;
    }

    /** How many of the index's first fields are fixed. */
    int equal() {
        return equal;
    }

    /** How much the range narrows; 0: not at all. */
    int score() {
        final boolean one = schema.unique() && equal == keys.positions().length;
        return equal * 4 + (bounded ? 2 : 0) + (one ? 1 : 0);
    }

    /** Goes to the first key, or, backwards, to the last. */
    boolean first(final TableView table, final boolean backwards) {
        cursor.wrap(table.index(index));
        if (backwards) {
            final byte[] above = above(high);
            return cursor.seekBelow(above, above.length) && isWithin(true);
        }
        return cursor.seek(low, low.length) && isWithin(false);
    }

    /** Goes to the next key, or, backwards, to the one before. */
    boolean next(final boolean backwards) {
        return (backwards ? cursor.previous() : cursor.next()) && isWithin(backwards);
    }

    private boolean isWithin(final boolean backwards) {
        return backwards
                ? cursor.compareTo(low, low.length) >= 0
                : cursor.startsWith(high, high.length) || cursor.compareTo(high, high.length) < 0;
    }

    /** The lowest bytes above all that start with a prefix. */
    private static byte[] above(final byte[] prefix) {
        int end = prefix.length;
        while (end > 0 && prefix[end - 1] == (byte) 0xFF) {
            end--;
        }
        if (end == 0) {
            final byte[] highest = new byte[IndexRules.MAX_KEY_BYTES + Long.BYTES + 1];
            Arrays.fill(highest, (byte) 0xFF);
            return highest;
        }
        final byte[] above = Arrays.copyOf(prefix, end);
        above[end - 1]++;
        return above;
    }

    long id() {
        return cursor.id();
    }

    @Override
    public String toString() {
        return "index " + schema.name() + ": " + equal + " of " + keys.positions().length + " fields equal"
                + (bounded ? ", the next within bounds" : "");
    }
}
