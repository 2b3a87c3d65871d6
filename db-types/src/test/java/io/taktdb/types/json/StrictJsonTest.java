package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictJsonTest {
    private static void readAll(final byte[] utf8) {
        try (JsonParser parser = StrictJson.parser(utf8, 0, utf8.length)) {
            assertNotNull(StrictJson.next(parser), "no value at all");
            new JsonTextCopy().copy(parser, new ExpandableArrayBuffer(), 0);
            StrictJson.requireEnd(parser);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    private static void readAll(final String text) {
        readAll(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @Tag("sj_2:test_malformed_json")
    @ValueSource(
            strings = {
                "01",
                "-01",
                "+1",
                ".5",
                "1.",
                "1.e1",
                "1e",
                "1e+",
                "-",
                "--1",
                "0x1F",
                "1_000",
                "NaN",
                "Infinity",
                "-Infinity",
                "'a'",
                "\"a",
                "\"\\x\"",
                "\"\\u00G0\"",
                "\"\\u12\"",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[1",
                "]",
                "[1}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\" 1}",
                "{\"a\":}",
                "{\"a\"}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1",
                "{1:1}",
                "{\"a\":1 \"b\":2}",
                "nul",
                "nulll",
                "True",
                "tru",
                "/* c */ 1",
                "1 // c",
                "# c\n1",
                "1 2",
                "1]",
                "{}}",
                "[]x",
                "\"a\"\"b\"",
                "1,",
                "\u00a01",
                "\f1",
                "\uFEFF1",
                "{\"a\":1,\"a\":1}",
                "[{\"a\":{\"b\":1,\"c\":2,\"d\":3,\"b\":4}}]"
            })
    void shouldRefuseWhenTextIsNotJson(final String text) {
        final DbException error = Errors.expect(ErrorCode.INVALID_JSON, () -> readAll(text), "not valid JSON");

        assertFalse(error.getMessage().contains("jackson"), error::getMessage);
        assertFalse(error.getMessage().contains("Source"), error::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1e5",
                "1E-5",
                "0.10",
                "[]",
                "{}",
                "[[],{}]",
                "\"\"",
                " \t\r\n1 \t\r\n",
                "null",
                "true",
                "\"\\u0000\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
                "{\"\":1}",
                "{\"a\":{\"a\":1}}",
                "\"\u007f\u2028\uD83D\uDE00\""
            })
    void shouldAcceptWhenTextIsJson(final String text) {
        readAll(text);
    }

    static Stream<byte[]> brokenUtf8() {
        return Stream.of(
                bytes('"', 0xC0, 0x80, '"'),
                bytes('"', 0xC1, 0xBF, '"'),
                bytes('"', 0xE0, 0x9F, 0xBF, '"'),
                bytes('"', 0xED, 0xA0, 0x80, '"'),
                bytes('"', 0xF0, 0x8F, 0xBF, 0xBF, '"'),
                bytes('"', 0xF4, 0x90, 0x80, 0x80, '"'),
                bytes('"', 0xF5, 0x80, 0x80, 0x80, '"'),
                bytes('"', 0x80, '"'),
                bytes('"', 0xC3, '"'),
                bytes('"', 0xE2, 0x82, '"'),
                bytes('"', 0xF0, 0x9F, 0x98, '"'),
                bytes(0xFF, 0xFE, '1', 0),
                "\"a\"".getBytes(StandardCharsets.UTF_16LE),
                "\"a\"".getBytes(StandardCharsets.UTF_16BE));
    }

    private static byte[] bytes(final int... values) {
        final byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("brokenUtf8")
    void shouldRefuseWhenBytesAreNotWellFormedUtf8(final byte[] bytes) {
        Errors.expect(ErrorCode.INVALID_JSON, () -> readAll(bytes));
    }

    @Test
    void shouldAcceptEveryCodePointWhenWrittenAsUtf8() {
        final StringBuilder text = new StringBuilder("\"");
        for (int c = 0x80; c <= Character.MAX_CODE_POINT; c += c < 0x900 ? 1 : 251) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                text.appendCodePoint(c);
            }
        }
        final String json = text.append('"').toString();

        assertEquals(json, JsonProbe.of("json", json).json());
        assertEquals(json, JsonProbe.of("string", json).json());
    }

    @Test
    void shouldNameLineAndColumnWhenTextIsBroken() {
        final DbException error =
                Errors.expect(ErrorCode.INVALID_JSON, () -> readAll("{\n  \"secret\": sesame\n}"), "line=2", "column=");

        assertEquals(2, error.attributes().get("line"));
        assertFalse(error.getMessage().contains("sesame"), error::getMessage);
        assertFalse(error.getMessage().contains("secret"), error::getMessage);
    }

    @Test
    void shouldRefuseDeepNestingWhenBeyondTheLimit() {
        final int limit = StrictJson.MAX_DEPTH;
        readAll("[".repeat(limit) + "]".repeat(limit));

        Errors.expect(
                ErrorCode.LIMIT_EXCEEDED, () -> readAll("[".repeat(limit + 1) + "]".repeat(limit + 1)), "limit=64");
        Errors.expect(ErrorCode.LIMIT_EXCEEDED, () -> readAll("[".repeat(100_000)), "limit=64");
        Errors.expect(ErrorCode.LIMIT_EXCEEDED, () -> readAll("{\"a\":".repeat(100_000)), "limit=64");
    }

    @Test
    void shouldRefuseNumbersWhenBeyondTheLimit() {
        final int limit = StrictJson.MAX_NUMBER;
        readAll("1".repeat(limit));

        Errors.expect(ErrorCode.LIMIT_EXCEEDED, () -> readAll("1".repeat(limit + 1)), "limit=1000");
        Errors.expect(ErrorCode.LIMIT_EXCEEDED, () -> readAll("0." + "1".repeat(100_000)), "limit=1000");
    }

    @Test
    void shouldRefuseStringsAndKeysWhenBeyondTheLimit() {
        Errors.expect(
                ErrorCode.LIMIT_EXCEEDED,
                () -> readAll('"' + "a".repeat(StrictJson.MAX_STRING + 1) + '"'),
                "limit=" + StrictJson.MAX_STRING);
        Errors.expect(
                ErrorCode.LIMIT_EXCEEDED,
                () -> readAll("{\"" + "a".repeat(StrictJson.MAX_KEY + 1) + "\":1}"),
                "limit=" + StrictJson.MAX_KEY);
    }

    @Test
    void shouldRefuseObjectsWhenTheyHaveTooManyKeys() {
        readAll(objectOf(StrictJson.MAX_KEYS));

        Errors.expect(ErrorCode.LIMIT_EXCEEDED, () -> readAll(objectOf(StrictJson.MAX_KEYS + 1)), "limit=10000");
        Errors.expect(
                ErrorCode.LIMIT_EXCEEDED,
                () -> readAll("[[" + objectOf(StrictJson.MAX_KEYS + 1) + "]]"),
                "limit=10000");
    }

    private static String objectOf(final int keys) {
        final StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < keys; i++) {
            text.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":0");
        }
        return text.append('}').toString();
    }
}
