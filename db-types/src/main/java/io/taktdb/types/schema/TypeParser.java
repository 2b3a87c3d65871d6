package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From a type's spelling to the type.
 *
 * <pre>
 *   type   = scalar | "string" | "bytes" | "json" | N "x" scalar | "enum(" name {"," name} ")" | name of a named type
 *          | "list&lt;" type "&gt;" | "option&lt;" type "&gt;" | "oneof{" name ":" type {"," name ":" type} "}"
 *   field  = type | "ref&lt;" table "&gt;"
 * </pre>
 *
 * Threading: pure.
 */
public final class TypeParser {
    private static final Set<String> WORDS = Set.of("enum", "list", "option", "oneof", "ref");
    private static final Pattern VECTOR = Pattern.compile("([0-9]{1,9})x([a-z0-9]{1,16})");
    private static final Pattern ENUM = Pattern.compile("enum\\(([^)]{0,100000})\\)");

    private static final Pattern GENERIC = Pattern.compile("(list|option|ref)<(.*)>", Pattern.DOTALL);
    private static final Pattern ONEOF = Pattern.compile("oneof\\{(.*)\\}", Pattern.DOTALL);
    private static final Pattern VARIANT = Pattern.compile("\\s*([^:\\s]{1,255})\\s*:(.*)", Pattern.DOTALL);
    private static final Pattern REF = Pattern.compile("ref<\\s*([^<>\\s]{1,255})\\s*>");

    private TypeParser() {}

    /**
     * The type that is written so.
     *
     * @param named the composites and enums of the schema, by name
     * @throws DbException INVALID_SCHEMA naming the spelling and the nearest known type
     */
    public static FieldType parse(final String spelling, final Map<String, ? extends FieldType> named) {
        return parse(spelling, named, 0);
    }

    private static FieldType parse(
            final String spelling, final Map<String, ? extends FieldType> named, final int depth) {
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
        final FieldType nested = nested(spelling, named, depth);
        if (nested == null) {
            throw unknown(spelling, named);
        }
        requireDepth(spelling, NestedType.depthOf(nested));
        return nested;
    }

    private static void requireDepth(final String spelling, final int depth) {
        if (depth > CompositeType.MAX_DEPTH) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "type is nested too deeply: type=" + Names.abbreviate(spelling) + ", limit="
                            + CompositeType.MAX_DEPTH + "; use json, or a table of its own");
        }
    }

    private static FieldType nested(
            final String spelling, final Map<String, ? extends FieldType> named, final int depth) {
        final Matcher generic = GENERIC.matcher(spelling);
        final Matcher oneof = ONEOF.matcher(spelling);
        if (generic.matches() || oneof.matches()) {
            requireDepth(spelling, depth + 1);
        }
        if (generic.matches()) {
            if ("ref".equals(generic.group(1))) {
                throw new DbException(
                                ErrorCode.INVALID_SCHEMA,
                                "a ref is the type of a whole field: type=" + Names.abbreviate(spelling)
                                        + "; use u64 here, or a table that has one record for each ref")
                        .with("type_name", Names.abbreviate(spelling));
            }
            final FieldType inner = parse(generic.group(2).strip(), named, depth + 1);
            return "list".equals(generic.group(1)) ? new ListType(inner) : new OptionType(inner);
        }
        if (!oneof.matches()) {
            return null;
        }
        final List<OneofType.Variant> variants = new ArrayList<>();
        for (final String part : split(oneof.group(1))) {
            final Matcher variant = VARIANT.matcher(part);
            if (!variant.matches()) {
                throw new DbException(
                                ErrorCode.INVALID_SCHEMA,
                                "a variant is a name and a type: type=" + Names.abbreviate(spelling) + ", variant="
                                        + Names.abbreviate(part.strip()) + "; write e.g. oneof{damage: i32, heal: f32}")
                        .with("type_name", Names.abbreviate(spelling));
            }
            variants.add(new OneofType.Variant(
                    variant.group(1), parse(variant.group(2).strip(), named, depth + 1)));
        }
        return new OneofType(variants);
    }

    /** The parts between commas that are in no brackets. */
    private static List<String> split(final String text) {
        final List<String> parts = new ArrayList<>();
        int open = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '<' || c == '{' || c == '(') {
                open++;
            } else if (c == '>' || c == '}' || c == ')') {
                open--;
            } else if (c == ',' && open == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** The table that {@code ref<table>} names, or null for any other type. */
    public static String referredTable(final String spelling) {
        final Matcher ref = REF.matcher(spelling);
        return ref.matches() ? ref.group(1) : null;
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
        return plain(spelling) != null || WORDS.contains(spelling);
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
