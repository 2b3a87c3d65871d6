package io.taktdb.core.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.testing.Schemas;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TableLayoutTest {
    private static final int ID = Long.BYTES;

    private static List<Integer> offsets(final TableLayout layout) {
        return layout.fields().stream().map(FieldPlace::offset).toList();
    }

    private static TableLayout rows(final String... types) {
        return TableLayout.of(Schemas.of(GroupLayout.ROWS, types), 0);
    }

    @Test
    @Tag("ce_1:test_record_packing_basic_types")
    @Tag("ce_1:test_record_packing_mixed_alignment")
    @Tag("ce_1:test_record_packing_custom_composite")
    @Tag("ce_1:test_record_packing_edge_cases")
    @Tag("sl_3:test_alignment_no_padding")
    @Tag("sl_4:test_padding_absence")
    @Tag("ts_2:test_edge_offset_alignment")
    @Tag("ct_1:test_scalar_type_alignments")
    @Tag("ct_2:test_alignment_not_zero")
    @Tag("rc_2:test_get_record_cache_efficiency")
    void shouldPackRecordsWithoutPaddingWhenLaidOutInRows() {
        final TableLayout basic = rows("u8", "i16", "i32", "f64", "bool");
        assertEquals(List.of(ID, ID + 1, ID + 3, ID + 7, ID + 15), offsets(basic));
        assertEquals(ID + 16, basic.groups().get(0).recordBytes());
        assertEquals(ID + 16, basic.fields().get(3).stride());
        assertEquals(List.of(ID, ID + 1, ID + 5, ID + 6), offsets(rows("u8", "u32", "u8", "u64")));
        assertEquals(List.of(ID, ID + 12), offsets(rows("Vec3", "Color")));
        assertEquals(ID + 16, rows("Vec3", "Color").groups().get(0).recordBytes());
        assertEquals(List.of(ID, ID + 1, ID + 9, ID + 10), offsets(rows("u8", "u64", "u8", "u64")));
        assertEquals(ID + 8, rows("u64").rowBytes());
        assertEquals(
                ID + 100,
                rows(Collections.nCopies(100, "u8").toArray(new String[0])).rowBytes());
    }

    @Test
    @Tag("ce_2:test_buffer_performance_characteristics")
    void shouldGiveEveryFieldAColumnWhenLaidOutInColumns() {
        final TableLayout layout =
                TableLayout.ofChunkRows(Schemas.of(GroupLayout.COLUMNS, "u8", "i16", "f64", "3xf32"), 512);
        assertEquals(List.of(512 * 8, 512 * 9, 512 * 11, 512 * 19), offsets(layout));
        assertEquals(
                List.of(1, 2, 8, 12),
                layout.fields().stream().map(FieldPlace::stride).toList());
        assertEquals(0, layout.id().offset());
        assertEquals(8, layout.id().stride());
        assertEquals(512 * 31, layout.groups().get(0).pageBytes());
        assertEquals(9, layout.chunkShift());
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "4, i32", "8, f64", "1, bool", "12, i32 i32 i32", "13, i8 i32 f64", "12, Vec3", "12, i32 f64"})
    @Tag("sl_3:test_empty_fields")
    @Tag("sl_3:test_single_primitive")
    @Tag("sl_3:test_multiple_same_type")
    @Tag("sl_3:test_mixed_primitives")
    @Tag("sl_3:test_custom_composite")
    @Tag("ms_1:test_record_size_calculation")
    @Tag("mi_3:test_record_size_calculation")
    @Tag("ct_1:test_serialize_all_primitives")
    void shouldTakeTheSumOfItsFieldsWhenARowIsMeasured(final int bytes, final String types) {
        final String[] fields = types.isEmpty() ? new String[0] : types.split(" ");
        for (final GroupLayout layout : GroupLayout.values()) {
            final TableLayout measured = TableLayout.of(Schemas.of(layout, fields), 0);
            assertEquals(ID + bytes, measured.rowBytes(), layout + " " + types);
            assertEquals(ID + bytes, measured.groups().get(0).recordBytes(), layout + " " + types);
        }
    }

    @Test
    @Tag("sl_3:test_field_order_independent")
    void shouldTakeAsManyBytesWhenFieldsComeInAnotherOrder() {
        assertEquals(rows("i32", "f64").rowBytes(), rows("f64", "i32").rowBytes());
    }

    @Test
    void shouldPutPresenceBitsBehindTheColumns() {
        final TableSchema schema = Schemas.of(
                GroupLayout.COLUMNS,
                List.of(
                        FieldSpec.of("a", "u8").asOptional(),
                        FieldSpec.of("b", "i32"),
                        FieldSpec.of("c", "i16").asOptional()));
        final TableLayout layout = TableLayout.ofChunkRows(schema, 16);
        assertEquals(List.of(128, 144, 208), offsets(layout));
        assertEquals(240, layout.fields().get(0).presenceOffset());
        assertFalse(layout.fields().get(1).isOptional());
        assertEquals(242, layout.fields().get(2).presenceOffset());
        assertEquals(256, layout.groups().get(0).pageBytes(), "244 bytes, rounded up to a line");
        final TableLayout single = TableLayout.ofChunkRows(schema, 1);
        assertEquals(
                List.of(15, 16),
                List.of(
                        single.fields().get(0).presenceOffset(),
                        single.fields().get(2).presenceOffset()));
    }

    @Test
    void shouldPutPresenceBytesBehindTheIdWhenLaidOutInRows() {
        final List<FieldSpec> fields = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            fields.add(FieldSpec.of("f" + i, "i16").asOptional());
        }
        fields.add(FieldSpec.of("last", "u8"));
        final TableLayout layout = TableLayout.of(Schemas.of(GroupLayout.ROWS, fields), 0);
        assertEquals(ID + 2 + 20 + 1, layout.groups().get(0).recordBytes());
        assertEquals(ID + 2, layout.fields().get(0).offset());
        assertEquals(ID, layout.fields().get(7).presenceOffset());
        assertEquals(7, layout.fields().get(7).presenceBit());
        assertEquals(ID + 1, layout.fields().get(8).presenceOffset());
        assertEquals(0, layout.fields().get(8).presenceBit());
        assertFalse(layout.fields().get(10).isOptional());
    }

    @Test
    void shouldGiveEachGroupItsOwnPage() {
        final TableSchema schema = Schemas.of(
                GroupLayout.COLUMNS,
                List.of(
                        FieldSpec.of("x", "f32").inGroup("hot"),
                        FieldSpec.of("name", "string").inGroup("cold"),
                        FieldSpec.of("y", "f32").inGroup("hot")));
        final TableLayout layout = TableLayout.ofChunkRows(schema, 512);
        assertEquals(
                List.of("main", "hot", "cold"),
                layout.groups().stream().map(GroupPlan::name).toList());
        assertEquals(
                List.of(4096, 4096, 8192),
                layout.groups().stream().map(GroupPlan::pageBytes).toList());
        assertEquals(
                List.of(1, 2, 1),
                layout.fields().stream().map(FieldPlace::group).toList());
        assertEquals(List.of(0, 0, 2048), offsets(layout));
    }

    @ParameterizedTest
    @CsvSource({"0, 16", "16, 16", "17, 32", "100, 128", "512, 512", "513, 1024", "1025, 1024", "1000000, 1024"})
    @Tag("pp_2:test_chunk_size_calculation_consistency")
    @Tag("pp_2:test_empty_and_single_record_tables")
    void shouldChooseSmallChunksForSmallTables(final long expectedRows, final int rowsPerChunk) {
        assertEquals(
                rowsPerChunk,
                TableLayout.of(Schemas.of(GroupLayout.COLUMNS, "f32"), expectedRows)
                        .rowsPerChunk());
    }

    @ParameterizedTest
    @EnumSource(GroupLayout.class)
    @Tag("pp_2:test_chunk_size_aligned_to_cache_line")
    @Tag("pp_2:test_cache_line_alignment_with_large_records")
    @Tag("mi_3:test_parallel_iteration")
    void shouldKeepPagesWithin64KiBWhenRowsAreWide(final GroupLayout layout) {
        for (int fields = 1; fields < 12_000; fields = fields * 3 / 2 + 1) {
            final boolean optional = fields % 2 == 0;
            final List<FieldSpec> specs = new ArrayList<>();
            for (int i = 0; i < Math.min(fields, TableSchema.MAX_FIELDS); i++) {
                final FieldSpec spec = FieldSpec.of("f" + i, "i64");
                specs.add(optional ? spec.asOptional() : spec);
            }
            final TableSchema schema = Schemas.of(layout, specs);
            final int rows = TableLayout.maxChunkRows(schema);
            final int pageBytes =
                    TableLayout.ofChunkRows(schema, rows).groups().get(0).pageBytes();
            assertEquals(1, Integer.bitCount(rows));
            assertEquals(0, pageBytes % 64);
            assertTrue(rows == 1 || pageBytes <= TableLayout.MAX_PAGE_BYTES, fields + " fields: " + pageBytes);
            final boolean isLargest = rows == TableLayout.MAX_CHUNK_ROWS
                    || TableLayout.ofChunkRows(schema, rows * 2).groups().get(0).pageBytes()
                            > TableLayout.MAX_PAGE_BYTES;
            assertTrue(isLargest, fields + " fields could have chunks of more than " + rows + " rows");
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, COLUMNS", "1000, ROWS", "10000, COLUMNS", "10000, ROWS"})
    @Tag("sl_3:test_large_record")
    @Tag("ms_1:test_overlapping_fields")
    @Tag("mi_3:test_field_offset_validation")
    @Tag("ct_2:test_offset_within_bounds")
    @Tag("sl_4:test_overlap_detection")
    @Tag("ts_2:test_edge_max_offset")
    @Tag("sj_2:test_schema_with_large_number_of_fields")
    void shouldPlaceEveryByteOnceWhenATableHasManyFields(final int fields, final GroupLayout layout) {
        final String[] types = {"bool", "i16", "f32", "i64", "uuid", "string", "3xf32"};
        final List<FieldSpec> specs = IntStream.range(0, fields)
                .mapToObj(i -> {
                    final FieldSpec spec = FieldSpec.of("f" + i, types[i % types.length]);
                    return i % 3 == 0 ? spec.asOptional() : spec;
                })
                .toList();
        final TableLayout made = TableLayout.of(Schemas.of(layout, specs), 1_000);
        PlaceCheck.check(made);
        assertEquals(fields, made.fields().size());
    }

    @Test
    @Tag("sl_3:test_overflow_panic")
    @Tag("sl_3:test_negative_offset_overflow")
    @Tag("ms_1:test_offset_overflow")
    void shouldRefuseRowsThatAreTooWide() {
        final String[] most = Collections.nCopies(16, "4096xuuid").toArray(new String[0]);
        final DbException tooWide = assertThrows(DbException.class, () -> rows(most));
        assertEquals(ErrorCode.LIMIT_EXCEEDED, tooWide.code());
        assertTrue(tooWide.getMessage().contains("rowBytes=" + (ID + 16 * 65_536)), tooWide.getMessage());
        final String[] all =
                Collections.nCopies(TableSchema.MAX_FIELDS, "4096xuuid").toArray(new String[0]);
        assertEquals(
                ErrorCode.LIMIT_EXCEEDED,
                assertThrows(DbException.class, () -> rows(all)).code());
    }

    @Test
    @Tag("ms_1:test_negative_offset")
    void shouldRefuseChunksOfOtherSizes() {
        final TableSchema schema = Schemas.of(GroupLayout.ROWS, "i32");
        for (final int rows : new int[] {Integer.MIN_VALUE, -1, 0, 3, 48, 2048}) {
            assertThrows(IllegalArgumentException.class, () -> TableLayout.ofChunkRows(schema, rows), rows + " rows");
        }
    }
}
