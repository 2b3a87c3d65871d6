package io.taktdb.core.version;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.taktdb.core.testing.OffHeapLeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OffHeapLeakCheck.class)
class PageStoreTest {
    private final PageWorld world = new PageWorld();
    private final PageStore store = world.store();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("ab_2:test_atomic_swap_basic")
    @Tag("ab_3:test_copy_on_write_on_first_modification")
    void shouldWriteIntoTheTwinWhenAPublishedPageChanges() {
        final int page = store.append();
        world.fill(page, 1);
        final PageDirectory first = world.commit();
        final long half = first.address(page);
        world.write(page, 5, 2);
        final long twin = store.address(page);
        assertNotEquals(half, twin);
        assertArrayEquals(world.filled(1), world.bytes(first, page));
        final PageDirectory second = world.commit();
        assertEquals(twin, second.address(page));
        world.write(page, 6, 3);
        assertEquals(half, store.address(page), "the first half again");
        assertEquals(1, world.epochs().liveFrames());
    }

    @Test
    @Tag("ab_3:test_copy_only_modified_records_optimization")
    @Tag("ab_3:test_performance_benchmark_copy_overhead")
    void shouldBringTheTwinUpToDateWhenOtherLinesChangeEachTime() {
        final int page = store.append();
        final byte[] expected = new byte[store.pageBytes()];
        for (int i = 0; i < 500; i++) {
            final int offset = i * 173 % expected.length;
            world.write(page, offset, i + 1);
            expected[offset] = (byte) (i + 1);
            assertArrayEquals(expected, world.bytes(store, page), "in version " + i);
            assertArrayEquals(expected, world.bytes(world.commit(), page), "after commit " + i);
        }
        assertEquals(1, world.epochs().liveFrames());
    }

    @Test
    @Tag("ab_3:test_no_copy_on_read_only_access")
    void shouldPublishTheSameDirectoryWhenNothingChanged() {
        store.append();
        final PageDirectory first = world.commit();
        assertSame(first, world.commit());
    }

    @Test
    @Tag("ab_3:test_concurrent_readers_during_write")
    @Tag("ab_3:test_buffer_reclamation_when_no_references")
    @Tag("sl_4:test_write_with_arcswap_buffer_swap")
    void shouldMoveToAnotherFrameWhenALeaseSeesTheTwin() {
        final int page = store.append();
        world.fill(page, 1);
        final PageDirectory first = world.commit();
        final int lease = world.lease();
        world.fill(page, 2);
        final PageDirectory second = world.commit();
        final int otherLease = world.lease();
        assertEquals(1, world.epochs().liveFrames(), "the twin was free");
        world.write(page, 0, 3);
        assertEquals(2, world.epochs().liveFrames(), "both halves are seen");
        final PageDirectory third = world.commit();
        world.write(page, 0, 4);
        world.commit();
        assertEquals(2, world.epochs().liveFrames(), "the new frame has a twin of its own");
        assertArrayEquals(world.filled(1), world.bytes(first, page));
        assertArrayEquals(world.filled(2), world.bytes(second, page));
        world.release(lease);
        world.commit();
        assertEquals(2, world.epochs().liveFrames(), "one lease still sees the old frame");
        world.release(otherLease);
        world.commit();
        assertEquals(1, world.epochs().liveFrames(), "the old frame went back");
        assertEquals(0, world.epochs().waiting());
        assertNotEquals(third.address(page), first.address(page));
    }

    @Test
    void shouldKeepTheFrameWhenALeaseSeesOtherVersionsOnly() {
        final int page = store.append();
        world.commit();
        world.write(page, 0, 1);
        world.commit();
        final int lease = world.lease();
        for (int i = 0; i < 10; i++) {
            world.commit();
        }
        world.write(page, 0, 2);
        assertEquals(1, world.epochs().liveFrames(), "the twin shows a version that nobody holds");
        world.commit();
        world.write(page, 0, 3);
        assertEquals(2, world.epochs().liveFrames(), "now it is the leased one");
        world.release(lease);
    }

    @Test
    void shouldHoldEverythingWhenAReaderIsEntering() {
        final int page = store.append();
        world.commit();
        world.write(page, 0, 1);
        final int slot = world.epochs().slots().claim();
        world.epochs().slots().entering(slot, world.epochs().building() - 1);
        world.commit();
        world.write(page, 0, 2);
        assertEquals(2, world.epochs().liveFrames(), "the entering reader may get the version before");
        world.epochs().slots().reading(slot, world.epochs().building() - 1);
        world.commit();
        world.release(slot);
        world.commit();
        world.commit();
        assertEquals(1, world.epochs().liveFrames());
    }

    @Test
    @Tag("zc_1:test_drop_buffer_while_reference_exists")
    void shouldKeepDroppedPagesReadableWhileLeased() {
        store.append();
        final int last = store.append();
        world.fill(last, 7);
        final PageDirectory directory = world.commit();
        final int lease = world.lease();
        store.dropLast();
        assertEquals(1, world.commit().count());
        world.commit();
        assertArrayEquals(world.filled(7), world.bytes(directory, last));
        assertEquals(2, world.epochs().liveFrames());
        world.release(lease);
        world.commit();
        assertEquals(1, world.epochs().liveFrames());
    }

    @Test
    void shouldAnswerTheTombstoneWhenAPageInTheMiddleIsDropped() {
        for (int i = 0; i < 3; i++) {
            store.append();
        }
        store.drop(1, 1);
        assertEquals(1, store.address(1));
        assertFalse(store.has(1));
        assertEquals(3, store.count());
        assertEquals(3, store.taken());
        assertEquals(1, world.commit().address(1));
        assertEquals(2, world.epochs().liveFrames(), "gone with the commit");
    }

    @Test
    @Tag("ab_3:test_rollback_on_panic")
    void shouldShowTheOldBytesAndPagesWhenRolledBack() {
        final int page = store.append();
        world.fill(page, 1);
        world.commit();
        final int mark = world.epochs().undo().mark();
        world.fill(page, 2);
        store.append();
        world.fill(1, 3);
        store.dropLast();
        store.dropLast();
        store.append();
        assertArrayEquals(world.filled(0), world.bytes(store, 0), "a new page is zero");
        world.epochs().undo().rollback(mark);
        assertEquals(1, store.count());
        assertArrayEquals(world.filled(1), world.bytes(store, 0));
        assertArrayEquals(world.filled(1), world.bytes(world.commit(), 0));
        assertEquals(1, world.epochs().liveFrames());
    }

    @Test
    @Tag("ab_1:test_drop_ordering")
    void shouldGiveEverythingBackWhenTheStoreIsDropped() {
        for (int i = 0; i < 1_000; i++) {
            world.fill(store.append(), i);
        }
        final PageDirectory directory = world.commit();
        final int lease = world.lease();
        store.dropAll();
        world.commit();
        for (int i = 0; i < 1_000; i++) {
            assertArrayEquals(world.filled(i), world.bytes(directory, i));
        }
        world.release(lease);
        world.commit();
        assertEquals(0, world.epochs().liveFrames());
        assertEquals(0, world.reservedBytes(), "the last frame takes the spare slabs along");
    }

    @Test
    void shouldReuseNumbersThatWereReleased() {
        for (int i = 0; i < 4; i++) {
            assertEquals(i, store.allocate());
        }
        store.release(2);
        final int mark = world.epochs().undo().mark();
        assertEquals(2, store.allocate());
        world.epochs().undo().rollback(mark);
        assertFalse(store.has(2));
        assertEquals(2, store.allocate());
        assertEquals(4, store.allocate());
    }
}
