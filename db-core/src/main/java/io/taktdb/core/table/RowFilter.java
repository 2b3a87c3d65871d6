package io.taktdb.core.table;

import io.taktdb.core.index.KeyEncoder;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VariableType;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One condition on one field of a row, or on its id.
 *
 * <p>Values compare as they sort in an index, texts and bytes in full length. Null equals null, and is in no other
 * relation to anything: as in SQL, {@code NE} finds no nulls, unless it says "not null". Threading: one thread.
 */
public final class RowFilter {
    /** The position that means the id. */
    public static final int ID = -1;

    /** How a value of a row must relate to the given ones. */
    public enum Op {
        EQ("="),
        NE("<>"),
        LT("<"),
        LE("<="),
        GT(">"),
        GE(">="),
        /** Equal to one of several. */
        IN("in"),
        /** A text that fits a pattern, see {@link LikePattern}. */
        LIKE("like");

        private final String sign;

        Op(final String sign) {
            this.sign = sign;
        }
    }

    /** The most values of one condition. */
    public static final int MAX_VALUES = 1000;

    private final int position;
    private final Field field;
    private final Op op;
    private final List<byte[]> values;
    private final byte[][] keys;
    private final LikePattern pattern;
    private final KeyEncoder encoder = new KeyEncoder(IndexRules.MAX_TEXT_BYTES);

    /**
     * @param position of the field in the schema, or {@link #ID}
     * @param values bytes of values in the field's type, 8 bytes little-endian for ids; a null means null; several for
     *     {@code IN} only
     * @throws DbException INVALID_PARAMETER values of the type have no order, or are no texts for {@code LIKE};
     *     LIMIT_EXCEEDED too many values
     */
    public RowFilter(final TableSchema table, final int position, final Op op, final List<byte[]> values) {
        this.position = position;
        this.field = position == ID ? null : table.fields().get(position);
        this.op = op;
        this.values = values;
        if (field != null && !IndexRules.isIndexable(field.type())) {
            throw new DbException(
                            ErrorCode.INVALID_PARAMETER,
                            "values of this type cannot be compared: table=" + table.name() + ", field=" + field.name()
                                    + ", type=" + field.type().spelling())
                    .with("field", field.name());
        }
        if (values.size() > MAX_VALUES) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "too many values in one filter: field=" + name() + ", values=" + values.size() + ", limit="
                            + MAX_VALUES + "; ask in parts");
        }
        this.pattern = op == Op.LIKE ? pattern() : null;
        this.keys = new byte[values.size()][];
        for (int i = 0; i < keys.length; i++) {
            final byte[] value = values.get(i);
            keys[i] = value == null || isText() ? value : key(new UnsafeBuffer(value), value.length);
        }
    }

    private LikePattern pattern() {
        if (field == null || field.type() != VariableType.STRING || isNull()) {
            throw new DbException(
                            ErrorCode.INVALID_PARAMETER,
                            "like compares texts only: field=" + name() + ", type="
                                    + (field == null ? "u64" : field.type().spelling())
                                    + "; use eq, ne, lt, le, gt, ge or in")
                    .with("field", name());
        }
        return LikePattern.of(values.get(0));
    }

    /** Position of the field in the schema, or {@link #ID}. */
    public int position() {
        return position;
    }

    public Op op() {
        return op;
    }

    /** The values as they were given. */
    public List<byte[]> values() {
        return values;
    }

    /** Bytes that every text which fits the pattern starts with; empty if none, and for other conditions. */
    byte[] textPrefix() {
        return pattern == null ? new byte[0] : pattern.prefix();
    }

    private String name() {
        return field == null ? "id" : field.name();
    }

    /** The only value, null for null. */
    byte[] value() {
        return values.get(0);
    }

    boolean isNull() {
        return values.size() == 1 && values.get(0) == null;
    }

    private boolean isText() {
        return field != null && field.type().isVariable();
    }

    private byte[] key(final DirectBuffer value, final int length) {
        encoder.clear();
        if (field == null) {
            encoder.addId(value.getLong(0, ByteOrder.LITTLE_ENDIAN));
        } else {
            encoder.add(field.type(), false, value, 0, length);
        }
        return Arrays.copyOf(encoder.bytes(), encoder.length());
    }

    /** Whether the row fulfils the condition. */
    public boolean matches(final RowReader row) {
        if (position != ID && row.isNull(position)) {
            return matchesNull();
        }
        if (isText()) {
            return matchesText(row.buffer(position), row.length(position));
        }
        encoder.clear();
        if (position == ID) {
            encoder.addId(row.id());
        } else {
            encoder.add(field.type(), false, row.buffer(position), 0, row.length(position));
        }
        if (op == Op.IN) {
            for (final byte[] key : keys) {
                if (key != null && order(key) == 0) {
                    return true;
                }
            }
            return false;
        }
        return keys[0] == null ? op == Op.NE : fulfils(order(keys[0]));
    }

    /** How the row's key, just encoded, lies to another. */
    private int order(final byte[] key) {
        return Arrays.compareUnsigned(encoder.bytes(), 0, encoder.length(), key, 0, key.length);
    }

    private boolean matchesNull() {
        if (op == Op.IN) {
            for (final byte[] key : keys) {
                if (key == null) {
                    return true;
                }
            }
        }
        return op == Op.EQ && keys[0] == null;
    }

    private boolean matchesText(final DirectBuffer text, final int length) {
        if (op == Op.LIKE) {
            return pattern.matches(text, length);
        }
        if (op == Op.IN) {
            for (final byte[] key : keys) {
                if (key != null && key.length == length && compare(text, length, key) == 0) {
                    return true;
                }
            }
            return false;
        }
        return keys[0] == null ? op == Op.NE : fulfils(compare(text, length, keys[0]));
    }

    private static int compare(final DirectBuffer text, final int length, final byte[] other) {
        final int common = Math.min(length, other.length);
        for (int i = 0; i < common; i++) {
            final int order = Byte.compareUnsigned(text.getByte(i), other[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(length, other.length);
    }

    private boolean fulfils(final int order) {
        return switch (op) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            default -> order >= 0;
        };
    }

    @Override
    public String toString() {
        return name() + ' ' + op.sign + (isNull() ? " null" : " ?");
    }
}
