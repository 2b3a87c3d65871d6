package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.Guard;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.state.Lease;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.core.testing.Rows;
import io.taktdb.types.schema.FieldSpec;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of variable length: where they lie, and that what they leave is used again. */
@ExtendWith(OffHeapLeakCheck.class)
class HeapTest {
    private final TestTable world = new TestTable(FieldSpec.of("text", "string"));
    private final Table table = world.table();

    @AfterEach
    void close() {
        world.audit();
        world.close();
    }

    private void set(final long id, final String text) {
        table.writes().merge(id, Rows.row(table.schema(), text));
    }

    private static String text(final int length, final int seed) {
        final StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + (i * 7 + seed) % 26));
        }
        return text.toString();
    }

    @Test
    void shouldWasteAboutAThirdOfASlotAtMost() {
        for (int bytes = HeapReference.INLINE_BYTES + 1; bytes <= HeapClasses.MAX_SLOT_BYTES; bytes++) {
            final int slotClass = HeapClasses.classFor(bytes);
            final int slot = HeapClasses.slotBytes(slotClass);
            assertTrue(slot >= bytes && 3 * (slot - bytes) <= slot + 16, "bytes=" + bytes + ", slot=" + slot);
            assertTrue(slotClass == 0 || HeapClasses.slotBytes(slotClass - 1) < bytes, "not the smallest: " + bytes);
        }
        for (int slotClass = 0; slotClass < HeapClasses.COUNT; slotClass++) {
            final int used = HeapClasses.slots(slotClass) * HeapClasses.slotBytes(slotClass);
            final int room = HeapClasses.PAGE_BYTES - HeapClasses.HEADER_BYTES;
            assertTrue(room - used < room / 25, "class " + slotClass + " leaves " + (room - used) + " bytes of a page");
            assertTrue(HeapClasses.slots(slotClass) <= 1024, "more slots than bits");
        }
    }

    @Test
    void shouldReadBackTextsOfEveryLength() {
        final int[] lengths = {0, 1, 4, 5, 11, 12, 13, 16, 17, 100, 1_000, 8_095, 8_096, 8_097, 20_000, 1 << 20};
        for (final int length : lengths) {
            world.insert(text(length, length));
        }
        for (int shift = 0; shift < lengths.length; shift++) {
            for (int i = 0; i < lengths.length; i++) {
                final int length = lengths[(i + shift) % lengths.length];
                set(i + 1, text(length, shift));
                assertEquals(text(length, shift), table.reader().require(i + 1).getString(0), "length=" + length);
            }
            world.audit();
            world.database().commit(shift);
        }
    }

    @Test
    void shouldUseFreedSlotsAgain() {
        for (int i = 0; i < 1_000; i++) {
            world.insert(text(100, i));
        }
        world.database().commit(1);
        final int pages = table.heap().count();
        for (int round = 2; round < 12; round++) {
            for (int id = 1; id <= 1_000; id++) {
                set(id, text(97 + (id + round) % 30, id));
            }
            world.database().commit(round);
            assertEquals(pages, table.heap().count(), "in round " + round);
        }
    }

    @Test
    void shouldServeAnyLengthWithPagesThatBecameEmpty() {
        for (int i = 0; i < 2_000; i++) {
            world.insert(text(200, i));
        }
        world.database().commit(1);
        final int pages = table.heap().count();
        for (int id = 1; id <= 1_998; id++) {
            set(id, "");
        }
        world.database().commit(2);
        for (int id = 1; id <= 150; id++) {
            set(id, text(2_000, id));
        }
        world.database().commit(3);
        assertEquals(pages, table.heap().count(), "2,304-byte slots in pages that had slots of 256");
        set(1_999, "");
        set(2_000, "");
        for (int id = 1; id <= 150; id++) {
            set(id, "");
        }
        world.database().commit(4);
        assertEquals(0, table.heapStore().pages().bytes(), "no page is left");
    }

    @Test
    void shouldShowTheOldTextWhenASlotWasFreedReusedAndTakenBack() {
        world.insert(text(100, 1));
        world.insert(text(100, 2));
        world.database().commit(1);
        final int mark = world.database().mark();
        set(1, text(100, 3)); // the same slot again
        set(2, "");
        set(1, text(90, 4)); // both slots are free: one of them again
        world.insert(text(110, 5)); // and the other
        table.writes().delete(1);
        world.insert(text(99, 6));
        world.database().rollback(mark);
        assertEquals(text(100, 1), table.reader().require(1).getString(0));
        assertEquals(text(100, 2), table.reader().require(2).getString(0));
    }

    /** Pages that the values would fill if there were no gaps. */
    private double fullPages() {
        double full = 0;
        for (int page = 0; page < table.heap().count(); page++) {
            final long address = table.heap().address(page);
            if (address != 0) {
                full += Memory.getInt(address + Heap.USED)
                        / (double) HeapClasses.slots(Memory.getInt(address + Heap.SLOT_CLASS));
            }
        }
        return full;
    }

    private int pages() {
        int pages = 0;
        for (int page = 0; page < table.heap().count(); page++) {
            pages += table.heap().address(page) == 0 ? 0 : 1;
        }
        return pages;
    }

    private void assertWithinBound() {
        final double most = fullPages() * 16 / 7 + HeapCompaction.SPARE_PAGES;
        assertTrue(pages() <= most, "pages=" + pages() + ", most=" + most);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveMemoryBackWithinTheStatedBoundAfterChurn(final long seed) {
        final Random random = new Random(seed);
        final int rows = 20_000;
        for (int i = 0; i < rows; i++) {
            world.insert(text(13 + random.nextInt(300), i));
        }
        world.database().commit(1);
        final int before = pages();
        for (int id = 1; id <= rows; id++) {
            if (random.nextInt(20) != 0) {
                if (random.nextBoolean()) {
                    table.writes().delete(id);
                } else {
                    set(id, random.nextBoolean() ? "" : text(13 + random.nextInt(30), id));
                }
            }
        }
        world.database().commit(2);
        final int after = pages();
        final long hash = ContentHash.ofRows(table);
        int commits = 0;
        try (Lease lease = world.database().lease()) {
            commits = 2
                    + 2 * (before / HeapCompaction.PAGES + 1)
                    + rows / HeapCompaction.ROWS
                    + rows / HeapCompaction.MOVES;
            for (int tick = 3; tick < 3 + commits; tick++) {
                world.database().commit(tick);
                assertEquals(hash, ContentHash.ofRows(table), "tick " + tick);
            }
            assertEquals(hash, ContentHash.ofRows(lease.state().tables().get(0)), "the leased state is as it was");
        }
        assertWithinBound();
        assertTrue(
                pages() < after / 2,
                "seed=" + seed + ", full=" + before + ", after churn=" + after + ", now=" + pages());
        world.audit();
        final int frames = (int) world.database().liveFrames();
        world.database().commit(3 + commits);
        world.database().commit(4 + commits);
        assertTrue(world.database().liveFrames() <= frames, "frames of the lease are back");
        for (int i = 0; i < 2_000; i++) {
            world.insert(text(100, i));
        }
        world.audit();
        assertEquals(hash, hashOfFirst(rows));
    }

    /** The hash of the rows that there were before the last 2,000. */
    private long hashOfFirst(final int rows) {
        for (int id = rows + 1; id <= rows + 2_000; id++) {
            table.writes().delete(id);
        }
        return ContentHash.ofRows(table);
    }

    @Test
    void shouldMoveNoMoreThanItsBudgetInOneCommit() {
        for (int i = 0; i < 10_000; i++) {
            world.insert(text(40, i));
        }
        world.database().commit(1);
        for (int id = 1; id <= 10_000; id++) {
            if (id % 10 != 0) {
                set(id, "");
            }
        }
        final long[] places = new long[10_001];
        for (int commit = 2; commit < 20; commit++) {
            remember(places);
            world.database().commit(commit);
            final int moved = moved(places);
            assertTrue(moved <= HeapCompaction.MOVES, "moved=" + moved);
        }
        assertWithinBound();
    }

    private long placeOf(final long id) {
        return Memory.getLong(table.rows().address(table.place(0), table.rowOf(id)) + HeapReference.LOCATION);
    }

    private void remember(final long[] places) {
        for (int id = 10; id < places.length; id += 10) {
            places[id] = placeOf(id);
        }
    }

    private int moved(final long[] places) {
        int moved = 0;
        for (int id = 10; id < places.length; id += 10) {
            moved += places[id] == placeOf(id) ? 0 : 1;
        }
        return moved;
    }

    @Test
    void shouldLeaveEverythingAsItIsWhenMemoryEndsWhileValuesMove() {
        for (int i = 0; i < 5_000; i++) {
            world.insert(text(60, i));
        }
        world.database().commit(1);
        for (int id = 1; id <= 5_000; id++) {
            if (id % 9 != 0) {
                table.writes().delete(id);
            }
        }
        world.database().commit(2);
        final long hash = ContentHash.ofRows(table);
        for (int allocations = 0; allocations < 12; allocations++) {
            try (Lease lease = world.database().lease()) { // so that moving needs frames
                Guard.failAfter(allocations);
                world.database().commit(3 + allocations);
                assertEquals(hash, ContentHash.ofRows(lease.state().tables().get(0)), "of the leased state");
            } finally {
                Guard.failAfter(Long.MAX_VALUE);
            }
            assertEquals(hash, ContentHash.ofRows(table), "allocations=" + allocations);
            world.audit();
        }
    }

    @Test
    void shouldReturnBlocksWhenTheirValuesGo() {
        world.insert(text(1 << 20, 1));
        world.database().commit(1);
        final long withBlock = world.database().reservedBytes();
        set(1, "small");
        world.database().commit(2);
        world.database().commit(3);
        assertTrue(withBlock - world.database().reservedBytes() > 1 << 20);
        for (int round = 4; round < 40; round++) {
            set(1, text(10_000, round));
            world.database().commit(round);
        }
        assertTrue(
                table.blocks().count() <= 3,
                "numbers are used again: " + table.blocks().count());
    }
}
