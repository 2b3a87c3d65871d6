package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.schema.ScalarType;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberJsonTest {
    static Stream<ScalarType> integers() {
        return Arrays.stream(ScalarType.values()).filter(ScalarType::isInteger);
    }

    private static BigInteger min(final ScalarType type) {
        return BigInteger.valueOf(type.minInteger());
    }

    private static BigInteger max(final ScalarType type) {
        return new BigInteger(Long.toUnsignedString(type.maxInteger()));
    }

    @ParameterizedTest
    @MethodSource("integers")
    @Tag("ct_1:test_serialize_i32")
    @Tag("ct_1:test_serialize_u64")
    void shouldKeepIntegersWhenWithinTheRange(final ScalarType type) {
        for (final BigInteger value : new BigInteger[] {
            min(type),
            min(type).add(BigInteger.ONE),
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.TEN,
            max(type).subtract(BigInteger.ONE),
            max(type)
        }) {
            assertEquals(value.toString(), JsonProbe.of(type, value.toString()).json());
        }
    }

    @ParameterizedTest
    @MethodSource("integers")
    void shouldNameTheRangeWhenAnIntegerIsOutside(final ScalarType type) {
        for (final BigInteger value : new BigInteger[] {
            min(type).subtract(BigInteger.ONE),
            max(type).add(BigInteger.ONE),
            BigInteger.TWO.pow(64).add(BigInteger.ONE),
            BigInteger.TEN.pow(900),
            BigInteger.TEN.pow(900).negate()
        }) {
            final JsonFaults.Fault fault = JsonProbe.of(type, value.toString()).fault();

            assertEquals(type.spelling() + " (" + min(type) + " to " + max(type) + ")", fault.expected());
            assertTrue(value.toString().startsWith(fault.came().replace("...", "")), fault::came);
        }
    }

    @ParameterizedTest
    @MethodSource("integers")
    void shouldBeAFaultWhenAnIntegerComesAsSomethingElse(final ScalarType type) {
        for (final String json : new String[] {"1.0", "1e2", "0.5", "-0.0", "true", "\"x\"", "\"\"", "[1]", "{}"}) {
            assertEquals("field", JsonProbe.of(type, json).fault().field(), json);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"i64", "u64"})
    void shouldAcceptDecimalStringsWhenTheTypeHas64Bits(final String type) {
        assertEquals("0", JsonProbe.of(type, "\"0\"").json());
        assertEquals(
                "9223372036854775807",
                JsonProbe.of(type, "\"9223372036854775807\"").json());
        for (final String text : new String[] {"", "-", "+1", "01", " 1", "1 ", "1.0", "0x1", "1e3", "１"}) {
            assertEquals("field", JsonProbe.of(type, '"' + text + '"').fault().field(), text);
        }
    }

    @Test
    void shouldAcceptTheWholeRangeWhen64BitsComeAsStrings() {
        assertEquals(
                "-9223372036854775808",
                JsonProbe.of("i64", "\"-9223372036854775808\"").json());
        assertEquals(
                "18446744073709551615",
                JsonProbe.of("u64", "\"18446744073709551615\"").json());
        assertEquals(1, JsonProbe.of("u64", "\"18446744073709551616\"").faults().count());
        assertEquals(1, JsonProbe.of("u64", "\"-1\"").faults().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"i8", "i16", "i32", "u8", "u16", "u32", "f32", "f64"})
    void shouldRefuseDecimalStringsWhenTheTypeIsSmallerOrAFloat(final String type) {
        assertEquals("\"1\"", JsonProbe.of(type, "\"1\"").fault().came());
    }

    @Test
    void shouldWriteStringsWhenTheStyleWants64BitsAsStrings() {
        final JsonStyle style = new JsonStyle(true);

        assertEquals("\"-5\"", JsonProbe.of("i64", "-5").json(style));
        assertEquals(
                "\"18446744073709551615\"",
                JsonProbe.of("u64", "18446744073709551615").json(style));
        assertEquals("[\"1\",\"2\"]", JsonProbe.of("2xi64", "[1,2]").json(style));
        assertEquals("5", JsonProbe.of("u32", "5").json(style));
    }

    @Test
    void shouldLieLittleEndianWhenWritten() {
        assertArrayEquals(
                new byte[] {4, 3, 2, 1}, JsonProbe.of("i32", "16909060").bytes());
        assertArrayEquals(new byte[] {-2, -1}, JsonProbe.of("i16", "-2").bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, -0.0",
        "-0.0, -0.0",
        "1, 1",
        "1.0, 1",
        "0.1, 0.1",
        "-3.25, -3.25",
        "1e0, 1",
        "1E+2, 100",
        "4.9e-324, 4.9E-324",
        "1e-400, 0",
        "-1e-400, -0.0",
        "1.7976931348623157e308, 1.7976931348623157E308",
        "9007199254740993, 9007199254740992",
        "123456789012345678901234567890, 1.2345678901234568E29"
    })
    void shouldKeepTheNearestF64WhenANumberComes(final String json, final String written) {
        assertEquals(written, JsonProbe.of("f64", json).json());
    }

    @ParameterizedTest
    @CsvSource({
        "-0, -0.0",
        "0.1, 0.1",
        "16777217, 16777216",
        "1e15, 1.0E15",
        "33554432, 3.3554432E7",
        "1.4e-45, 1.4E-45",
        "1e-60, 0",
        "3.4028235e38, 3.4028235E38",
        // between two floats, a hair above the middle: rounding first to f64 would take the lower one
        "1.00000005960464477539062500001, 1.0000001",
        "1.000000059604644775390625, 1"
    })
    void shouldRoundOnceWhenANumberBecomesF32(final String json, final String written) {
        assertEquals(written, JsonProbe.of("f32", json).json());
    }

    static Stream<Arguments> tooLarge() {
        return Stream.of(
                Arguments.of("f32", "3.4028236e38"),
                Arguments.of("f32", "-1e39"),
                Arguments.of("f64", "1.7976931348623159e308"),
                Arguments.of("f64", "1e400"),
                Arguments.of("f64", "9".repeat(400)));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void shouldBeAFaultWhenALiteralIsTooLarge(final String type, final String json) {
        assertTrue(JsonProbe.of(type, json).fault().expected().startsWith(type + " (at most "));
    }

    @Test
    @Tag("ct_1:test_scalar_to_json")
    @Tag("ct_1:test_scalar_from_json")
    void shouldComeBackWhenScalarsAreNumbersBooleansAndWords() {
        assertEquals("42", JsonProbe.of("i32", "42").json());
        assertEquals("true", JsonProbe.of("bool", "true").json());
        assertEquals("3.14", JsonProbe.of("f64", "3.14").json());
        assertEquals("\"Infinity\"", JsonProbe.of("f64", "\"Infinity\"").json());
        assertEquals("\"NaN\"", JsonProbe.of("f32", "\"NaN\"").json());
        assertEquals("\"42\"", JsonProbe.of("i32", "\"42\"").fault().came());
        assertEquals("2147483648", JsonProbe.of("i32", "2147483648").fault().came());
    }

    @Test
    @Tag("ct_1:test_serialize_f32")
    void shouldComeBackWhenAnF32IsExtreme() {
        for (final float value : new float[] {
            0f,
            -0f,
            1f,
            Float.MIN_VALUE,
            Float.MIN_NORMAL,
            -Float.MAX_VALUE,
            Float.MAX_VALUE,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY
        }) {
            final String text = FloatText.of(value);
            final JsonProbe probe = JsonProbe.of("f32", Float.isFinite(value) ? text : '"' + text + '"');
            final int bits = probe.value().buffer().getInt(probe.value().offset(), ByteOrder.LITTLE_ENDIAN);

            assertEquals(Float.floatToRawIntBits(value), bits, text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"f32", "f64"})
    @Tag("sl_5:test_float_nan_and_infinity_allowed")
    void shouldTravelAsWordsWhenNotFinite(final String type) {
        for (final String word : new String[] {"\"NaN\"", "\"Infinity\"", "\"-Infinity\""}) {
            assertEquals(word, JsonProbe.of(type, word).json());
        }
        for (final String word : new String[] {"\"nan\"", "\"inf\"", "\"+Infinity\"", "\"-NaN\"", "\"\"", "true"}) {
            assertEquals(word, JsonProbe.of(type, word).fault().came());
        }
    }

    @Test
    @Tag("ct_1:test_serialize_bool")
    void shouldTakeOnlyTrueAndFalseWhenTheTypeIsBool() {
        assertArrayEquals(new byte[] {1}, JsonProbe.of("bool", "true").bytes());
        assertArrayEquals(new byte[] {0}, JsonProbe.of("bool", "false").bytes());
        for (final String json : new String[] {"0", "1", "\"true\"", "[]", "{\"a\":[1]}"}) {
            assertEquals("bool", JsonProbe.of("bool", json).fault().expected(), json);
        }
    }
}
