package io.taktdb.core.table;

import io.taktdb.core.index.KeyCursor;
import io.taktdb.core.index.KeyEncoder;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.IndexSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The parts of an index that can hold what filters ask for: its first fields equal, and the next one one of several
 * values, or within bounds. After the last field comes the id.
 *
 * <p>A superset: texts are cut in keys, so whoever reads must match every row with the filters. Threading: one thread,
 * under one lease (or the tick thread on a {@link Table}).
 */
final class IndexRange {
    private final int index;
    private final IndexSchema schema;
    private final IndexKeys keys;
    private final int equal;
    private final KeyCursor cursor = new KeyCursor();
    private final List<Part> parts = new ArrayList<>(1);
    private String next = "";
    private int nextScore;
    private int at;

    /** Keys from the low one on, up to those that start with the high one. */
    private record Part(byte[] low, byte[] high) {}

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
            add(key, fixed++, filter.value());
        }
        this.equal = fixed;
        final byte[] start = Arrays.copyOf(key.bytes(), key.length());
        final RowFilter oneOf = find(filters, position(fixed), List.of(RowFilter.Op.IN));
        if (oneOf != null) {
            split(start, fixed, oneOf);
        } else {
            bound(filters, fixed, start);
        }
    }

    /** The field after those that are fixed, or the id. */
    private int position(final int fixed) {
        return fixed < keys.positions().length ? keys.positions()[fixed] : RowFilter.ID;
    }

    private static RowFilter find(final List<RowFilter> filters, final int position, final List<RowFilter.Op> ops) {
        for (final RowFilter filter : filters) {
            if (filter.position() == position && ops.contains(filter.op())) {
                return filter;
            }
        }
        return null;
    }

    private void add(final KeyEncoder key, final int place, final byte[] value) {
        if (place == keys.positions().length) {
            key.addId(ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong());
        } else if (value == null) {
            key.addNull();
        } else {
            final Field field = keys.fields().get(place);
            key.add(field.type(), field.optional(), new UnsafeBuffer(value), 0, value.length);
        }
    }

    /** One part per value, in the order of the index. */
    private void split(final byte[] start, final int place, final RowFilter oneOf) {
        final TreeSet<byte[]> prefixes = new TreeSet<>(Arrays::compareUnsigned);
        for (final byte[] value : oneOf.values()) {
            if (value != null
                    || place < keys.positions().length
                            && keys.fields().get(place).optional()) {
                prefixes.add(append(start, place, value));
            }
        }
        prefixes.forEach(prefix -> parts.add(new Part(prefix, prefix)));
        next = ", the next one of " + oneOf.values().size();
        nextScore = 3;
    }

    /** Narrows the range by the field at a place. Nulls lie below all values. */
    private void bound(final List<RowFilter> filters, final int place, final byte[] start) {
        final int position = position(place);
        final RowFilter from = find(filters, position, List.of(RowFilter.Op.GE, RowFilter.Op.GT));
        final RowFilter to = find(filters, position, List.of(RowFilter.Op.LE, RowFilter.Op.LT));
        final RowFilter like = find(filters, position, List.of(RowFilter.Op.LIKE));
        byte[] low = start;
        byte[] high = start;
        if (from != null && !from.isNull()) {
            low = append(start, place, from.value());
        } else if (to != null
                && place < keys.positions().length
                && keys.fields().get(place).optional()) {
            low = Arrays.copyOf(start, start.length + 1);
            low[start.length] = 1;
        }
        if (to != null && !to.isNull()) {
            high = append(start, place, to.value());
        }
        if (from != null || to != null) {
            next = ", the next within bounds";
            nextScore = place < keys.positions().length ? 2 : 0;
        } else if (like != null && like.textPrefix().length > 0) {
            final byte[] whole = append(start, place, like.textPrefix());
            low = Arrays.copyOf(whole, whole.length - KeyEncoder.TEXT_END_BYTES);
            high = low;
            next = ", the next by its start";
            nextScore = 2;
        }
        parts.add(new Part(low, high));
    }

    private byte[] append(final byte[] start, final int place, final byte[] value) {
        final KeyEncoder key = new KeyEncoder(keys.textBytes());
        add(key, place, value);
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
        return equal * 4 + nextScore + (isOne() ? 1 : 0);
    }

    /** Whether at most one row, or those with nulls, can be within. */
    boolean isOne() {
        return schema.unique() && equal == keys.positions().length;
    }

    /** Goes to the first key, or, backwards, to the last. */
    boolean first(final TableView table, final boolean backwards) {
        cursor.wrap(table.index(index));
        at = backwards ? parts.size() - 1 : 0;
        return enter(backwards);
    }

    /** Goes to the next key, or, backwards, to the one before. */
    boolean next(final boolean backwards) {
        if ((backwards ? cursor.previous() : cursor.next()) && isWithin(backwards)) {
            return true;
        }
        at += backwards ? -1 : 1;
        return enter(backwards);
    }

    /** Goes to the first key of this part, or of the next one that has any. */
    private boolean enter(final boolean backwards) {
        while (at >= 0 && at < parts.size()) {
            final Part part = parts.get(at);
            final byte[] above = backwards ? above(part.high()) : null;
            final boolean found =
                    backwards ? cursor.seekBelow(above, above.length) : cursor.seek(part.low(), part.low().length);
            if (found && isWithin(backwards)) {
                return true;
            }
            at += backwards ? -1 : 1;
        }
        return false;
    }

    private boolean isWithin(final boolean backwards) {
        final Part part = parts.get(at);
        return backwards
                ? cursor.compareTo(part.low(), part.low().length) >= 0
                : cursor.startsWith(part.high(), part.high().length)
                        || cursor.compareTo(part.high(), part.high().length) < 0;
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
        return "index " + schema.name() + ": " + equal + " of " + keys.positions().length + " fields equal" + next;
    }
}
