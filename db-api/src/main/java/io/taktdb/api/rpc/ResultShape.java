package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON Schema of what a procedure returns, from its Java type, as {@code json.PlainValueWriter} writes it: records
 * are objects, lists and arrays are arrays, every reference may be null. Threading: none of its own.
 */
final class ResultShape {
    /** Types within types deeper than this are anything: a record may contain itself. */
    private static final int MAX_DEPTH = 8;

    private static final String NULL = "null";
    private static final Set<Class<?>> INTEGERS =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);
    private static final Set<Class<?>> FLOATS = Set.of(Float.class, Double.class);

    private ResultShape() {}

    /** Writes the schema of a type. */
    static void write(final JsonGenerator json, final Type type) throws IOException {
        write(json, type, 0);
    }

    private static void write(final JsonGenerator json, final Type type, final int depth) throws IOException {
        json.writeStartObject();
        if (depth < MAX_DEPTH) {
            body(json, type, depth);
        }
        json.writeEndObject();
    }

    private static void body(final JsonGenerator json, final Type type, final int depth) throws IOException {
        if (type instanceof ParameterizedType generic) {
            parameterized(json, generic, depth);
        } else if (type instanceof GenericArrayType array) {
            array(json, array.getGenericComponentType(), depth);
        } else if (type instanceof WildcardType any && any.getUpperBounds().length == 1) {
            body(json, any.getUpperBounds()[0], depth);
        } else if (type instanceof Class<?> plain) {
            plain(json, plain, depth);
        }
    }

    private static void parameterized(final JsonGenerator json, final ParameterizedType type, final int depth)
            throws IOException {
        final Class<?> raw = (Class<?>) type.getRawType();
        if (Iterable.class.isAssignableFrom(raw)) {
            array(json, type.getActualTypeArguments()[0], depth);
        } else if (raw == Optional.class) {
            body(json, type.getActualTypeArguments()[0], depth);
        } else if (Map.class.isAssignableFrom(raw)) {
            types(json, "object", NULL);
            json.writeFieldName("additionalProperties");
            write(json, type.getActualTypeArguments()[1], depth + 1);
        } else {
            plain(json, raw, depth);
        }
    }

    private static void array(final JsonGenerator json, final Type element, final int depth) throws IOException {
        types(json, "array", NULL);
        json.writeFieldName("items");
        write(json, element, depth + 1);
    }

    private static void plain(final JsonGenerator json, final Class<?> type, final int depth) throws IOException {
        if (type == void.class || type == Void.class) {
            types(json, NULL);
        } else if (type == boolean.class || type == Boolean.class) {
            nullable(json, type, "boolean");
        } else if (type == float.class || type == double.class || FLOATS.contains(type)) {
            nullable(json, type, "number", "string"); // "NaN" and the infinities
        } else if (type == byte[].class) {
            types(json, "string", NULL);
            json.writeStringField("contentEncoding", "base64");
        } else if ((type.isPrimitive() && type != char.class) || INTEGERS.contains(type)) {
            nullable(json, type, "integer");
        } else if (Number.class.isAssignableFrom(type)) {
            types(json, "number", "string", NULL);
        } else if (type.isArray()) {
            array(json, type.getComponentType(), depth);
        } else if (type.isRecord()) {
            structure(json, type, depth);
        } else if (Iterable.class.isAssignableFrom(type)) {
            types(json, "array", NULL);
        } else if (CharSequence.class.isAssignableFrom(type) || type.isEnum() || type == char.class) {
            types(json, "string", NULL);
        }
    }

    private static void structure(final JsonGenerator json, final Class<?> type, final int depth) throws IOException {
        types(json, "object", NULL);
        json.writeArrayFieldStart("required");
        for (final RecordComponent component : type.getRecordComponents()) {
            json.writeString(component.getName());
        }
        json.writeEndArray();
        json.writeObjectFieldStart("properties");
        for (final RecordComponent component : type.getRecordComponents()) {
            json.writeFieldName(component.getName());
            write(json, component.getGenericType(), depth + 1);
        }
        json.writeEndObject();
    }

    private static void nullable(final JsonGenerator json, final Class<?> type, final String... words)
            throws IOException {
        if (type.isPrimitive()) {
            types(json, words);
        } else {
            final String[] all = Arrays.copyOf(words, words.length + 1);
            all[words.length] = NULL;
            types(json, all);
        }
    }

    private static void types(final JsonGenerator json, final String... words) throws IOException {
        if (words.length == 1) {
            json.writeStringField("type", words[0]);
            return;
        }
        json.writeArrayFieldStart("type");
        for (final String word : words) {
            json.writeString(word);
        }
        json.writeEndArray();
    }
}
