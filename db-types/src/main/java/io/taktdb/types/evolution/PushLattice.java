package io.taktdb.types.evolution;

import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.ValueKind;

/**
 * What a column becomes when schema-later push brings a value that it does not hold.
 *
 * <pre>
 *   none ► bool ► i64 ► f64 ► string ► json
 * </pre>
 *
 * A column holds every kind to its left, so that the join is the one further right: commutative, associative and
 * idempotent, with null as its neutral element. What f64 cannot hold exactly goes one step further, see
 * {@link #next}. Threading: pure.
 */
public final class PushLattice {
    private static final FieldType[] CHAIN = {
        null, ScalarType.BOOL, ScalarType.I64, ScalarType.F64, VariableType.STRING, VariableType.JSON
    };

    private PushLattice() {}

    /**
     * The kind that holds both kinds.
     *
     * @param a {@link ValueKind}: NULL, BOOL, I64, F64, STRING or JSON
     */
    public static byte join(final byte a, final byte b) {
        return rank(a) >= rank(b) ? a : b;
    }

    /** The column type of a kind; null for {@link ValueKind#NULL}, which makes no column. */
    public static FieldType typeOf(final byte kind) {
        return CHAIN[rank(kind)];
    }

    /** Whether push makes columns of this type. */
    static boolean isColumnOfPush(final FieldType type) {
        return type.equals(CHAIN[rank(type)]);
    }

    /**
     * The type of a column after a value of some kind came.
     *
     * <p>A declared column of another type than push makes stands where its values do: i8 to u32 at i64, u64 and f32
     * at f64, timestamp, uuid and enums at string, all else at json. Ask only once the value was found not to fit the
     * column.
     *
     * @param column the column's type, or null if there is none yet
     * @return the type that it must have, or null if there is still no need of a column
     */
    public static FieldType join(final FieldType column, final byte came) {
        final int stands = rank(column);
        final int wanted = rank(came);
        if (wanted > stands) {
            return CHAIN[wanted];
        }
        return column == null || column.equals(CHAIN[stands]) ? column : CHAIN[stands];
    }

    /** The next type to try when some value is not exact in {@code type}: string after numbers, then json. */
    public static FieldType next(final FieldType type) {
        return rank(type) < rank(ValueKind.STRING) ? VariableType.STRING : VariableType.JSON;
    }

    private static int rank(final byte kind) {
        return switch (kind) {
            case ValueKind.NULL -> 0;
            case ValueKind.BOOL -> 1;
            case ValueKind.I64 -> 2;
            case ValueKind.F64 -> 3;
            case ValueKind.STRING -> 4;
            case ValueKind.JSON -> 5;
            default -> throw new IllegalArgumentException("push has no such kind: kind=" + ValueKind.describe(kind));
        };
    }

    private static int rank(final FieldType column) {
        if (column == null) {
            return 0;
        }
        if (column instanceof ScalarType scalar) {
            if (scalar == ScalarType.BOOL) {
                return 1;
            }
            if (scalar.isInteger() && scalar != ScalarType.U64) {
                return 2;
            }
            return scalar.isFloat() || scalar == ScalarType.U64 ? 3 : 4;
        }
        return column == VariableType.STRING || column instanceof EnumType ? 4 : 5;
    }
}
