package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.value.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextJsonTest {
    @Test
    void shouldBeWellFormedUtf8WhenAStringIsRead() {
        assertArrayEquals(
                "a\"\\\n\u0000é€😀".getBytes(StandardCharsets.UTF_8),
                JsonProbe.of("string", "\"a\\\"\\\\\\n\\u0000é\\u20AC\\uD83D\\uDE00\"")
                        .bytes());
        assertEquals("\"\"", JsonProbe.of("string", "\"\"").json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\uD800", "\\uDC00", "a\\uD83D", "\\uDE00\\uD83D", "\\uD83D\\uD83D\\uDE00", "\\uD83Dx"})
    void shouldBeAFaultWhenASurrogateHasNoPartner(final String text) {
        assertEquals(
                "string without unpaired surrogates",
                JsonProbe.of("string", '"' + text + '"').fault().expected());
        assertEquals(
                "json without unpaired surrogates",
                JsonProbe.of("json", "[1,{\"a\":\"" + text + "\"},3]").fault().expected());
        assertEquals(
                1, JsonProbe.of("json", "{\"a\":[\"" + text + "\"]}").faults().count());
    }

    @Test
    void shouldBeNotJsonWhenAKeyHasASurrogateWithoutPartner() {
        Errors.expect(
                ErrorCode.INVALID_JSON, () -> JsonProbe.of("json", "{\"\\uD800\":1}"), "a key has a surrogate without");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "true", "[]", "{\"a\":\"b\"}"})
    void shouldBeAFaultWhenTextComesAsSomethingElse(final String json) {
        assertEquals("string", JsonProbe.of("string", json).fault().expected());
        assertEquals(
                "bytes (base64 string)", JsonProbe.of("bytes", json).fault().expected());
    }

    @Test
    void shouldRefuseAStringWhenItsUtf8IsOverTheLimit() {
        final int third = StrictJson.MAX_STRING / 3;
        assertEquals(
                third * 3, JsonProbe.of("string", '"' + "€".repeat(third) + '"').bytes().length);

        Errors.expect(
                ErrorCode.LIMIT_EXCEEDED,
                () -> JsonProbe.of("string", '"' + "€".repeat(third + 1) + '"'),
                "field=field",
                "limit=" + StrictJson.MAX_STRING);
    }

    @Test
    void shouldReadBase64WhenItIsCanonical() {
        final Random random = new Random(5);
        for (int length = 0; length < 50; length++) {
            final byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            final String json = '"' + Base64.getEncoder().encodeToString(bytes) + '"';

            assertArrayEquals(bytes, JsonProbe.of("bytes", json).bytes(), json);
            assertEquals(json, JsonProbe.of("bytes", json).json());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "aa",
                "aaa",
                "aa=",
                "a===",
                "====",
                "=aaa",
                "aa=a",
                "aGk",
                "aGl=",
                "aB==",
                "a-_a",
                "aa a",
                "aaaa\\n",
                "aGk=aGk=",
                "ａａａａ"
            })
    void shouldBeAFaultWhenBase64IsNot(final String text) {
        assertEquals(
                "bytes (base64 with padding)",
                JsonProbe.of("bytes", '"' + text + '"').fault().expected());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "1.10|1.10",
                "1e400|1e400",
                "1E+0|1E+0",
                "-0|-0",
                "1180591620717411303424|1180591620717411303424",
                "` { \"b\" : 1 , \"a\" : [ ] , \"c\" : { } } `|{\"b\":1,\"a\":[],\"c\":{}}",
                "`[ true , false , null , [ [ 1 ] ] ]`|[true,false,null,[[1]]]",
                "`{\"\\u0041\":\"\\/\\u00e9\\u0001\\n\"}`|{\"A\":\"/é\\u0001\\n\"}",
                "`{\"1\":{\"1\":1},\"2\":{\"1\":1}}`|{\"1\":{\"1\":1},\"2\":{\"1\":1}}"
            })
    void shouldKeepJsonAsGivenWhenOnlyWhiteSpaceGoes(final String json, final String kept) {
        assertEquals(kept, JsonProbe.of("json", json).json());
        assertEquals(kept, new String(JsonProbe.of("json", json).bytes(), StandardCharsets.UTF_8));
    }

    @Test
    void shouldBeNullWhenJsonNullComesForAnyType() {
        for (final String type : new String[] {"i32", "string", "json", "3xf32", "uuid", "enum(a)"}) {
            assertEquals("null", JsonProbe.of(type, "null").json());
            assertEquals(ValueKind.NULL, JsonProbe.of(type, "null").value().kind());
        }
    }

    @Test
    void shouldAbbreviateAndMaskWhenAFaultRepeatsInput() {
        final String came = JsonProbe.of("i32", "\"\\u0007\\uD800" + "x".repeat(1000) + '"')
                .fault()
                .came();

        assertTrue(came.length() < 60 && came.startsWith("\"??xxx") && came.endsWith("...\""), came);
    }

    @Test
    void shouldSurviveTheWayBackWhenTextIsLong() {
        final String json = '"' + "aé€😀\\\\".repeat(50_000) + '"';

        assertEquals(json, JsonProbe.of("string", json).json());
        assertEquals(json, JsonProbe.of("json", json).json());
    }
}
