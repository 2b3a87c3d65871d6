package io.taktdb.types.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.json.JsonProbe;
import io.taktdb.types.json.SampleTypes;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TypeParser;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PushLatticeTest {
    private static final byte[] KINDS = {
        ValueKind.NULL, ValueKind.BOOL, ValueKind.I64, ValueKind.F64, ValueKind.STRING, ValueKind.JSON
    };

    @Test
    void shouldBeALatticeWhenKindsJoin() {
        for (final byte a : KINDS) {
            assertEquals(a, PushLattice.join(a, a), "idempotent");
            assertEquals(a, PushLattice.join(a, ValueKind.NULL), "null is neutral");
            for (final byte b : KINDS) {
                assertEquals(PushLattice.join(a, b), PushLattice.join(b, a), "commutative");
                assertEquals(
                        PushLattice.typeOf(PushLattice.join(a, b)),
                        PushLattice.join(PushLattice.typeOf(a), b),
                        "kinds and columns agree");
                for (final byte c : KINDS) {
                    assertEquals(
                            PushLattice.join(PushLattice.join(a, b), c),
                            PushLattice.join(a, PushLattice.join(b, c)),
                            "associative");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bool, i64, i64",
        "bool, f64, f64",
        "bool, string, string",
        "bool, json, json",
        "i64, f64, f64",
        "i64, string, string",
        "i64, json, json",
        "f64, string, string",
        "f64, json, json",
        "string, json, json",
        "i64, bool, i64",
        "f64, i64, f64",
        "string, i64, string",
        "json, string, json",
        "json, bool, json",
        "i32, i64, i64",
        "i32, f64, f64",
        "u8, string, string",
        "u64, i64, f64",
        "u64, f64, f64",
        "f32, i64, f64",
        "timestamp, i64, string",
        "timestamp, string, string",
        "uuid, bool, string",
        "'enum(a,b)', string, string",
        "3xf32, json, json",
        "bytes, string, json",
        "3xf32, i64, json"
    })
    void shouldBecomeThisWhenAValueDoesNotFit(final String column, final String came, final String becomes) {
        final FieldType joined =
                PushLattice.join(TypeParser.parse(column, Map.of()), ValueKind.of(TypeParser.parse(came, Map.of())));

        assertEquals(becomes, joined.spelling());
    }

    @Test
    void shouldMakeNoColumnWhenOnlyNullCame() {
        assertNull(PushLattice.join((FieldType) null, ValueKind.NULL));
        assertEquals(ScalarType.I64, PushLattice.join((FieldType) null, ValueKind.I64));
        assertThrows(IllegalArgumentException.class, () -> PushLattice.join(ValueKind.BYTES, ValueKind.I64));
    }

    @Test
    void shouldEndAtJsonWhenStepsAreTaken() {
        assertEquals(VariableType.STRING, PushLattice.next(ScalarType.F64));
        assertEquals(VariableType.STRING, PushLattice.next(ScalarType.I64));
        assertEquals(VariableType.JSON, PushLattice.next(VariableType.STRING));
        assertEquals(VariableType.JSON, PushLattice.next(VariableType.JSON));
    }

    /** Plays a column as the engine would: fit, or widen all that is there. */
    private static final class Column {
        private final List<String> values = new ArrayList<>();
        private FieldType type;

        void push(final String json) {
            final ValueCursor came = JsonProbe.natural(json);
            FieldType wanted = type == null ? PushLattice.typeOf(came.kind()) : type;
            String fitted = fit(came, wanted);
            for (int step = 0; fitted == null || !rewrite(wanted); step++) {
                assertTrue(step < 4, () -> "no column holds " + json + " after " + values);
                wanted = step == 0 ? PushLattice.join(wanted, came.kind()) : PushLattice.next(wanted);
                fitted = fit(came, wanted);
            }
            values.add(fitted);
        }

        private static String fit(final ValueCursor came, final FieldType wanted) {
            final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
            final int end = new PushFit().fit(came.kind(), came.buffer(), came.offset(), came.length(), wanted, out, 0);
            return end < 0 ? null : JsonProbe.textOf(wanted, new ValueCursor().wrap(out, 0, end));
        }

        private boolean rewrite(final FieldType wanted) {
            final List<String> rewritten = new ArrayList<>();
            for (final String value : values) {
                final ValueCursor old = JsonProbe.of(type, value).value();
                final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
                final int end = ValueConversion.convert(type, old.buffer(), old.offset(), old.length(), wanted, out, 0);
                if (end < 0) {
                    return false;
                }
                rewritten.add(JsonProbe.textOf(wanted, new ValueCursor().wrap(out, 0, end)));
            }
            type = wanted;
            Collections.copy(values, rewritten);
            return true;
        }
    }

    @Test
    void shouldKeepAllDigitsWhenF64IsNotEnough() {
        final Column column = new Column();
        List.of("9007199254740993", "0.5", "true").forEach(column::push);

        assertEquals(VariableType.STRING, column.type);
        assertEquals(List.of("\"9007199254740993\"", "\"0.5\"", "\"true\""), column.values);
    }

    @Test
    void shouldClimbTheChainWhenKindsComeOneByOne() {
        final Column column = new Column();
        final List<String> types = new ArrayList<>();
        for (final String json : List.of("true", "7", "2.5", "\"x\"", "[1]", "null", "3")) {
            if (!"null".equals(json)) {
                column.push(json);
            }
            types.add(column.type.spelling());
        }

        assertEquals(List.of("bool", "i64", "f64", "string", "json", "json", "json"), types);
        assertEquals(List.of("\"1\"", "\"7\"", "\"2.5\"", "\"x\"", "[1]", "3"), column.values);
    }

    @Test
    void shouldNotDependOnTheWayWhenIntegersEndAsText() {
        for (final long value : new long[] {0, -5, 1L << 53, (1L << 53) + 2, Long.MIN_VALUE, 1L << 62}) {
            final Column direct = new Column();
            List.of(Long.toString(value), "\"x\"").forEach(direct::push);
            final Column around = new Column();
            List.of(Long.toString(value), "0.5", "\"x\"").forEach(around::push);

            assertEquals(direct.values.get(0), around.values.get(0));
        }
    }

    @Property(tries = 300)
    void shouldHoldEverythingWhenAnyValuesComeInAnyOrder(@ForAll final long seed) {
        final Random random = new Random(seed);
        final SampleTypes samples = new SampleTypes(seed);
        final FieldType[] kinds = {
            ScalarType.BOOL, ScalarType.I64, ScalarType.U64, ScalarType.F64, VariableType.STRING, VariableType.JSON
        };
        final Column column = new Column();
        for (int i = 0; i < 12; i++) {
            final String json = samples.value(kinds[random.nextInt(1 + random.nextInt(kinds.length))])
                    .toString();
            column.push(json);
            final byte kind = JsonProbe.natural(json).kind();
            assertEquals(
                    column.type, PushLattice.join(column.type, kind), () -> "a column holds the kind it took: " + json);
        }
        assertEquals(12, column.values.size());
        assertNotNull(column.type);
    }
}
