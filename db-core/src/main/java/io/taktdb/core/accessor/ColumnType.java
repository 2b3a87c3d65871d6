package io.taktdb.core.accessor;

import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VectorType;

/**
 * How one stored value looks in Java.
 *
 * <p>Threading: immutable.
 */
enum ColumnType {
    BOOL(boolean.class, byte.class),
    I8(byte.class, byte.class),
    U8(int.class, byte.class),
    I16(short.class, short.class),
    U16(int.class, short.class),
    I32(int.class, int.class),
    U32(long.class, int.class),
    I64(long.class, long.class),
    F32(float.class, float.class),
    F64(double.class, double.class);

    private final Class<?> java;
    private final Class<?> stored;

    ColumnType(final Class<?> java, final Class<?> stored) {
        this.java = java;
        this.stored = stored;
    }

    /** The type in a chunk's methods. */
    Class<?> java() {
        return java;
    }

    /** The primitive of the same size that memory is read and written as. */
    Class<?> stored() {
        return stored;
    }

    /** Bytes of the value in memory. */
    int bytes() {
        return switch (this) {
            case BOOL, I8, U8 -> Byte.BYTES;
            case I16, U16 -> Short.BYTES;
            case I32, U32, F32 -> Integer.BYTES;
            case I64, F64 -> Long.BYTES;
        };
    }

    /** Whether the value is wider in Java than in memory and has no sign. */
    boolean isUnsigned() {
        return this == U8 || this == U16 || this == U32;
    }

    /** The type of a field's values, or of its elements; null when chunks do not offer the field. */
    static ColumnType of(final FieldType type) {
        if (type instanceof ScalarType scalar) {
            return ofScalar(scalar);
        }
        if (type instanceof VectorType vector) {
            return ofScalar(vector.element());
        }
        if (type instanceof EnumType) {
            return type.rowBytes() == Byte.BYTES ? U8 : U16;
        }
        return null;
    }

    private static ColumnType ofScalar(final ScalarType type) {
        return switch (type) {
            case BOOL -> BOOL;
            case I8 -> I8;
            case U8 -> U8;
            case I16 -> I16;
            case U16 -> U16;
            case I32 -> I32;
            case U32 -> U32;
            case I64, U64, TIMESTAMP -> I64;
            case F32 -> F32;
            case F64 -> F64;
            case UUID -> null;
        };
    }
}
