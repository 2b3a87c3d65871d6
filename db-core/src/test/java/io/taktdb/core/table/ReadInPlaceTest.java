package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.state.Lease;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.schema.FieldSpec;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A reader shows bytes where they lie: it copies none, and makes no garbage. */
@ExtendWith(OffHeapLeakCheck.class)
class ReadInPlaceTest {
    private static final int ROWS = 20_000;
    private static final int CACHE_LINE = 64;

    private final TestTable world =
            new TestTable(FieldSpec.of("n", "i32"), FieldSpec.of("pos", "3xf32"), FieldSpec.of("text", "string"));

    @AfterEach
    void close() {
        world.close();
    }

    private void fill(final int rows) {
        for (int i = 0; i < rows; i++) {
            world.insert(i, new byte[12], "a text that lies in the heap, number " + i);
        }
        world.database().commit(1);
    }

    private static long addressOf(final TableView table, final RowReader row, final int field) {
        final FieldPlace place = table.layout().fields().get(field);
        final int chunkRows = table.layout().rowsPerChunk();
        return table.group(place.group()).address((int) (row.row() / chunkRows))
                + place.offset()
                + row.row() % chunkRows * place.stride();
    }

    @Test
    @Tag("zc_1:test_returns_reference_not_copy")
    @Tag("zc_1:test_iterator_yields_references")
    @Tag("ct_1:test_field_accessor_returns_reference")
    @Tag("ct_1:test_iter_yields_references")
    @Tag("ct_2:test_access_composite_field_zero_copy")
    @Tag("lf_1:test_load_returns_valid_reference")
    @Tag("sl_4:test_null_pointer")
    void shouldShowTheBytesOfTheTableWhenAFieldIsRead() {
        fill(ROWS);
        try (Lease lease = world.database().lease()) {
            final TableState table = lease.state().table("t");
            final RowReader row = table.reader();
            final Set<Long> seen = new HashSet<>();
            for (long i = 0; row.seekRow(i); i++) {
                for (int field = 0; field < 2; field++) {
                    final long address = row.buffer(field).addressOffset();
                    assertNotEquals(0, address);
                    assertEquals(addressOf(table, row, field), address, "row " + i + ", field " + field);
                    assertTrue(seen.add(address), "two values lie at one place: row " + i);
                }
            }
            assertEquals(2 * ROWS, seen.size());
        }
    }

    @Test
    @Tag("sl_1:alignment")
    void shouldBeginEveryPageAtACacheLine() {
        fill(ROWS);
        final PageTable pages = new PageTable(world.table());
        assertTrue(pages.count() > 1, "more than one page");
        for (int page = 0; page < pages.count(); page++) {
            assertEquals(0, pages.address(page) % CACHE_LINE, "page " + page);
        }
    }

    /** The pages of a table's first group. */
    private record PageTable(Table table) {
        int count() {
            final int chunkRows = table.layout().rowsPerChunk();
            return (int) ((table.rowCount() + chunkRows - 1) / chunkRows);
        }

        long address(final int page) {
            return table.group(0).address(page);
        }
    }

    @Test
    @Tag("sl_5:test_read_does_not_copy")
    @Tag("lf_1:test_zero_copy_access_via_loaded_reference")
    @Tag("rc_2:test_get_record_zero_copy")
    @Tag("rc_5:list_records_zero_copy_validation")
    void shouldAllocateNothingByRowWhenAllRowsAreRead() {
        fill(ROWS);
        try (Lease lease = world.database().lease()) {
            final RowReader row = lease.state().table("t").reader();
            readAll(row); // classes load
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            final long before = threads.getCurrentThreadAllocatedBytes();
            final long sum = readAll(row);
            final long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            assertEquals((long) ROWS * (ROWS - 1) / 2, sum);
            assertTrue(bytes < ROWS, () -> "bytes of garbage for " + ROWS + " rows: " + bytes);
        }
    }

    private static long readAll(final RowReader row) {
        long sum = 0;
        for (long i = 0; row.seekRow(i); i++) {
            sum += row.getInt(0);
            sum += (long) row.getFloat(1, 2);
            sum += row.buffer(2).getByte(0) - 'a';
        }
        return sum;
    }

    @Test
    @Tag("sl_1:zero_capacity")
    @Tag("sl_1:default_capacity")
    @Tag("ab_2:test_empty_buffer_swap")
    void shouldGrowFromNothingWhenTheFirstRowComes() {
        assertEquals(0, world.database().commit(1).table("t").rowCount());
        assertEquals(0, world.table().rowCount());
        assertFalse(world.table().reader().seekRow(0));
        world.insert(7, new byte[12], "");
        assertEquals(1, world.table().rowCount());
        assertEquals(7, world.table().reader().require(1).getInt(0));
    }
}
