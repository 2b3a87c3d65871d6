package io.taktdb.types.schema;

import java.util.Locale;

/** A type of one fixed-size value. The order is part of the byte form of values: new ones go at the end. */
public enum ScalarType implements FieldType {
    /** One byte, 0 or 1; anything else found on load is corruption. */
    BOOL(1),
    I8(1),
    I16(2),
    I32(4),
    I64(8),
    U8(1),
    U16(2),
    U32(4),
    U64(8),
    F32(4),
    F64(8),
    /** Signed microseconds since 1970-01-01T00:00:00Z. */
    TIMESTAMP(8),
    /** 16 bytes in the order in which they are written (most significant first). */
    UUID(16);

    private final int rowBytes;
    private final String spelling;

    ScalarType(final int rowBytes) {
        this.rowBytes = rowBytes;
        this.spelling = name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int rowBytes() {
        return rowBytes;
    }

    @Override
    public String spelling() {
        return spelling;
    }

    /** Whether values are whole numbers: i8 to u64. */
    public boolean isInteger() {
        return ordinal() >= I8.ordinal() && ordinal() <= U64.ordinal();
    }

    /** Whether values are f32 or f64. */
    public boolean isFloat() {
        return this == F32 || this == F64;
    }

    /** Whether negative values do not exist: u8 to u64. */
    public boolean isUnsigned() {
        return ordinal() >= U8.ordinal() && ordinal() <= U64.ordinal();
    }

    /** The smallest value of an integer type. */
    public long minInteger() {
        return isUnsigned() || rowBytes == Long.BYTES ? (isUnsigned() ? 0 : Long.MIN_VALUE) : -1L << (rowBytes * 8 - 1);
    }

    /** The largest value of an integer type; for {@code u64} all bits set, to be read as unsigned. */
    public long maxInteger() {
        if (rowBytes == Long.BYTES) {
            return this == U64 ? -1L : Long.MAX_VALUE;
        }
        return (1L << (rowBytes * 8 - (isUnsigned() ? 0 : 1))) - 1;
    }
}
