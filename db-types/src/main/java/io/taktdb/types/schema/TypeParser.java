package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a type's spelling to the type: {@code f32}, {@code 3xf32}, {@code enum(a,b)}, or a named type. */
public final class TypeParser {
    private static final Pattern VECTOR = Pattern.compile("([0-9]{1,9})x([a-z0-9]{1,16})");
    private static final Pattern ENUM = Pattern.compile("enum\\(([^)]{0,100000})\\)");

    /** Types of the contract that are still to come. */
    private static final Pattern LATER = Pattern.compile("(list|option|ref)<|oneof\\{");

    private TypeParser() {}

    /**
     * The type that is written so.
     *
     * @param named the composites and enums of the schema, by name
     * @throws DbException INVALID_SCHEMA naming the spelling and the nearest known type
     */
    public static FieldType parse(final String spelling, final Map<String, ? extends FieldType> named) {
        final FieldType plain = plain(spelling);
        if (plain != null) {
            return plain;
        }
        final FieldType known = named.get(spelling);
        if (known != null) {
            return known;
        }
        final Matcher vector = VECTOR.matcher(spelling);
        if (vector.matches()) {
            return vector(spelling, vector);
        }
        final Matcher listed = ENUM.matcher(spelling);
        if (listed.matches()) {
            final String[] names = listed.group(1).split(",", -1);
            return EnumType.of(null, Arrays.stream(names).map(String::strip).toList());
        }
        if (LATER.matcher(spelling).lookingAt()) {
            throw new DbException(
                            ErrorCode.INVALID_SCHEMA,
                            "type is not supported in this version: type=" + Names.abbreviate(spelling)
                                    + "; use json, an optional field, or a u64 with the other record's id")
                    .with("type_name", Names.abbreviate(spelling));
        }
        throw unknown(spelling, named);
    }

    private static DbException unknown(final String spelling, final Map<String, ? extends FieldType> named) {
        final List<String> candidates = new ArrayList<>(named.keySet());
        for (final ScalarType type : ScalarType.values()) {
            candidates.add(type.spelling());
        }
        for (final VariableType type : VariableType.values()) {
            candidates.add(type.spelling());
        }
        return new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "unknown type: type=" + Names.abbreviate(spelling)
                                + Suggestion.didYouMean(spelling, candidates))
                .with("type_name", Names.abbreviate(spelling));
    }

    /** Whether the spelling is taken by a built-in type, so that no named type may use it. */
    public static boolean isBuiltIn(final String spelling) {
        return plain(spelling) != null || "enum".equals(spelling);
    }

    private static FieldType plain(final String spelling) {
        for (final ScalarType type : ScalarType.values()) {
            if (type.spelling().equals(spelling)) {
                return type;
            }
        }
        for (final VariableType type : VariableType.values()) {
            if (type.spelling().equals(spelling)) {
                return type;
            }
        }
        return null;
    }

    private static FieldType vector(final String spelling, final Matcher vector) {
        final int length = Integer.parseInt(vector.group(1));
        if (length < 1 || length > VectorType.MAX_LENGTH) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "vector length out of range: type=" + spelling + ", limit=1.." + VectorType.MAX_LENGTH);
        }
        if (plain(vector.group(2)) instanceof ScalarType element) {
            return new VectorType(length, element);
        }
        throw new DbException(
                ErrorCode.INVALID_SCHEMA,
                "a vector's elements are scalars: type=" + spelling + "; use one of i8..f64, e.g. 3xf32");
    }
}
