package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.schema.Names;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/**
 * Reads the objects that schemas are made of, property by property.
 *
 * <p>An unknown property, one of the wrong kind and one that is missing are INVALID_SCHEMA. A property that may be
 * missing may also be null. Threading: one thread.
 */
final class PropertyReader {
    /** Reads the property whose value's first token is current, up to its last token. */
    interface Property {
        void read(String name) throws IOException;
    }

    /** Reads the value whose first token is current, up to its last token. */
    interface Element<T> {
        T read() throws IOException;
    }

    private final JsonParser parser;

    PropertyReader(final JsonParser parser) throws IOException {
        this.parser = parser;
        if (parser.currentToken() == null) {
            parser.nextToken();
        }
    }

    /**
     * Reads an object.
     *
     * @param what what it describes, for errors
     */
    void object(final String what, final List<String> known, final Property property) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(what, "object");
        }
        int keys = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            StrictJson.checkKeys(++keys);
            final String name = parser.currentName();
            if (!known.contains(name)) {
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "unknown property: object=" + what + ", property=" + Names.abbreviate(name)
                                + Suggestion.didYouMean(name, known));
            }
            parser.nextToken();
            property.read(name);
        }
    }

    /** Whether the current value is null. */
    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    String string(final String what) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(what, "string");
        }
        return parser.getText();
    }

    boolean bool(final String what) throws IOException {
        final JsonToken token = parser.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw wrong(what, "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    /** A whole number from {@code min} to {@code max}. */
    long integer(final String what, final long min, final long max) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            final JsonParser.NumberType size = parser.getNumberType();
            if (size != JsonParser.NumberType.BIG_INTEGER) {
                final long value = parser.getLongValue();
                if (value >= min && value <= max) {
                    return value;
                }
            }
        }
        throw wrong(what, "whole number from " + min + " to " + max);
    }

    /**
     * An array.
     *
     * @throws DbException LIMIT_EXCEEDED it is longer than {@code limit}
     */
    <T> List<T> array(final String what, final int limit, final Element<T> element) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(what, "array");
        }
        final List<T> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (list.size() == limit) {
                throw new DbException(ErrorCode.LIMIT_EXCEEDED, "too many " + what + ": limit=" + limit)
                        .with("limit", limit);
            }
            list.add(element.read());
        }
        return list;
    }

    /** Any value as compact JSON text; null for JSON null. */
    String json(final String what) throws IOException {
        if (isNull()) {
            return null;
        }
        final ExpandableArrayBuffer text = new ExpandableArrayBuffer();
        final int length = new JsonTextCopy().copy(parser, text, 0);
        if (length < 0) {
            throw wrong(what, "text without unpaired surrogates");
        }
        return new String(text.byteArray(), 0, length, StandardCharsets.UTF_8);
    }

    /**
     * The value itself.
     *
     * @throws DbException INVALID_SCHEMA the property was missing
     */
    static <T> T require(final String what, final String property, final T value) {
        if (value == null) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA, "missing property: object=" + what + ", property=" + property);
        }
        return value;
    }

    private DbException wrong(final String what, final String expected) throws IOException {
        return new DbException(
                ErrorCode.INVALID_SCHEMA,
                "wrong kind of value: property=" + what + ", expected=" + expected + ", came="
                        + JsonCame.describe(parser));
    }
}
