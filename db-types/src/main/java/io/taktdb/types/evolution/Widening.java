package io.taktdb.types.evolution;

import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;

/**
 * Which type may become which.
 *
 * <pre>
 *   bool ► any number                       i8 ► i16 ► i32 ► i64      u8 ► u16 ► u32 ► u64
 *   unsigned ► any larger signed            integers of 8 and 16 bits ► f32
 *   integers up to 32 bits, f32 ► f64       scalars and enums ► string      anything ► json
 *   value by value: i64, u64 ► f64
 * </pre>
 *
 * {@link #canWiden} is a partial order: reflexive, transitive, and two ways only for equal types. Threading: pure.
 */
public final class Widening {
    private static final int F32_EXACT_BYTES = Short.BYTES;
    private static final int F64_EXACT_BYTES = Integer.BYTES;

    private Widening() {}

    /** Whether every value of {@code from} is a value of {@code to}. */
    public static boolean canWiden(final FieldType from, final FieldType to) {
        if (from.equals(to) || to == VariableType.JSON) {
            return true;
        }
        if (to == VariableType.STRING) {
            return from instanceof ScalarType || from instanceof EnumType;
        }
        return from instanceof ScalarType narrow && to instanceof ScalarType wide && canWiden(narrow, wide);
    }

    private static boolean canWiden(final ScalarType from, final ScalarType to) {
        if (from == ScalarType.BOOL) {
            return to.isInteger() || to.isFloat();
        }
        if (from == ScalarType.F32) {
            return to == ScalarType.F64;
        }
        if (!from.isInteger()) {
            return false;
        }
        if (to.isFloat()) {
            return from.rowBytes() <= (to == ScalarType.F32 ? F32_EXACT_BYTES : F64_EXACT_BYTES);
        }
        if (!to.isInteger() || to.rowBytes() <= from.rowBytes()) {
            return false;
        }
        return from.isUnsigned() || !to.isUnsigned();
    }

    /**
     * Whether a field may be asked to become {@code to}: {@link #canWiden}, or i64 and u64 to f64, where each value
     * must be converted ({@link ValueConversion}) and a single inexact one is reason to refuse.
     */
    public static boolean mayWiden(final FieldType from, final FieldType to) {
        return canWiden(from, to) || (to == ScalarType.F64 && (from == ScalarType.I64 || from == ScalarType.U64));
    }
}
