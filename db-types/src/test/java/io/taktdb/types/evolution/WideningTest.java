package io.taktdb.types.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.json.JsonProbe;
import io.taktdb.types.json.SampleTypes;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TypeParser;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import io.taktdb.types.value.ValueCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WideningTest {
    private static final List<FieldType> TYPES = types();

    private static List<FieldType> types() {
        final List<FieldType> types = new ArrayList<>(List.of(ScalarType.values()));
        types.addAll(List.of(VariableType.values()));
        types.add(new VectorType(3, ScalarType.F32));
        types.add(EnumType.of(null, List.of("a", "b")));
        return types;
    }

    @ParameterizedTest
    @CsvSource({
        "bool, i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 string json",
        "i8, i16 i32 i64 f32 f64 string json",
        "i16, i32 i64 f32 f64 string json",
        "i32, i64 f64 string json",
        "i64, string json",
        "u8, i16 i32 i64 u16 u32 u64 f32 f64 string json",
        "u16, i32 i64 u32 u64 f32 f64 string json",
        "u32, i64 u64 f64 string json",
        "u64, string json",
        "f32, f64 string json",
        "f64, string json",
        "timestamp, string json",
        "uuid, string json",
        "'enum(a,b)', string json",
        "string, json",
        "bytes, json",
        "3xf32, json"
    })
    void shouldWidenToTheseAndNoOthers(final String from, final String to) {
        final FieldType type = TypeParser.parse(from, Map.of());
        for (final FieldType other : TYPES) {
            assertEquals(
                    other.equals(type) || List.of(to.split(" ")).contains(other.spelling()),
                    Widening.canWiden(type, other),
                    () -> from + " to " + other.spelling());
        }
        assertFalse(Widening.canWiden(VariableType.JSON, type));
    }

    @Test
    void shouldBeAPartialOrder() {
        for (final FieldType a : TYPES) {
            assertTrue(Widening.canWiden(a, a));
            for (final FieldType b : TYPES) {
                assertTrue(a.equals(b) || !Widening.canWiden(a, b) || !Widening.canWiden(b, a));
                for (final FieldType c : TYPES) {
                    assertTrue(
                            !Widening.canWiden(a, b) || !Widening.canWiden(b, c) || Widening.canWiden(a, c),
                            () -> a.spelling() + " " + b.spelling() + " " + c.spelling());
                }
            }
        }
    }

    @Property
    void shouldAlwaysConvertWhenTheTypeIsWider(@ForAll final long seed) {
        final SampleTypes samples = new SampleTypes(seed);
        final FieldType from = samples.type();
        final String json = samples.value(from).toString();
        final JsonProbe probe = JsonProbe.of(from, json);
        for (final FieldType to : TYPES) {
            final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
            final ValueCursor value = probe.value();
            final int end = ValueConversion.convert(from, value.buffer(), value.offset(), value.length(), to, out, 5);
            if (!Widening.canWiden(from, to)) {
                assertTrue(end < 0 || Widening.mayWiden(from, to), () -> from.spelling() + " to " + to.spelling());
                continue;
            }
            assertEquals(end, new ValueCursor().wrap(out, 5, end).end(), "a whole value");
            assertBack(from, probe, to, new ValueCursor().wrap(out, 5, end));
        }
    }

    /** What was converted holds the old value: its JSON, read as the old type, is the old JSON. */
    private static void assertBack(
            final FieldType from, final JsonProbe before, final FieldType to, final ValueCursor after) {
        final boolean isNumber = to instanceof ScalarType && !from.equals(to);
        final String text = JsonProbe.textOf(to, after);
        if (from == ScalarType.BOOL && isNumber) {
            assertEquals(before.json(), "1".equals(text) ? "true" : "false");
        } else if (isNumber) {
            final String digits = before.json().replace("\"", "");
            assertEquals(
                    from == ScalarType.F32 ? Float.parseFloat(digits) : Double.parseDouble(digits),
                    Double.parseDouble(text.replace("\"", "")));
        } else if (to == VariableType.STRING && from != VariableType.STRING) {
            assertEquals(before.json().replace("\"", ""), text.substring(1, text.length() - 1));
        } else {
            assertEquals(before.json(), JsonProbe.of(from, text).json());
        }
    }
}
