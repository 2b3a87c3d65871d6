package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.CompositeType.Member;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VectorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FixedJsonTest {
    private static final CompositeType VEC3 = CompositeType.of(
            "Vec3",
            List.of(
                    new Member("x", ScalarType.F32, 0),
                    new Member("y", ScalarType.F32, 0),
                    new Member("z", ScalarType.F32, 0)));
    private static final CompositeType LINE =
            CompositeType.of("Line", List.of(new Member("from", VEC3, 0), new Member("to", VEC3, 0)));
    private static final CompositeType ITEM = CompositeType.of(
            "Item",
            List.of(
                    new Member("tags", new VectorType(4, ScalarType.U8), 0),
                    new Member("kind", EnumType.of(null, List.of("sword", "bow")), 0),
                    new Member("path", LINE, 0)));

    @Test
    @Tag("ct_2:test_nested_composite_field_access")
    @Tag("sl_4:test_custom_composite_type")
    void shouldLiePackedWhenACompositeIsRead() {
        final byte[] bytes = JsonProbe.of(LINE, "{\"to\":{\"z\":6,\"x\":4,\"y\":5},\"from\":{\"x\":1,\"y\":2,\"z\":3}}")
                .bytes();
        final ByteBuffer packed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        for (int i = 0; i < 6; i++) {
            assertEquals(i + 1, packed.getFloat(), "member " + i);
        }
        assertEquals(0, packed.remaining());
    }

    @Test
    void shouldComeBackWhenNestedMixedTypesAreWritten() {
        final String json = "{\"tags\":[0,1,2,255],\"kind\":\"bow\","
                + "\"path\":{\"from\":{\"x\":1.5,\"y\":-0.0,\"z\":\"NaN\"},\"to\":{\"x\":0.1,\"y\":2,\"z\":3}}}";

        assertEquals(json, JsonProbe.of(ITEM, json).json());
    }

    @Test
    @Tag("sl_5:test_custom_type_validation")
    void shouldNameThePathWhenANestedMemberIsAtFault() {
        final JsonFaults faults = JsonProbe.of(
                        ITEM,
                        "{\"tags\":[1,256,true,3,4],\"knd\":\"bow\",\"kind\":\"axe\",\"path\":{\"from\":7,"
                                + "\"to\":{\"x\":null,\"y\":{\"deep\":[1,2]},\"w\":0}}}")
                .faults();

        assertEquals(
                List.of(
                        "field.tags[1]: 256",
                        "field.tags[2]: true",
                        "field.tags: array of 5",
                        "field.knd: \"bow\"",
                        "field.kind: \"axe\"",
                        "field.path.from: 7",
                        "field.path.to.x: null",
                        "field.path.to.y: object",
                        "field.path.to.w: 0",
                        "field.path.to.z: nothing"),
                faults.list().stream().map(f -> f.field() + ": " + f.came()).toList());
        assertTrue(faults.list().get(3).expected().contains("did you mean kind?"));
        assertEquals("enum: one of sword, bow", faults.list().get(4).expected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"x\"", "[1,2,3]", "true"})
    void shouldBeAFaultWhenACompositeIsNoObject(final String json) {
        assertEquals("Vec3 (object)", JsonProbe.of(VEC3, json).fault().expected());
    }

    @Test
    void shouldRefuseACompositeWhenItHasTooManyKeys() {
        final StringBuilder json = new StringBuilder("{");
        for (int i = 0; i <= StrictJson.MAX_KEYS; i++) {
            json.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":0");
        }

        Errors.expect(ErrorCode.LIMIT_EXCEEDED, () -> JsonProbe.of(VEC3, json + "}"));
    }

    @Test
    @Tag("ct_2:test_large_number_of_components")
    void shouldReadInAnyOrderWhenACompositeHasHundredsOfMembers() {
        final List<Member> members = new ArrayList<>();
        final StringBuilder backwards = new StringBuilder("{");
        for (int i = 0; i < 500; i++) {
            members.add(new Member("m" + i, i % 2 == 0 ? ScalarType.U16 : ScalarType.I64, 0));
            backwards
                    .append(i == 0 ? "" : ",")
                    .append("\"m")
                    .append(499 - i)
                    .append("\":")
                    .append(499 - i);
        }
        final CompositeType type = CompositeType.of("Wide", members);
        final String json = JsonProbe.of(type, backwards + "}").json();

        assertEquals(250 * (2 + 8), type.rowBytes());
        for (int i = 0; i < 500; i++) {
            assertTrue(json.contains("\"m" + i + "\":" + i), json);
        }
    }

    @ParameterizedTest
    @CsvSource({"'[1,2]', array of 2", "'[1,2,3,4]', array of 4", "[], array of 0", "1, 1", "{}, object"})
    void shouldBeAFaultWhenAVectorHasAnotherLength(final String json, final String came) {
        final JsonFaults.Fault fault = JsonProbe.of("3xi32", json).fault();

        assertEquals("3xi32 (array of 3)", fault.expected());
        assertEquals(came, fault.came());
    }

    @Test
    @Tag("ct_2:test_composite_with_array_component")
    void shouldKeepEveryElementWhenAVectorIsLong() {
        final String json = IntStream.range(0, VectorType.MAX_LENGTH)
                .mapToObj(Integer::toString)
                .toList()
                .toString()
                .replace(" ", "");

        assertEquals(json, JsonProbe.of("4096xu16", json).json());
        assertEquals(4096 * 2, JsonProbe.of("4096xu16", json).bytes().length);
    }

    @Test
    void shouldHoldAllScalarsWhenTheyAreElements() {
        final String uuid = "\"00112233-4455-6677-8899-aabbccddeeff\"";
        assertEquals("[true,false]", JsonProbe.of("2xbool", "[true,false]").json());
        assertEquals(
                "[" + uuid + "," + uuid + "]",
                JsonProbe.of("2xuuid", "[" + uuid + "," + uuid + "]").json());
        assertEquals(
                "[\"1970-01-01T00:00:00Z\"]", JsonProbe.of("1xtimestamp", "[0]").json());
    }

    @Test
    void shouldTakeTwoBytesWhenAnEnumHasMoreThan256Names() {
        final List<String> names =
                IntStream.range(0, 300).mapToObj(i -> "n" + i).toList();
        final FieldType small = EnumType.of("Small", names.subList(0, 256));
        final FieldType large = EnumType.of("Large", names);

        assertArrayEquals(
                new byte[] {(byte) 255}, JsonProbe.of(small, "\"n255\"").bytes());
        assertArrayEquals(new byte[] {43, 1}, JsonProbe.of(large, "\"n299\"").bytes());
        assertEquals("\"n255\"", JsonProbe.of(small, "\"n255\"").json());
        assertEquals("\"n299\"", JsonProbe.of(large, "\"n299\"").json());
        assertEquals(
                "Large (did you mean n299?)",
                JsonProbe.of(large, "\"n2999\"").fault().expected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"A\"", "\"\"", "\"a,b\"", "[\"a\"]", "true"})
    void shouldBeAFaultWhenAnEnumHasNoSuchName(final String json) {
        assertTrue(JsonProbe.of("enum(a,b)", json).fault().expected().startsWith("enum: one of a, b"));
    }

    @Test
    void shouldLieMostSignificantFirstWhenAUuidIsRead() {
        final byte[] bytes =
                JsonProbe.of("uuid", "\"00112233-4455-6677-8899-AABBCCDDEEFF\"").bytes();

        for (int i = 0; i < 16; i++) {
            assertEquals((byte) (i * 0x11), bytes[i], "byte " + i);
        }
        assertEquals(
                "\"00112233-4455-6677-8899-aabbccddeeff\"",
                JsonProbe.of("uuid", "\"00112233-4455-6677-8899-AABBCCDDEEFF\"").json());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00112233445566778899aabbccddeeff",
                "{00112233-4455-6677-8899-aabbccddeeff}",
                "00112233-4455-6677-8899-aabbccddeefg",
                "00112233-4455-6677-8899-aabbccddeef",
                "00112233_4455-6677-8899-aabbccddeeff",
                "0011223-34455-6677-8899-aabbccddeeff"
            })
    void shouldBeAFaultWhenAUuidIsNotCanonical(final String text) {
        assertEquals(
                "uuid (8-4-4-4-12 hex digits)",
                JsonProbe.of("uuid", '"' + text + '"').fault().expected());
    }
}
