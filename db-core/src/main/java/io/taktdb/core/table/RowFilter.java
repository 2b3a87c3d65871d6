package io.taktdb.core.table;

import io.taktdb.core.index.KeyEncoder;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.TableSchema;
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
        IN("in");

        private final String sign;

        Op(final String sign) {
            this.sign = sign;
        }
    }

    private final int position;
    private final Field field;
    private final Op op;
    private final List<byte[]> values;
    private final byte[][] keys;
    private final KeyEncoder encoder = new KeyEncoder(IndexRules.MAX_TEXT_BYTES);

    /**
     * @param position of the field in the schema, or {@link #ID}
     * @param values bytes of values in the field's type, 8 bytes little-endian for ids; a null means null; several for
     *     {@code IN} only
     * @throws DbException INVALID_PARAMETER values of the type have no order
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
        this.keys = new byte[values.size()][];
        for (int i = 0; i < keys.length; i++) {
            final byte[] value = values.get(i);
            keys[i] = value == null || isText() ? value : key(new UnsafeBuffer(value), value.length);
        }
    }

    int position() {
        return position;
    }

    Op op() {
        return op;
    }

    /** The only value, null for null. */
    byte[] value() {
        return values.get(0);
    }

    boolean isNull() {
        return values.get(0) == null;
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
        final byte[] actual = actual(row);
        if (op == Op.IN) {
            for (final byte[] key : keys) {
                if (Arrays.equals(key, actual)) {
                    return true;
                }
            }
            return false;
        }
        if (actual == null || keys[0] == null) {
            return op == Op.EQ && actual == keys[0] || op == Op.NE && keys[0] == null && actual != null;
        }
        final int order = Arrays.compareUnsigned(actual, keys[0]);
        return switch (op) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            default -> order >= 0;
        };
    }

    private byte[] actual(final RowReader row) {
        if (position == ID) {
            encoder.clear().addId(row.id());
            return Arrays.copyOf(encoder.bytes(), encoder.length());
        }
        if (row.isNull(position)) {
            return null;
        }
        final int length = row.length(position);
        if (isText()) {
            final byte[] text = new byte[length];
            row.buffer(position).getBytes(0, text);
            return text;
        }
        return key(row.buffer(position), length);
    }

    @Override
    public String toString() {
        return (field == null ? "id" : field.name()) + ' ' + op.sign + (keys.length == 1 && isNull() ? " null" : " ?");
    }
}
