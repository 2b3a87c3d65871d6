package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.schema.Names;
import java.io.IOException;

/** What came instead of what was expected, in a few words that are safe to repeat in an error or a log. */
final class JsonCame {
    private static final int MAX_SHOWN = 40;

    private JsonCame() {}

    /** The parser's current value: a literal, shortened, or {@code object} or {@code array}. */
    static String describe(final JsonParser parser) throws IOException {
        final JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        switch (token) {
            case START_OBJECT:
                return "object";
            case START_ARRAY:
                return "array";
            case VALUE_STRING:
                return '"' + text(parser) + '"';
            case VALUE_NULL:
                return "null";
            default:
                return text(parser);
        }
    }

    private static String text(final JsonParser parser) throws IOException {
        final int length = parser.getTextLength();
        final int shown = Math.min(length, MAX_SHOWN);
        final String text = new String(parser.getTextCharacters(), parser.getTextOffset(), shown);
        return Names.abbreviate(text) + (shown < length ? "..." : "");
    }
}
