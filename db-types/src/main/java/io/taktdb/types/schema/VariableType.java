package io.taktdb.types.schema;

import java.util.Locale;

/** A type whose values have no fixed size. The order is part of the byte form of values: new ones go at the end. */
public enum VariableType implements FieldType {
    /** Well-formed UTF-8. */
    STRING,
    BYTES,
    /** One JSON value as UTF-8 text without insignificant white space; numbers keep their digits. */
    JSON;

    /** Bytes of the reference that a row holds instead of the value. */
    public static final int REFERENCE_BYTES = 16;

    private final String spelling = name().toLowerCase(Locale.ROOT);

    @Override
    public int rowBytes() {
        return REFERENCE_BYTES;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
