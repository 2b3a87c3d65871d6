package io.taktdb.core.accessor;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, and in which words. */
class ChunkMethodsTest {
    interface WrongGetter extends Chunk {
        double hp(int row);
    }

    interface WrongSetter extends Chunk {
        void hp(int row, long value);
    }

    interface NoRow extends Chunk {
        int hp();
    }

    interface Misspelt extends Chunk {
        float positoin(int row, int element);
    }

    interface ScalarWithElement extends Chunk {
        int hp(int row, int element);
    }

    interface Text extends Chunk {
        String name(int row);
    }

    interface VectorElementType extends Chunk {
        void position(int row, int element, double value);
    }

    interface RunInRows extends Chunk {
        float packed(int index);
    }

    interface PresenceOfRequired extends Chunk {
        boolean hasHp(int row);
    }

    interface WrongPresence extends Chunk {
        int hasTarget(int row);
    }

    interface BothForms extends Chunk {
        float position(int row, int element);

        void position(int index, float value);
    }

    interface NoChunk {
        int hp(int row);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(
                        WrongGetter.class, List.of("WrongGetter", "double hp(int)", "field=hp", "int hp(int row)")),
                Arguments.of(WrongSetter.class, List.of("void hp(int, long)", "void hp(int row, int value)")),
                Arguments.of(NoRow.class, List.of("int hp()", "int hp(int row)")),
                Arguments.of(Misspelt.class, List.of("named after no field", "table=mob", "position")),
                Arguments.of(ScalarWithElement.class, List.of("int hp(int, int)", "int hp(int row)")),
                Arguments.of(Text.class, List.of("field=name", "type=string", "row reader")),
                Arguments.of(
                        VectorElementType.class,
                        List.of("type=3xf32", "void position(int row, int element, float value)")),
                Arguments.of(RunInRows.class, List.of("field=packed", "no single run")),
                Arguments.of(PresenceOfRequired.class, List.of("field=hp", "not optional")),
                Arguments.of(WrongPresence.class, List.of("boolean hasTarget(int row)")),
                Arguments.of(BothForms.class, List.of("field=position", "keep one form")),
                Arguments.of(NoChunk.class, List.of("not a chunk interface", "NoChunk")));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldNameInterfaceMethodFieldAndExpectedFormWhenRefused(final Class<?> type, final List<String> words) {
        try (ChunkFixture fixture = new ChunkFixture(
                Map.of("packed", GroupLayout.ROWS),
                FieldSpec.of("hp", "i32"),
                FieldSpec.of("name", "string"),
                FieldSpec.of("position", "3xf32"),
                FieldSpec.of("target", "u64").asOptional(),
                FieldSpec.of("packed", "2xf32").inGroup("packed"))) {
            final DbException refusal = assertThrows(
                    DbException.class,
                    () -> ChunkMethods.of(type, fixture.table().layout()));

            assertEquals(ErrorCode.INVALID_SCHEMA, refusal.code());
            assertAll(words.stream()
                    .map(word -> () ->
                            assertTrue(refusal.getMessage().contains(word), word + " in " + refusal.getMessage())));
        }
    }
}
