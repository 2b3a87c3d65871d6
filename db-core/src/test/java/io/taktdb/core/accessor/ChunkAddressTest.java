package io.taktdb.core.accessor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.GuardException;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Vectors, groups, presence bits, and indexes that are refused. */
class ChunkAddressTest {
    interface ByElement extends Chunk {
        float position(int row, int element);

        void position(int row, int element, float value);
    }

    interface AsRun extends Chunk {
        float position(int index);

        void position(int index, float value);
    }

    @Test
    @Tag("zc_1:test_custom_composite_type_reference")
    @Tag("ce_2:test_buffer_zero_copy_access")
    @Tag("pp_1:test_parallel_iter_with_custom_types")
    void shouldShowVectorsByElementAndAsOneRun() {
        try (ChunkFixture fixture =
                ChunkFixture.of("position", "3xf32", "[0,0,0]").withRows(20)) {
            final AsRun run = fixture.open(AsRun.class, 0);
            for (int i = 0; i < 3 * run.rows(); i++) {
                run.position(i, i);
            }
            final ByElement elements = fixture.open(ByElement.class, 0);
            elements.position(4, 1, -1);

            assertEquals(3 * 19 + 2, elements.position(19, 2));
            assertEquals(3 * 19 + 2, fixture.read(19).getFloat(0, 2));
            assertEquals(-1, fixture.open(AsRun.class, 0).position(13));
            assertEquals(14, elements.position(4, 2));
        }
    }

    interface TwoGroups extends Chunk {
        float x(int row);

        void x(int row, float value);

        long cold(int row);

        void cold(int row, long value);
    }

    @Test
    @Tag("zc_1:test_multiple_references_same_record")
    void shouldReachFieldsOfSeveralGroups() {
        try (ChunkFixture fixture = new ChunkFixture(
                        Map.of("cold", GroupLayout.ROWS),
                        FieldSpec.of("x", "f32").withDefault("1.5"),
                        FieldSpec.of("cold", "i64").withDefault("7").inGroup("cold"))
                .withRows(5)) {
            final TwoGroups chunk = fixture.open(TwoGroups.class, 0);

            chunk.x(4, chunk.x(4) + 1);
            chunk.cold(4, chunk.cold(4) + 1);

            assertEquals(2.5, fixture.read(4).getDouble(0));
            assertEquals(8, fixture.read(4).getLong(1));
            assertEquals(7, fixture.read(3).getLong(1));
        }
    }

    interface Optional extends Chunk {
        long target(int row);

        void target(int row, long value);

        boolean hasTarget(int row);

        void clearTarget(int row);
    }

    @ParameterizedTest
    @EnumSource(GroupLayout.class)
    void shouldFollowPresenceWhenOptionalFieldIsWrittenAndCleared(final GroupLayout layout) {
        try (ChunkFixture fixture = new ChunkFixture(
                        Map.of("main", layout),
                        FieldSpec.of("other", "i8").asOptional(),
                        FieldSpec.of("target", "u64").asOptional())
                .withRows(30)) {
            final Optional chunk = fixture.open(Optional.class, 0);
            assertEquals(false, chunk.hasTarget(29));

            chunk.target(29, 5);
            assertEquals(true, chunk.hasTarget(29));
            assertEquals(false, fixture.read(29).isNull(1));
            assertEquals(true, fixture.read(29).isNull(0));
            assertEquals(true, fixture.read(28).isNull(1));

            chunk.clearTarget(29);
            assertEquals(true, fixture.read(29).isNull(1));
            assertEquals(0, chunk.target(29));
        }
    }

    @Test
    @Tag("ms_2:test_bounds_check_before_unsafe_access")
    @Tag("zc_2:test_iter_out_of_bounds_safety")
    @Tag("pp_1:test_parallel_iter_memory_safety")
    void shouldCatchEveryIndexOutsideTheChunkInGuardMode() {
        try (ChunkFixture fixture =
                ChunkFixture.of("position", "3xf32", "[0,0,0]").withRows(10)) {
            final ByElement chunk = fixture.open(ByElement.class, 0);
            final AsRun run = fixture.open(AsRun.class, 0);

            final GuardException fault = assertThrows(GuardException.class, () -> chunk.position(10, 0));
            assertTrue(fault.getMessage().contains("ByElement.position"), fault::getMessage);
            assertThrows(GuardException.class, () -> chunk.position(-1, 0));
            assertThrows(GuardException.class, () -> chunk.position(0, 3));
            assertThrows(GuardException.class, () -> run.position(30));
            assertThrows(GuardException.class, () -> chunk.id(10));
        }
    }
}
