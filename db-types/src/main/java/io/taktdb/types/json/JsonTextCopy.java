package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * Copies one JSON value as compact text: no insignificant white space, keys in their order, numbers digit by digit as
 * they came, strings with only the escapes that JSON demands.
 *
 * <p>Threading: one thread.
 */
final class JsonTextCopy {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final int[] keys = new int[StrictJson.MAX_DEPTH + 2];
    private boolean wellFormed;

    /**
     * Copies the value whose first token is current; its last token is current afterwards.
     *
     * @return the first index after the text, or -1 when a string has a surrogate without a partner
     */
    int copy(final JsonParser parser, final MutableDirectBuffer out, final int index) throws IOException {
        int position = index;
        int depth = 0;
        boolean comma = false;
        wellFormed = true;
        JsonToken token = parser.currentToken();
        while (true) {
            if (comma && token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
                out.putByte(position++, (byte) ',');
            }
            comma = true;
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    out.putByte(position++, (byte) (token == JsonToken.START_OBJECT ? '{' : '['));
                    keys[++depth] = 0;
                    comma = false;
                }
                case END_OBJECT, END_ARRAY -> {
                    out.putByte(position++, (byte) (token == JsonToken.END_OBJECT ? '}' : ']'));
                    depth--;
                }
                case FIELD_NAME -> {
                    StrictJson.checkKeys(++keys[depth]);
                    position = quoted(parser, out, position);
                    out.putByte(position++, (byte) ':');
                    comma = false;
                }
                default -> position = scalar(parser, token, out, position);
            }
            if (depth == 0) {
                return wellFormed ? position : -1;
            }
            token = parser.nextToken();
        }
    }

    private int scalar(
            final JsonParser parser, final JsonToken token, final MutableDirectBuffer out, final int position)
            throws IOException {
        switch (token) {
            case VALUE_STRING:
                return quoted(parser, out, position);
            case VALUE_TRUE:
                return put(TRUE, out, position);
            case VALUE_FALSE:
                return put(FALSE, out, position);
            case VALUE_NULL:
                return put(NULL, out, position);
            default:
                return Utf8.encode(
                        parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), out, position);
        }
    }

    private static int put(final byte[] word, final MutableDirectBuffer out, final int position) {
        out.putBytes(position, word);
        return position + word.length;
    }

    private int quoted(final JsonParser parser, final MutableDirectBuffer out, final int index) throws IOException {
        final int next = quote(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), out, index);
        if (next < 0) {
            wellFormed = false;
            return index;
        }
        return next;
    }

    /**
     * Writes characters as a JSON string.
     *
     * @return the first index after it, or -1 for an unpaired surrogate
     */
    static int quote(
            final char[] chars, final int offset, final int length, final MutableDirectBuffer out, final int index) {
        int position = index;
        out.putByte(position++, (byte) '"');
        final int end = offset + length;
        int start = offset;
        for (int i = offset; i < end; i++) {
            final char c = chars[i];
            if (c >= 0x20 && c != '"' && c != '\\') {
                continue;
            }
            position = Utf8.encode(chars, start, i - start, out, position);
            if (position < 0) {
                return -1;
            }
            position = escape(c, out, position);
            start = i + 1;
        }
        position = Utf8.encode(chars, start, end - start, out, position);
        if (position < 0) {
            return -1;
        }
        out.putByte(position++, (byte) '"');
        return position;
    }

    private static int escape(final char c, final MutableDirectBuffer out, final int index) {
        int position = index;
        out.putByte(position++, (byte) '\\');
        switch (c) {
            case '"', '\\' -> out.putByte(position++, (byte) c);
            case '\n' -> out.putByte(position++, (byte) 'n');
            case '\r' -> out.putByte(position++, (byte) 'r');
            case '\t' -> out.putByte(position++, (byte) 't');
            case '\b' -> out.putByte(position++, (byte) 'b');
            case '\f' -> out.putByte(position++, (byte) 'f');
            default -> {
                out.putByte(position++, (byte) 'u');
                out.putByte(position++, (byte) '0');
                out.putByte(position++, (byte) '0');
                out.putByte(position++, HEX[c >> 4]);
                out.putByte(position++, HEX[c & 0xF]);
            }
        }
        return position;
    }
}
