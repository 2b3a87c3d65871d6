package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** One JSON value within a message, as the bytes that the client sent. Threading: immutable. */
public final class JsonSlice {
    private final byte[] bytes;
    private final int offset;
    private final int length;
    private final JsonToken token;

    private JsonSlice(final byte[] bytes, final int offset, final int length, final JsonToken token) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        this.token = token;
    }

    /**
     * The value that the parser stands on; its last token is current afterwards.
     *
     * @param start where the parser's input begins in {@code bytes}
     */
    public static JsonSlice take(final JsonParser parser, final byte[] bytes, final int start) throws IOException {
        final JsonToken token = parser.currentToken();
        final int from = (int) parser.currentTokenLocation().getByteOffset();
        if (token.isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        final int to = (int) parser.currentLocation().getByteOffset();
        return new JsonSlice(bytes, start + from, to - from, token);
    }

    /**
     * The only value of a text.
     *
     * @throws io.taktdb.types.error.DbException INVALID_JSON the text is empty, or does not begin like JSON; the rest
     *     is looked at by whoever reads it
     */
    static JsonSlice whole(final byte[] bytes, final int offset, final int length) throws IOException {
        try (JsonParser parser = StrictJson.parser(bytes, offset, length)) {
            return new JsonSlice(bytes, offset, length, JsonBody.first(parser));
        }
    }

    /** The value's first token. */
    public JsonToken token() {
        return token;
    }

    /** The whole value within this one that a parser of this one stands on. */
    public JsonSlice within(final JsonParser parser) throws IOException {
        return take(parser, bytes, offset);
    }

    /** A parser on the value's first token. */
    public JsonParser parser() {
        final JsonParser parser = StrictJson.parser(bytes, offset, length);
        StrictJson.next(parser);
        return parser;
    }

    /** The value as it was sent. */
    public String text() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
