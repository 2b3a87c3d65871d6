package io.taktdb.core.accessor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.GuardException;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChunkAccessorsTest {
    /** One field of every type that chunks offer. */
    interface AllTypes extends Chunk {
        boolean flag(int row);

        void flag(int row, boolean value);

        byte i8(int row);

        void i8(int row, byte value);

        int u8(int row);

        void u8(int row, int value);

        short i16(int row);

        void i16(int row, short value);

        int u16(int row);

        void u16(int row, int value);

        int i32(int row);

        void i32(int row, int value);

        long u32(int row);

        void u32(int row, long value);

        long i64(int row);

        void i64(int row, long value);

        long u64(int row);

        void u64(int row, long value);

        long at(int row);

        void at(int row, long value);

        float f32(int row);

        AllTypes f32(int row, float value);

        double f64(int row);

        Chunk f64(int row, double value);

        int mood(int row);

        void mood(int row, int value);

        int cell(int row, int element);

        void cell(int row, int element, int value);
    }

    private static ChunkFixture allTypes(final GroupLayout layout) {
        return new ChunkFixture(
                Map.of("main", layout),
                FieldSpec.of("flag", "bool").withDefault("false"),
                FieldSpec.of("i8", "i8").withDefault("0"),
                FieldSpec.of("u8", "u8").withDefault("0"),
                FieldSpec.of("i16", "i16").withDefault("0"),
                FieldSpec.of("u16", "u16").withDefault("0"),
                FieldSpec.of("i32", "i32").withDefault("0"),
                FieldSpec.of("u32", "u32").withDefault("0"),
                FieldSpec.of("i64", "i64").withDefault("0"),
                FieldSpec.of("u64", "u64").withDefault("0"),
                FieldSpec.of("at", "timestamp").withDefault("0"),
                FieldSpec.of("f32", "f32").withDefault("0"),
                FieldSpec.of("f64", "f64").withDefault("0"),
                FieldSpec.of("mood", "enum(calm,angry,asleep)").withDefault("\"calm\""),
                FieldSpec.of("cell", "4xu16").withDefault("[0,0,0,0]"));
    }

    @ParameterizedTest
    @EnumSource(GroupLayout.class)
    @Tag("zc_1:test_reference_to_scalar_types")
    @Tag("mi_3:test_builtin_scalar_types")
    @Tag("mi_3:test_field_accessor_references")
    @Tag("zc_1:test_mut_accessor_returns_mut_ref")
    void shouldReadBackEveryTypeAtItsExtremesWhenWritten(final GroupLayout layout) {
        try (ChunkFixture fixture = allTypes(layout).withRows(40)) {
            final AllTypes chunk = fixture.open(AllTypes.class, 0);

            chunk.flag(39, true);
            chunk.i8(39, Byte.MIN_VALUE);
            chunk.u8(39, 255);
            chunk.i16(39, Short.MIN_VALUE);
            chunk.u16(39, 65_535);
            chunk.i32(39, Integer.MIN_VALUE);
            chunk.u32(39, 0xFFFF_FFFFL);
            chunk.i64(39, Long.MIN_VALUE);
            chunk.u64(39, -1);
            chunk.at(39, -5);
            assertSame(chunk, chunk.f32(39, -0.0f));
            assertSame(chunk, chunk.f64(39, Double.MIN_VALUE));
            chunk.mood(39, 2);
            chunk.cell(39, 3, 65_534);

            assertEquals(true, chunk.flag(39));
            assertEquals(Byte.MIN_VALUE, chunk.i8(39));
            assertEquals(255, chunk.u8(39));
            assertEquals(Short.MIN_VALUE, chunk.i16(39));
            assertEquals(65_535, chunk.u16(39));
            assertEquals(Integer.MIN_VALUE, chunk.i32(39));
            assertEquals(0xFFFF_FFFFL, chunk.u32(39));
            assertEquals(Long.MIN_VALUE, chunk.i64(39));
            assertEquals(-1, chunk.u64(39));
            assertEquals(-5, chunk.at(39));
            assertEquals(-0.0f, chunk.f32(39));
            assertEquals(Double.MIN_VALUE, chunk.f64(39));
            assertEquals(2, chunk.mood(39));
            assertEquals(65_534, chunk.cell(39, 3));
        }
    }

    @ParameterizedTest
    @EnumSource(GroupLayout.class)
    void shouldTouchNoOtherValueWhenOneIsWritten(final GroupLayout layout) {
        try (ChunkFixture fixture = allTypes(layout).withRows(40)) {
            final AllTypes chunk = fixture.open(AllTypes.class, 0);

            chunk.i32(7, -1);

            for (int row = 0; row < 40; row++) {
                assertEquals(row + 1, chunk.id(row));
                for (int field = 0; field < fixture.table().schema().fields().size(); field++) {
                    final boolean written =
                            row == 7 && field == fixture.table().schema().indexOf("i32");
                    final byte[] bytes = new byte[fixture.read(row).length(field)];
                    fixture.read(row).buffer(field).getBytes(0, bytes);
                    final String where = "row=" + row + ", field=" + field;
                    assertEquals(written ? -1 : 0, fixture.read(row).getInt(field), where);
                    assertEquals(written, bytes[bytes.length - 1] != 0, where);
                }
            }
        }
    }

    @Test
    @Tag("mi_3:test_record_iterator_references")
    @Tag("sl_5:test_record_iterator_yields_correct_references")
    void shouldShowWhatTheRowReaderShowsWhenRowsFillSeveralChunks() {
        final int firstOfLast = 2 * Chunk.MAX_ROWS;
        try (ChunkFixture fixture = ChunkFixture.of("i32", "i32", "0").withRows(firstOfLast + 276)) {
            final OneField last = fixture.open(OneField.class, 2);
            last.i32(last.rows() - 1, 77);

            assertEquals(276, last.rows());
            assertEquals(firstOfLast, last.firstRow());
            assertEquals(firstOfLast + 276, last.id(last.rows() - 1));
            assertEquals(77, fixture.read(firstOfLast + 275).getInt(0));
        }
    }

    interface OneField extends Chunk {
        int i32(int row);

        void i32(int row, int value);
    }

    @Test
    void shouldCatchWriteIntoPublishedPageInGuardMode() {
        try (ChunkFixture fixture = ChunkFixture.of("i32", "i32", "0").withRows(1)) {
            final ChunkAccessors<OneField> accessors =
                    ChunkAccessors.of(OneField.class, fixture.table().layout());
            final OneField chunk = accessors.create();
            accessors.wrap(chunk, new long[] {fixture.table().group(0).address(0)}, 1, 0);

            assertEquals(0, chunk.i32(0));
            assertThrows(GuardException.class, () -> chunk.i32(0, 1));
        }
    }

    @Test
    void shouldListFieldsThatAreReadAndWritten() {
        try (ChunkFixture fixture = allTypes(GroupLayout.COLUMNS)) {
            final ChunkAccessors<OneField> accessors =
                    ChunkAccessors.of(OneField.class, fixture.table().layout());

            final int position = fixture.table().schema().indexOf("i32");
            assertArrayEquals(new int[] {position}, accessors.readFields());
            assertArrayEquals(new int[] {position}, accessors.writtenFields());
        }
    }

    @Test
    void shouldMakeOneClassPerInterfaceAndShape() {
        try (ChunkFixture fixture = ChunkFixture.of("i32", "i32", "0")) {
            final TableLayout small = TableLayout.ofChunkRows(fixture.table().schema(), 16);
            final TableLayout same = TableLayout.ofChunkRows(fixture.table().schema(), 16);
            final TableLayout large = TableLayout.ofChunkRows(fixture.table().schema(), 512);

            final ChunkAccessors<OneField> accessors = ChunkAccessors.of(OneField.class, small);
            assertSame(accessors, ChunkAccessors.of(OneField.class, same));
            assertNotSame(accessors, ChunkAccessors.of(OneField.class, large));
        }
    }
}
