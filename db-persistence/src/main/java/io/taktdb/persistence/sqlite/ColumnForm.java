package io.taktdb.persistence.sqlite;

import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.NestedType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;

/** How the values of a field stand in a column. */
enum ColumnForm {
    /** bool: 0 or 1. */
    BOOL("INTEGER"),
    /** Integers and timestamps. */
    INTEGER("INTEGER"),
    /** u64 of which some are beyond 2^63 - 1: decimal digits. */
    DECIMAL("TEXT"),
    /** f32 and f64. */
    REAL("REAL"),
    /** string: the text. */
    STRING("TEXT"),
    /** json: the text. */
    JSON("TEXT"),
    /** uuid and enum: as JSON writes them, without quotes. */
    WORD("TEXT"),
    /** bytes and vectors: the bytes. */
    BLOB("BLOB"),
    /** Composites, lists, options and oneofs: JSON. */
    OBJECT("TEXT");

    private final String sqlType;

    ColumnForm(final String sqlType) {
        this.sqlType = sqlType;
    }

    /** What CREATE TABLE says. */
    String sqlType() {
        return sqlType;
    }

    /**
     * The form of a type.
     *
     * @param large whether some value is a u64 beyond 2^63 - 1
     */
    static ColumnForm of(final FieldType type, final boolean large) {
        if (type instanceof ScalarType scalar) {
            return switch (scalar) {
                case BOOL -> BOOL;
                case F32, F64 -> REAL;
                case UUID -> WORD;
                default -> large ? DECIMAL : INTEGER;
            };
        }
        if (type instanceof VariableType variable) {
            return switch (variable) {
                case STRING -> STRING;
                case JSON -> JSON;
                case BYTES -> BLOB;
            };
        }
        if (type instanceof EnumType) {
            return WORD;
        }
        if (type instanceof VectorType) {
            return BLOB;
        }
        if (type instanceof CompositeType || type instanceof NestedType) {
            return OBJECT;
        }
        throw new IllegalArgumentException("no column for type: type=" + type.spelling());
    }
}
