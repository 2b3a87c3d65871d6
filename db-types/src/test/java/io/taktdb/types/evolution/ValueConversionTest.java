package io.taktdb.types.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.types.json.JsonProbe;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.TypeParser;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueKind;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueConversionTest {
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer(1);

    private String convert(final String from, final String json, final String to) {
        final FieldType target = TypeParser.parse(to, Map.of());
        final ValueCursor value = JsonProbe.of(from, json).value();
        final int end = ValueConversion.convert(
                TypeParser.parse(from, Map.of()), value.buffer(), value.offset(), value.length(), target, out, 2);
        return end < 0 ? "inexact" : JsonProbe.textOf(target, new ValueCursor().wrap(out, 2, end));
    }

    private String fit(final String json, final String column) {
        final FieldType target = TypeParser.parse(column, Map.of());
        final ValueCursor value = JsonProbe.natural(json);
        final int end = new PushFit().fit(value.kind(), value.buffer(), value.offset(), value.length(), target, out, 2);
        return end < 0 ? "inexact" : JsonProbe.textOf(target, new ValueCursor().wrap(out, 2, end));
    }

    @ParameterizedTest
    @CsvSource({
        "i64, 9007199254740992, 9007199254740992",
        "i64, 9007199254740993, inexact",
        "i64, 9007199254740994, 9007199254740994",
        "i64, -9007199254740993, inexact",
        "i64, -9223372036854775808, -9223372036854775808",
        "i64, 9223372036854775807, inexact",
        "i64, 0, 0",
        "u64, 18446744073709551615, inexact",
        "u64, 18446744073709549568, 18446744073709549568",
        "u64, 9223372036854775808, 9223372036854775808"
    })
    void shouldBeExactOrNotAtAllWhenAWholeNumberBecomesF64(final String from, final String json, final String f64) {
        assertEquals(f64, convert(from, json, "f64"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "bool|true|string|\"true\"",
                "i8|-5|string|\"-5\"",
                "u64|18446744073709551615|string|\"18446744073709551615\"",
                "f64|3|string|\"3\"",
                "f64|18446744073709551616|string|\"18446744073709551616\"",
                "f64|1e20|string|\"100000000000000000000\"",
                "f64|1e21|string|\"1.0E21\"",
                "f64|-0|string|\"-0.0\"",
                "f64|0.1|string|\"0.1\"",
                "f32|0.1|string|\"0.1\"",
                "f32|0.1|f64|0.10000000149011612",
                "f64|\"NaN\"|string|\"NaN\"",
                "f64|\"-Infinity\"|json|\"-Infinity\"",
                "f32|\"Infinity\"|f64|\"Infinity\"",
                "timestamp|0|string|\"1970-01-01T00:00:00Z\"",
                "timestamp|0|json|\"1970-01-01T00:00:00Z\"",
                "uuid|\"00112233-4455-6677-8899-AABBCCDDEEFF\"|string|\"00112233-4455-6677-8899-aabbccddeeff\"",
                "enum(a,b)|\"b\"|string|\"b\"",
                "string|\"a\\\"\\u0001é\"|json|\"a\\\"\\u0001é\"",
                "bytes|\"aGk=\"|json|\"aGk=\"",
                "2xu8|[1,255]|json|[1,255]",
                "json|{\"a\":1.10}|json|{\"a\":1.10}",
                "json|{\"a\":1.10}|string|inexact",
                "string|\"1\"|i64|inexact",
                "i64|1|i32|inexact",
                "bytes|\"aGk=\"|string|inexact"
            })
    void shouldShowTheSameValueWhenATypeIsWider(
            final String from, final String json, final String to, final String converted) {
        assertEquals(converted, convert(from, json, to));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // columns that push makes: nothing changes its kind but by widening
                "true|i64|1",
                "true|f64|1",
                "true|string|\"true\"",
                "5|bool|inexact",
                "5|f64|5",
                "5|string|\"5\"",
                "5.0|i64|inexact",
                "\"5\"|i64|inexact",
                "\"NaN\"|f64|inexact",
                "9007199254740993|f64|inexact",
                "18446744073709551617|f64|inexact",
                "0.5|string|\"0.5\"",
                "\"x\"|json|\"x\"",
                "{\"a\":[1]}|string|inexact",
                "{\"a\":[1]}|json|{\"a\":[1]}",
                // declared columns: as if the value had been sent there
                "127|i8|127",
                "128|i8|inexact",
                "-1|u64|inexact",
                "18446744073709551615|u64|18446744073709551615",
                "true|u8|1",
                "1.0|u8|inexact",
                "0.1|f32|0.1",
                "1e39|f32|inexact",
                "16777216|f32|16777216",
                "16777217|f32|inexact",
                "1|timestamp|\"1970-01-01T00:00:00.000001Z\"",
                "253402300800000000|timestamp|inexact",
                "1.5|timestamp|inexact",
                "\"1970-01-01T01:00:00+01:00\"|timestamp|\"1970-01-01T00:00:00Z\"",
                "\"soon\"|timestamp|inexact",
                "5|uuid|inexact",
                "\"00112233-4455-6677-8899-AABBCCDDEEFF\"|uuid|\"00112233-4455-6677-8899-aabbccddeeff\"",
                "\"b\"|enum(a,b)|\"b\"",
                "\"c\"|enum(a,b)|inexact",
                "\"aGk=\"|bytes|\"aGk=\"",
                "\"hi\"|bytes|inexact",
                "[1,2]|2xu8|[1,2]",
                "[1,2]|3xu8|inexact",
                "true|timestamp|inexact"
            })
    void shouldFitOrWidenWhenAPushedValueMeetsAColumn(final String json, final String column, final String fitted) {
        assertEquals(fitted, fit(json, column));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null|null|null",
                "false|bool|false",
                "9223372036854775807|i64|9223372036854775807",
                "-9223372036854775808|i64|-9223372036854775808",
                "9223372036854775808|f64|9.223372036854775807E18",
                "9223372036854775809|string|\"9223372036854775809\"",
                "-9223372036854775809|string|\"-9223372036854775809\"",
                "1e400|string|\"1e400\"",
                "-1E+400|string|\"-1E+400\"",
                "1.5|f64|1.5",
                "1.0|f64|1",
                "-0|f64|-0.0",
                "\"a\"|string|\"a\"",
                "[ 1 ]|json|[1]",
                "{ }|json|{}"
            })
    void shouldTakeJsonsOwnKindWhenAValueIsPushed(final String json, final String kind, final String kept) {
        final ValueCursor value = JsonProbe.natural(json);

        assertEquals(kind, ValueKind.describe(value.kind()));
        if (!value.isNull() && value.kind() != ValueKind.F64) {
            assertEquals(kept, JsonProbe.textOf(PushLattice.typeOf(value.kind()), value));
        } else if (value.kind() == ValueKind.F64) {
            assertEquals(Double.parseDouble(kept), Double.parseDouble(json));
        }
    }

    @Test
    void shouldReadAndWriteTheSameBufferWhenAColumnIsRewrittenInPlace() {
        final ValueCursor value =
                JsonProbe.of("string", '"' + "é".repeat(5000) + '"').value();
        out.putBytes(0, value.buffer(), 0, value.end());
        final FieldType json = TypeParser.parse("json", Map.of());
        final int end = ValueConversion.convert(
                TypeParser.parse("string", Map.of()), out, value.offset(), value.length(), json, out, value.end());

        assertEquals(
                '"' + "é".repeat(5000) + '"', JsonProbe.textOf(json, new ValueCursor().wrap(out, value.end(), end)));
    }
}
