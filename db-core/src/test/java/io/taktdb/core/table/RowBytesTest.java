package io.taktdb.core.table;

import static io.taktdb.core.testing.Rows.part;
import static io.taktdb.core.testing.Rows.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.TableSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies in a page, byte for byte. */
@ExtendWith(OffHeapLeakCheck.class)
class RowBytesTest {
    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);

    @AfterEach
    void close() {
        database.close();
    }

    private Table create(final GroupLayout layout, final FieldSpec... fields) {
        database.change(
                new SchemaChange.CreateTable("t", List.of(fields), Map.of("main", layout), TableSchema.UNLIMITED_ROWS));
        return database.table("t");
    }

    private static byte[] page(final TableView table, final int group, final int chunk) {
        final byte[] bytes = new byte[table.layout().groups().get(group).pageBytes()];
        Memory.copy(table.group(group).address(chunk), bytes, 0, bytes.length);
        return bytes;
    }

    private static void assertPage(final ByteBuffer expected, final TableView table, final String where) {
        final byte[] bytes = new byte[expected.capacity()];
        expected.get(0, bytes);
        assertArrayEquals(bytes, page(table, 0, 0), where);
    }

    private static ByteBuffer expected(final TableView table) {
        return ByteBuffer.allocate(table.layout().groups().get(0).pageBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    @Tag("sl_4:test_write_single_record")
    @Tag("sl_4:test_write_multiple_records")
    @Tag("sl_4:test_write_at_buffer_start")
    @Tag("sl_4:test_zeroed_buffer")
    @Tag("sl_4:test_endianness_consistency")
    @Tag("sl_4:test_unaligned_write")
    @Tag("sl_1:contiguous_memory")
    @Tag("sl_1:pointer_cast")
    @Tag("ce_2:test_buffer_is_contiguous_vec")
    @Tag("zc_1:test_references_across_records")
    @Tag("zc_1:test_packed_fields_no_padding")
    @Tag("sl_3:test_memory_layout_match")
    @Tag("zc_2:test_iter_record_size_alignment")
    @Tag("zc_2:test_iter_zip_with_indices")
    @Tag("rc_5:list_records_memory_layout")
    @Tag("sl_5:test_read_single_record_i32")
    void shouldLieAsDrawnWhenRowsAreInRows() {
        final Table table = create(
                GroupLayout.ROWS,
                FieldSpec.of("a", "i32").asOptional(),
                FieldSpec.of("b", "u8"),
                FieldSpec.of("c", "f32").asOptional());
        table.writes().insert(5, row(table.schema(), 0x01020304, 0xAB, 1.5));
        table.writes().insert(9, row(table.schema(), null, 7, -2.0));
        table.writes().insert(-1L, row(table.schema(), -1, 255, null));
        final ByteBuffer page = expected(table);
        page.putLong(5).put((byte) 0b11).putInt(0x01020304).put((byte) 0xAB).putFloat(1.5f);
        page.putLong(9).put((byte) 0b10).putInt(0).put((byte) 7).putFloat(-2f);
        page.putLong(-1).put((byte) 0b01).putInt(-1).put((byte) 255).putFloat(0f);
        assertPage(page, table, "");
    }

    @Test
    void shouldLieAsDrawnWhenRowsAreInColumns() {
        final Table table = create(
                GroupLayout.COLUMNS,
                FieldSpec.of("a", "i16").asOptional(),
                FieldSpec.of("b", "3xu8"),
                FieldSpec.of("c", "f64").asOptional());
        table.writes().insert(5, row(table.schema(), 0x0102, new byte[] {1, 2, 3}, 1.5));
        table.writes().insert(9, row(table.schema(), null, new byte[] {4, 5, 6}, -2.0));
        final ByteBuffer page = expected(table);
        page.putLong(0, 5).putLong(8, 9);
        page.putShort(128, (short) 0x0102);
        page.position(160).put(new byte[] {1, 2, 3, 4, 5, 6});
        page.putDouble(208, 1.5).putDouble(216, -2.0);
        page.put(336, (byte) 0b01).put(338, (byte) 0b11);
        assertPage(page, table, "");
    }

    @Test
    void shouldShowPrefixAndPlaceWhenTextIsLong() {
        final Table table = create(GroupLayout.ROWS, FieldSpec.of("text", "string"));
        table.writes().insert(1, row(table.schema(), "twelve bytes"));
        table.writes().insert(2, row(table.schema(), "thirteen byte"));
        table.writes().insert(3, row(table.schema(), "x".repeat(8_097)));
        final ByteBuffer page = expected(table);
        page.putLong(1).putInt(12).put("twelve bytes".getBytes(StandardCharsets.UTF_8));
        page.putLong(2).putInt(13).put(new byte[] {'t', 'h', 'i', 'r'}).putLong(HeapClasses.HEADER_BYTES);
        page.putLong(3).putInt(8_097).put(new byte[] {'x', 'x', 'x', 'x'}).putLong(-1);
        assertPage(page, table, "");
    }

    @ParameterizedTest
    @EnumSource(GroupLayout.class)
    @Tag("sl_4:test_write_partial_record")
    @Tag("sl_4:test_write_at_buffer_end")
    @Tag("sl_5:test_overwrite_record_then_read")
    @Tag("rc_3:test_update_cache_locality")
    void shouldTouchOnlyItsOwnBytesWhenOneFieldIsWritten(final GroupLayout layout) {
        final Table table = create(
                layout, FieldSpec.of("a", "u16"), FieldSpec.of("b", "u8").asOptional(), FieldSpec.of("c", "u32"));
        for (int i = 0; i < 16; i++) {
            table.writes().insert(row(table.schema(), 0xFFFF, 0xFF, -1));
        }
        for (int field = 0; field < 3; field++) {
            for (final long id : new long[] {1, 7, 16}) {
                final byte[] before = page(table, 0, 0);
                table.writes().merge(id, part(table.schema(), new int[] {field}, 0));
                final byte[] after = page(table, 0, 0);
                final int first = table.place(field).offset()
                        + (int) (id - 1) * table.place(field).stride();
                for (int i = 0; i < before.length; i++) {
                    final boolean own =
                            i >= first && i < first + table.place(field).bytes();
                    assertEquals(own ? 0 : before[i], after[i], "byte " + i + ", field " + field + ", id " + id);
                }
                table.writes().merge(id, part(table.schema(), new int[] {field}, -1));
            }
        }
    }

    @Test
    @Tag("ce_1:test_record_packing_verify_offsets")
    @Tag("sl_4:test_all_scalar_types")
    @Tag("sl_5:test_write_then_read_roundtrip")
    @Tag("sl_5:test_read_multiple_fields_mixed_types")
    @Tag("sl_5:test_read_multiple_records")
    @Tag("mi_3:test_record_write_read_roundtrip")
    @Tag("sl_1:pointer_cast_unaligned")
    @Tag("ct_1:test_unaligned_access_works")
    @Tag("sl_5:test_misaligned_field_offsets")
    @Tag("ms_2:test_field_index_valid")
    @Tag("ms_2:test_record_index_valid")
    @Tag("ms_1:test_multi_record_field_access")
    void shouldReadBackWhatWasWrittenWhenFieldsAreRandom() {
        final String[] types = {"bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64", "uuid"};
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            final List<FieldSpec> fields = new ArrayList<>();
            for (int i = 0; i < random.nextInt(20); i++) {
                fields.add(FieldSpec.of("f" + i, types[random.nextInt(types.length)]));
            }
            database.change(new SchemaChange.CreateTable(
                    "t" + round, fields, Map.of("main", GroupLayout.ROWS), TableSchema.UNLIMITED_ROWS));
            final Table table = database.table("t" + round);
            final Object[] values = new Object[fields.size()];
            final ByteBuffer record = expected(table).putLong(1);
            for (int i = 0; i < values.length; i++) {
                assertEquals(record.position(), table.place(i).offset(), "seed=" + seed);
                final byte[] value = new byte[table.place(i).bytes()];
                random.nextBytes(value);
                value[0] = table.place(i).bytes() == 1 ? (byte) (value[0] & 1) : value[0];
                record.put(value);
                values[i] = littleEndian(value, fields.get(i).type());
            }
            table.writes().insert(row(table.schema(), values));
            assertPage(record, table, "seed=" + seed);
        }
    }

    private static Object littleEndian(final byte[] value, final String type) {
        final ByteBuffer buffer = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case "f32" -> buffer.getFloat();
            case "f64" -> buffer.getDouble();
            case "uuid" -> value;
            default ->
                value.length == 1
                        ? value[0]
                        : value.length == 2
                                ? buffer.getShort()
                                : value.length == 4 ? buffer.getInt() : buffer.getLong();
        };
    }

    @Test
    @Tag("sl_4:test_out_of_bounds_index")
    @Tag("sl_5:test_read_out_of_bounds_index_panics")
    @Tag("ms_2:test_record_index_out_of_bounds")
    @Tag("ms_2:test_record_index_empty_table")
    @Tag("ms_2:test_field_index_out_of_bounds")
    @Tag("zc_1:test_field_access_out_of_bounds_panic")
    @Tag("sl_4:test_out_of_bounds_offset")
    @Tag("ct_1:test_out_of_bounds_read_panics")
    @Tag("mi_3:test_buffer_bounds_validation")
    @Tag("mi_3:test_record_index_bounds_checking")
    @Tag("ms_1:test_large_offset_exceeds_buffer")
    @Tag("sl_1:as_slice_returns_only_initialized_bytes")
    void shouldRefuseRowsAndFieldsThatAreNotThere() {
        final Table table = create(GroupLayout.COLUMNS, FieldSpec.of("a", "3xf32"));
        assertFalse(table.reader().seekRow(0));
        table.writes().insert(row(table.schema(), new byte[12]));
        final RowReader reader = table.reader();
        assertFalse(reader.seekRow(1));
        assertFalse(reader.seekRow(-1));
        assertFalse(reader.seekRow(Long.MAX_VALUE));
        reader.require(1);
        assertThrows(IndexOutOfBoundsException.class, () -> reader.getInt(1));
        assertThrows(IndexOutOfBoundsException.class, () -> reader.getInt(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> reader.getFloat(0, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> reader.getFloat(0, -1));
    }
}
