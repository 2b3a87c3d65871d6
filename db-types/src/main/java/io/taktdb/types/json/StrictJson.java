package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What the product accepts as JSON: RFC 8259 in well-formed UTF-8, without duplicate keys, within named limits.
 *
 * <p>Errors say line and column, and repeat neither the input nor the parser's own words. Parsers must be closed, or
 * what they learnt of key names is lost. Threading: everything here may be used by all threads.
 */
public final class StrictJson {
    /** The deepest nesting of arrays and objects. */
    public static final int MAX_DEPTH = 64;

    /** The longest string: characters while parsing, and bytes of UTF-8 when it becomes a value. */
    public static final int MAX_STRING = 16 * 1024 * 1024;

    /** The most characters of one number. */
    public static final int MAX_NUMBER = 1000;

    /** The most bytes of one key; parsers remember thousands of keys for as long as the server runs. */
    public static final int MAX_KEY = 4096;

    /** The most keys of one object; held by all that reads objects, see {@link #checkKeys}. */
    public static final int MAX_KEYS = 10_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNumberLength(MAX_NUMBER)
                    .maxNameLength(MAX_KEY)
                    .build())
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private StrictJson() {}

    /**
     * The one factory of parsers and generators. Parsers made by it do not check UTF-8 in full: see {@link #parser}.
     */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /** A mapper for trees that are small and not on a hot path; decimals keep their digits. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * A parser of UTF-8 bytes.
     *
     * @throws DbException INVALID_JSON the bytes are not well-formed UTF-8
     */
    public static JsonParser parser(final byte[] utf8, final int offset, final int length) {
        final int invalid = Utf8.indexOfInvalid(utf8, offset, length);
        if (invalid >= 0) {
            throw new DbException(
                    ErrorCode.INVALID_JSON, "not valid JSON: offset=" + invalid + ", cause=not well-formed UTF-8");
        }
        try {
            return FACTORY.createParser(utf8, offset, length);
        } catch (final IOException e) {
            throw translate(e);
        }
    }

    /** A parser of a text, for callers that are in no hurry. */
    public static JsonParser parser(final String text) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return parser(utf8, 0, utf8.length);
    }

    /** A generator of UTF-8. */
    public static JsonGenerator generator(final OutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /**
     * Steps to the next token; null at the end of the input.
     *
     * @throws DbException INVALID_JSON or LIMIT_EXCEEDED
     */
    public static JsonToken next(final JsonParser parser) {
        try {
            return parser.nextToken();
        } catch (final IOException e) {
            throw translate(e);
        }
    }

    /**
     * Makes sure that nothing follows the value that was read.
     *
     * @throws DbException INVALID_JSON something does
     */
    public static void requireEnd(final JsonParser parser) {
        if (next(parser) != null) {
            throw invalid(parser.currentTokenLocation(), "more than one value");
        }
    }

    /**
     * Holds {@link #MAX_KEYS}.
     *
     * @throws DbException LIMIT_EXCEEDED there are more
     */
    public static void checkKeys(final int keys) {
        if (keys > MAX_KEYS) {
            throw new DbException(
                            ErrorCode.LIMIT_EXCEEDED, "too many keys in one object: limit=" + MAX_KEYS + "; send fewer")
                    .with("limit", MAX_KEYS);
        }
    }

    /** The error for what a parser threw: INVALID_JSON or LIMIT_EXCEEDED for bad input, else INTERNAL. */
    public static DbException translate(final IOException thrown) {
        if (thrown instanceof StreamConstraintsException limit) {
            return limitExceeded(limit);
        }
        if (thrown instanceof JsonEOFException eof) {
            return invalid(eof.getLocation(), "the text ends too early");
        }
        if (thrown instanceof JsonProcessingException bad && !(thrown instanceof StreamWriteException)) {
            return invalid(bad.getLocation(), causeOf(String.valueOf(bad.getOriginalMessage())));
        }
        return new DbException(ErrorCode.INTERNAL, "JSON could not be read or written; see the log", thrown);
    }

    private static String causeOf(final String parserMessage) {
        if (parserMessage.startsWith("Duplicate")) {
            return "a key stands twice in one object";
        }
        return parserMessage.contains("surrogate") ? "a key has a surrogate without a partner" : "unexpected character";
    }

    private static DbException invalid(final JsonLocation at, final String cause) {
        final int line = at == null ? -1 : at.getLineNr();
        final int column = at == null ? -1 : at.getColumnNr();
        return new DbException(
                        ErrorCode.INVALID_JSON,
                        "not valid JSON: line=" + line + ", column=" + column + ", cause=" + cause)
                .with("line", line)
                .with("column", column);
    }

    private static DbException limitExceeded(final StreamConstraintsException thrown) {
        final String message = String.valueOf(thrown.getOriginalMessage());
        if (message.startsWith("Document nesting")) {
            return limitExceeded("JSON is nested too deeply", MAX_DEPTH);
        }
        if (message.startsWith("String")) {
            return limitExceeded("JSON string is too long", MAX_STRING);
        }
        if (message.startsWith("Number")) {
            return limitExceeded("JSON number has too many digits", MAX_NUMBER);
        }
        if (message.startsWith("Name")) {
            return limitExceeded("JSON key is too long", MAX_KEY);
        }
        return new DbException(ErrorCode.LIMIT_EXCEEDED, "JSON has too many keys of one hash; choose other keys");
    }

    private static DbException limitExceeded(final String fact, final int limit) {
        return new DbException(ErrorCode.LIMIT_EXCEEDED, fact + ": limit=" + limit + "; send less")
                .with("limit", limit);
    }
}
