package io.taktdb.types.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Errors;
import io.taktdb.types.json.SampleTypes;
import io.taktdb.types.schema.CompositeType.Member;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NestedTypeTest {
    private static final CompositeType VEC2 =
            CompositeType.of("Vec2", List.of(new Member("x", ScalarType.F32, 0), new Member("y", ScalarType.F32, 0)));
    private static final Map<String, FieldType> NAMED = Map.of("Vec2", VEC2);

    private static String nest(final String open, final int levels, final String inner, final String close) {
        return open.repeat(levels) + inner + close.repeat(levels);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list<i32>|list<i32>",
                "list< option<Vec2> >|list<option<Vec2>>",
                "oneof{ a:i32 ,b: list<string>}|oneof{a: i32, b: list<string>}",
                "oneof{a: enum(x,y), b: oneof{c: 3xf32, d: json}}|oneof{a: enum(x,y), b: oneof{c: 3xf32, d: json}}"
            })
    void shouldSpellATypeInOneWay(final String spelling, final String canonical) {
        final FieldType type = TypeParser.parse(spelling, NAMED);
        assertEquals(canonical, type.spelling());
        assertEquals(type, TypeParser.parse(canonical, NAMED));
        assertTrue(type.isVariable());
        assertEquals(VariableType.REFERENCE_BYTES, type.rowBytes());
        assertFalse(IndexRules.isIndexable(type));
    }

    @Property(tries = 200)
    void shouldBeTheSameTypeWhenItsSpellingIsParsed(@ForAll final long seed) {
        final FieldType type = new SampleTypes(seed).type();
        if (!type.spelling().contains("Composite")) {
            assertEquals(type, TypeParser.parse(type.spelling(), Map.of()));
        }
    }

    @Test
    void shouldNestSixteenLevelsDeepAndNoDeeper() {
        assertEquals(16, NestedType.depthOf(TypeParser.parse(nest("list<", 15, "Vec2", ">"), NAMED)));
        assertEquals(16, NestedType.depthOf(TypeParser.parse(nest("list<", 16, "i32", ">"), NAMED)));
        for (final int levels : new int[] {17, 18, 19, 1000}) {
            Errors.expect(
                    ErrorCode.INVALID_SCHEMA,
                    () -> TypeParser.parse(nest("list<", levels, "i32", ">"), NAMED),
                    "nested too deeply",
                    "limit=16");
        }
        Errors.expect(
                ErrorCode.INVALID_SCHEMA, () -> TypeParser.parse(nest("oneof{a: ", 17, "i32", "}"), NAMED), "deep");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list<>|unknown type",
                "list<i23>|did you mean i32?",
                "list<i32|unknown type",
                "option<option<i32>>|none could not be told",
                "option<json>|none could not be told",
                "oneof{}|a variant is a name and a type",
                "oneof{a}|a variant is a name and a type",
                "oneof{a: i32, }|a variant is a name and a type",
                "oneof{a: i32, A: i64}|variant named twice",
                "oneof{1a: i32}|variant",
                "list<ref<mob>>|whole field",
                "ref<mob>|whole field",
                "ref<>|whole field"
            })
    void shouldSayWhatIsWrongWhenASpellingIsNoType(final String spelling, final String part) {
        final var error = Errors.expect(
                spelling.startsWith("oneof{1a") ? ErrorCode.INVALID_NAME : ErrorCode.INVALID_SCHEMA,
                () -> TypeParser.parse(spelling, NAMED),
                part);
        assertTrue(error.getMessage().length() < 400, error.getMessage());
    }

    @Test
    void shouldRefuseWhenVariantsAreTooMany() {
        final StringBuilder spelling = new StringBuilder("oneof{v0: i32");
        for (int i = 1; i <= OneofType.MAX_VARIANTS; i++) {
            spelling.append(", v").append(i).append(": i32");
        }
        Errors.expect(
                ErrorCode.INVALID_SCHEMA, () -> TypeParser.parse(spelling + "}", Map.of()), "variants=257", "1 to 256");
    }

    @Test
    void shouldRefuseWhenAnOptionIsOptional() {
        Errors.expect(
                ErrorCode.INVALID_SCHEMA,
                () -> SpecResolver.field(1, FieldSpec.of("a", "option<i32>").asOptional(), NAMED),
                "field=a",
                "leave optional out");
        assertFalse(
                SpecResolver.field(1, FieldSpec.of("a", "option<i32>"), NAMED).isRequired());
    }
}
