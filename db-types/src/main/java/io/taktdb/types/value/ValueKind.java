package io.taktdb.types.value;

import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ListType;
import io.taktdb.types.schema.OneofType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;

/**
 * The first byte of a value's byte form.
 *
 * <pre>
 *   OFFSET  SIZE  DESCRIPTION
 *        0     1  kind
 *   scalar kinds (1 + ordinal of ScalarType):
 *        1     n  the value, little-endian, n = bytes in the row
 *   null (0): nothing more
 *   string 32, bytes 33, json 34, patch 35, vector 48, composite 49, enum 50, list 64, option 65, oneof 66:
 *        1     4  length in bytes, little-endian
 *        5     n  the bytes; a vector, composite or enum as it lies in the row
 *
 *   bytes of   list    the elements, one after the other, each in this very form (kind and all)
 *              option  the value that there is, in this form; none is null (0)
 *              patch   an RFC 7396 merge patch of a json or composite value, as JSON; in commands only
 *              oneof   2 bytes: position of the variant, little-endian; then its value in this form
 * </pre>
 *
 * The heap keeps the bytes without kind and length. There, no bytes at all are the empty list, none, or the first
 * variant with its type's zero value: what a row shows that is older than its field.
 */
public final class ValueKind {
    public static final byte NULL = 0;
    public static final byte BOOL = 1;
    public static final byte I64 = 5;
    public static final byte U64 = 9;
    public static final byte F64 = 11;
    public static final byte STRING = 32;
    public static final byte BYTES = 33;
    public static final byte JSON = 34;
    public static final byte PATCH = 35;
    public static final byte VECTOR = 48;
    public static final byte COMPOSITE = 49;
    public static final byte ENUM = 50;
    public static final byte LIST = 64;
    public static final byte OPTION = 65;
    public static final byte ONEOF = 66;

    /** Bytes of a variant's position. */
    public static final int VARIANT_BYTES = Short.BYTES;

    private static final ScalarType[] SCALARS = ScalarType.values();

    private ValueKind() {}

    /** The kind of a type's values. */
    public static byte of(final FieldType type) {
        if (type instanceof ScalarType scalar) {
            return (byte) (scalar.ordinal() + 1);
        }
        if (type instanceof VariableType variable) {
            return (byte) (STRING + variable.ordinal());
        }
        if (type instanceof VectorType) {
            return VECTOR;
        }
        if (type instanceof CompositeType) {
            return COMPOSITE;
        }
        if (type instanceof EnumType) {
            return ENUM;
        }
        if (type instanceof ListType) {
            return LIST;
        }
        if (type instanceof OptionType) {
            return OPTION;
        }
        if (type instanceof OneofType) {
            return ONEOF;
        }
        throw new IllegalArgumentException("no kind for type: type=" + type.spelling());
    }

    /** Whether a length follows the kind. */
    static boolean hasLength(final byte kind) {
        return kind >= STRING && kind <= PATCH || kind >= VECTOR && kind <= ENUM || kind >= LIST && kind <= ONEOF;
    }

    /** Whether the kind is a scalar's. */
    public static boolean isScalar(final byte kind) {
        return kind >= 1 && kind <= SCALARS.length;
    }

    /** The scalar of a scalar kind. */
    public static ScalarType scalar(final byte kind) {
        return SCALARS[kind - 1];
    }

    /** A word for an error text, e.g. {@code i64}, {@code string}, {@code null}. */
    public static String describe(final byte kind) {
        if (isScalar(kind)) {
            return scalar(kind).spelling();
        }
        switch (kind) {
            case NULL:
                return "null";
            case STRING:
            case BYTES:
            case JSON:
                return VariableType.values()[kind - STRING].spelling();
            case PATCH:
                return "patch";
            case VECTOR:
                return "vector";
            case COMPOSITE:
                return "composite";
            case ENUM:
                return "enum";
            case LIST:
                return "list";
            case OPTION:
                return "option";
            case ONEOF:
                return "oneof";
            default:
                return "kind " + kind;
        }
    }
}
