package io.taktdb.types.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Errors;
import io.taktdb.types.json.SampleTypes;
import io.taktdb.types.schema.CompositeType.Member;
import io.taktdb.types.value.ValueKind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FieldTypeTest {
    @ParameterizedTest
    @CsvSource({
        "bool, 1",
        "i8, 1",
        "i16, 2",
        "i32, 4",
        "i64, 8",
        "u8, 1",
        "u16, 2",
        "u32, 4",
        "u64, 8",
        "f32, 4",
        "f64, 8",
        "timestamp, 8",
        "uuid, 16",
        "string, 16",
        "bytes, 16",
        "json, 16",
        "3xf32, 12",
        "4096xu8, 4096",
        "16xf32, 64",
        "'enum(a,b)', 1"
    })
    @Tag("ct_1:test_scalar_type_sizes")
    @Tag("mi_3:test_field_type_sizes_alignments")
    @Tag("ts_2:test_constants_for_builtin_types")
    void shouldTakeTheseBytesWhenItLiesInARow(final String spelling, final int bytes) {
        final FieldType type = TypeParser.parse(spelling, Map.of());

        assertEquals(bytes, type.rowBytes());
        assertEquals(spelling, type.spelling());
    }

    @Test
    @Tag("sl_2:test_type_identity_and_equality")
    void shouldBeEqualOnlyWhenTheTypeIsTheSame() {
        final List<String> spellings =
                List.of("i32", "u32", "f32", "3xf32", "4xf32", "3xi32", "enum(a)", "enum(b)", "enum(a,b)", "string");
        for (final String a : spellings) {
            for (final String b : spellings) {
                final FieldType left = TypeParser.parse(a, Map.of());
                final FieldType right = TypeParser.parse(b, Map.of());
                assertEquals(a.equals(b), left.equals(right), a + " " + b);
                assertTrue(!a.equals(b) || left.hashCode() == right.hashCode(), a);
            }
        }
        assertNotEquals(EnumType.of("A", List.of("x")), EnumType.of("B", List.of("x")));
        assertNotEquals(EnumType.of("A", List.of("x")), EnumType.of(null, List.of("x")));
    }

    @Test
    @Tag("ct_1:test_type_id_uniqueness")
    void shouldHaveItsOwnKindWhenAValueTravels() {
        final Set<Byte> kinds = new HashSet<>();
        Stream.concat(Arrays.stream(ScalarType.values()), Arrays.stream(VariableType.values()))
                .forEach(type -> assertTrue(kinds.add(ValueKind.of(type)), type.spelling()));

        assertEquals(ValueKind.BOOL, ValueKind.of(ScalarType.BOOL));
        assertEquals(ValueKind.I64, ValueKind.of(ScalarType.I64));
        assertEquals(ValueKind.U64, ValueKind.of(ScalarType.U64));
        assertEquals(ValueKind.F64, ValueKind.of(ScalarType.F64));
        assertEquals(ValueKind.JSON, ValueKind.of(VariableType.JSON));
    }

    @ParameterizedTest
    @CsvSource({
        "I8, -128, 127",
        "I16, -32768, 32767",
        "I32, -2147483648, 2147483647",
        "I64, -9223372036854775808, 9223372036854775807",
        "U8, 0, 255",
        "U16, 0, 65535",
        "U32, 0, 4294967295",
        "U64, 0, 18446744073709551615"
    })
    void shouldHaveTheseBoundsWhenTheTypeIsAnInteger(final ScalarType type, final String min, final String max) {
        assertTrue(type.isInteger());
        assertEquals(min, Long.toString(type.minInteger()));
        assertEquals(max, Long.toUnsignedString(type.maxInteger()));
    }

    @Property
    @net.jqwik.api.Tag("ct_2:test_offset_within_bounds")
    void shouldLiePackedWhenMembersFollowEachOther(@ForAll final long seed) {
        if (new SampleTypes(seed).type() instanceof CompositeType type) {
            int offset = 0;
            for (final Member member : type.members()) {
                assertEquals(offset, member.offset(), member::toString);
                offset += member.type().rowBytes();
            }
            assertEquals(offset, type.rowBytes());
        }
    }

    @Test
    @Tag("sl_2:test_composite_type_layout")
    @Tag("ct_2:test_register_simple_composite")
    @Tag("ct_2:test_register_composite_with_mixed_scalars")
    @Tag("ct_2:test_register_nested_composite")
    void shouldHaveTheseOffsetsWhenACompositeIsMade() {
        final CompositeType vec3 = CompositeType.of(
                "Vec3",
                List.of(
                        new Member("x", ScalarType.F32, 0),
                        new Member("y", ScalarType.F32, 0),
                        new Member("z", ScalarType.F32, 0)));
        final CompositeType player = CompositeType.of(
                "Player",
                List.of(
                        new Member("id", ScalarType.U64, 0),
                        new Member("hp", ScalarType.F32, 0),
                        new Member("alive", ScalarType.BOOL, 0)));
        final CompositeType line =
                CompositeType.of("Line", List.of(new Member("a", vec3, 0), new Member("b", vec3, 0)));

        assertEquals(List.of(0, 4, 8), offsets(vec3));
        assertEquals(12, vec3.rowBytes());
        assertEquals(List.of(0, 8, 12), offsets(player));
        assertEquals(13, player.rowBytes(), "packed: no padding");
        assertEquals(List.of(0, 12), offsets(line));
        assertEquals(2, line.depth());
    }

    private static List<Integer> offsets(final CompositeType type) {
        return type.members().stream().map(Member::offset).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "I32, did you mean i32?",
        "int, unknown type",
        "i128, unknown type",
        "3x, unknown type",
        "xf32, unknown type",
        "-1xf32, unknown type",
        "0xf32, limit=1..4096",
        "4097xf32, limit=1..4096",
        "99999999999xf32, unknown type",
        "3xjson, elements are scalars",
        "3xVec3, unknown type",
        "oneof{a}, a variant is a name and a type"
    })
    @Tag("sl_2:test_invalid_type_handling")
    void shouldSayWhyWhenASpellingIsNoType(final String spelling, final String part) {
        Errors.expect(ErrorCode.INVALID_SCHEMA, () -> TypeParser.parse(spelling, Map.of()), part);
    }

    @Test
    void shouldAnswerSoonWhenASpellingIsHostile() {
        Errors.expect(ErrorCode.INVALID_NAME, () -> TypeParser.parse("enum(a" + " ".repeat(99_000) + "b)", Map.of()));
        Errors.expect(ErrorCode.INVALID_SCHEMA, () -> TypeParser.parse("9".repeat(1_000_000), Map.of()));
        Errors.expect(ErrorCode.INVALID_SCHEMA, () -> TypeParser.parse("enum(" + "a,".repeat(1_000_000), Map.of()));
    }

    @Test
    void shouldFindEveryNameWhenAnEnumIsLarge() {
        final List<String> names =
                IntStream.range(0, EnumType.MAX_NAMES).mapToObj(i -> "n" + i).toList();
        final EnumType type = EnumType.of("Large", names);
        for (int i = 0; i < names.size(); i++) {
            assertEquals(i, type.indexOf(names.get(i)));
        }

        assertEquals(-1, type.indexOf("n65536"));
        assertEquals(-1, type.indexOf(""));
        assertEquals(2, type.rowBytes());
        assertFalse(type.isVariable());
        Errors.expect(ErrorCode.INVALID_SCHEMA, () -> EnumType.of("E", List.of()), "names=0");
        Errors.expect(ErrorCode.INVALID_SCHEMA, () -> EnumType.of("E", List.of("a", "b", "a")), "twice: name=a");
    }

    @Test
    void shouldFindNamesWhenTheirHashesCollide() {
        final EnumType type = EnumType.of("E", List.of("Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa"));
        for (int i = 0; i < type.names().size(); i++) {
            assertEquals(i, type.indexOf(type.names().get(i)));
        }

        assertEquals(-1, type.indexOf("BBBBBB"));
    }
}
