package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.TypeParser;
import io.taktdb.types.value.ValueCheck;
import io.taktdb.types.value.ValueKind;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists, options and oneofs between JSON and bytes. */
final class NestedJsonTest {
    private static String quotes(final String text) {
        return text.replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list<i32>|[]",
                "list<i32>|[1,-2,2147483647]",
                "list<string>|['','a','a longer text than fits']",
                "list<list<u8>>|[[],[1],[2,3]]",
                "list<option<i64>>|[1,null,3]",
                "list<json>|[null,{'a':[1.50]},'x']",
                "list<3xf32>|[[1,2,3],[4,5,6]]",
                "list<enum(red,green)>|['green','red']",
                "option<f64>|0.5",
                "option<f64>|null",
                "option<list<bool>>|[true,false]",
                "option<list<bool>>|[]",
                "oneof{hit: i32, heal: f32}|{'heal':2.5}",
                "oneof{hit: i32, heal: f32}|{'hit':-1}",
                "oneof{none: option<u8>, some: list<string>}|{'none':null}",
                "list<oneof{a: bytes, b: oneof{c: timestamp, d: uuid}}>"
                        + "|[{'a':'AAEC'},{'b':{'c':'2026-01-02T03:04:05Z'}}]"
            })
    void shouldBeTheSameWhenReadAndWritten(final String type, final String json) {
        assertEquals(quotes(json), JsonProbe.of(type, quotes(json)).json());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list<i32>|{}|field|list<i32> (array)|object",
                "list<i32>|[1,'x',3]|field[1]|i32|\"x\"",
                "list<i32>|[1,null]|field[1]|i32 (not optional)|null",
                "list<list<u8>>|[[1],[2,256]]|field[1][1]|u8 (0 to 255)|256",
                "option<i32>|[1]|field|i32|array",
                "oneof{hit: i32, heal: f32}|5|field|oneof{hit: i32, heal: f32} (object with one variant)|5",
                "oneof{hit: i32, heal: f32}|{}|field"
                        + "|oneof{hit: i32, heal: f32} (object with one variant)|object of 0 keys",
                "oneof{hit: i32, heal: f32}|{'hit':1,'heal':1}|field"
                        + "|oneof{hit: i32, heal: f32} (object with one variant)|object of 2 keys",
                "oneof{hit: i32, heal: f32}|{'hitt':1}|field.hitt"
                        + "|a variant of oneof{hit: i32, heal: f32} (did you mean hit?)|1",
                "oneof{hit: i32, heal: f32}|{'hit':null}|field.hit|i32 (not optional)|null",
                "list<oneof{a: list<3xf32>}>|[{'a':[[1,2,3],[1,true,3]]}]|field[0].a[1][1]"
                        + "|f32 (number, \"NaN\", \"Infinity\" or \"-Infinity\")|true"
            })
    void shouldNameThePathWhenAValueDoesNotFit(
            final String type, final String json, final String field, final String expected, final String came) {
        final JsonFaults.Fault fault = JsonProbe.of(type, quotes(json)).fault();
        assertEquals(field, fault.field());
        assertEquals(expected, fault.expected());
        assertEquals(came, fault.came());
    }

    @Test
    void shouldHaveTheBytesOfTheTable() {
        assertArrayEquals(
                new byte[] {ValueKind.I64 - 1, 1, 0, 0, 0, ValueKind.I64 - 1, -1, -1, -1, -1},
                JsonProbe.of("list<i32>", "[1,-1]").bytes());
        assertArrayEquals(
                new byte[] {ValueKind.STRING, 2, 0, 0, 0, 'o', 'k'},
                JsonProbe.of("option<string>", "\"ok\"").bytes());
        assertArrayEquals(
                new byte[] {1, 0, ValueKind.BOOL, 1},
                JsonProbe.of("oneof{a: i32, b: bool}", "{\"b\":true}").bytes());
        assertArrayEquals(
                new byte[] {ValueKind.NULL, ValueKind.OPTION, 2, 0, 0, 0, ValueKind.BOOL, 1},
                JsonProbe.of("list<option<bool>>", "[null,true]").bytes());
        assertEquals(ValueKind.LIST, JsonProbe.of("list<i32>", "[]").value().kind());
        assertEquals(
                ValueKind.ONEOF,
                JsonProbe.of("oneof{a: i32}", "{\"a\":1}").value().kind());
        assertEquals(ValueKind.NULL, JsonProbe.of("option<i32>", "null").value().kind());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list<i32>|[]",
                "option<i32>|null",
                "oneof{a: i32, b: string}|{'a':0}",
                "oneof{a: oneof{b: list<i32>}}|{'a':{'b':[]}}",
                "oneof{a: 2xf32}|{'a':[0,0]}",
                "oneof{a: json}|{'a':null}",
                "oneof{a: string}|{'a':''}"
            })
    void shouldShowTheZeroValueWhenThereAreNoBytes(final String type, final String json) {
        final FieldType parsed = TypeParser.parse(type, Map.of());
        assertEquals(quotes(json), DefaultValue.toJson(parsed, new UnsafeBuffer(new byte[0]), 0, 0, JsonStyle.PLAIN));
        assertNull(ValueCheck.fault(parsed, new UnsafeBuffer(new byte[0]), 0, 0));
    }

    @Test
    void shouldRefuseWhenAValueIsTooLong() {
        final String json = '[' + "\"" + "x".repeat(StrictJson.MAX_STRING - 3) + "\",\"abc\"]";
        Errors.expect(ErrorCode.LIMIT_EXCEEDED, () -> JsonProbe.of("list<string>", json), "field=field", "limit=");
    }

    /** Whatever bytes come, the check answers or says that they are cut short: it never reads beyond them. */
    @Property(tries = 300)
    void shouldFindDamageOrNothingWhenBytesAreChanged(@ForAll final long seed, @ForAll final int place) {
        final SampleTypes samples = new SampleTypes(seed);
        final FieldType type = samples.type();
        final JsonProbe probe = JsonProbe.of(type, samples.value(type).toString());
        final byte[] bytes = probe.bytes();
        if (probe.value().isNull() || bytes.length == 0) {
            return;
        }
        final UnsafeBuffer whole = new UnsafeBuffer(bytes);
        assertNull(ValueCheck.fault(type, whole, 0, bytes.length), () -> type.spelling());
        if (type.isVariable()) {
            bytes[Math.floorMod(place, bytes.length)] ^= (byte) (1 << (place >>> 28 & 7));
            try {
                if (ValueCheck.fault(type, whole, 0, bytes.length) == null) {
                    DefaultValue.toJson(type, whole, 0, bytes.length, JsonStyle.PLAIN);
                }
            } catch (final io.taktdb.types.error.DbException e) {
                assertEquals(ErrorCode.INVALID_REQUEST, e.code(), e.getMessage());
            }
        }
    }
}
