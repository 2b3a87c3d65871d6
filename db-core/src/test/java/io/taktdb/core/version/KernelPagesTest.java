package io.taktdb.core.version;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.taktdb.core.memory.Guard;
import io.taktdb.core.memory.GuardException;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OffHeapLeakCheck.class)
class KernelPagesTest {
    private static final int PAGES = 5;

    private final PageWorld world = new PageWorld();
    private final PageStore store = world.store();
    private final KernelPages kernel = new KernelPages(store);
    private final long[] all = kernel.marksFor(new int[] {0, PageWorld.PAGE_BYTES});

    KernelPagesTest() {
        for (int page = 0; page < PAGES; page++) {
            world.fill(store.append(), 10 + page);
        }
        world.commit();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void open(final int page, final int value) {
        Memory.copy(world.filled(value), 0, kernel.open(page, all), PageWorld.PAGE_BYTES);
    }

    private void assertPages(final Pages pages, final int... values) {
        for (int page = 0; page < values.length; page++) {
            assertArrayEquals(world.filled(values[page]), world.bytes(pages, page), "page " + page);
        }
    }

    @Test
    void shouldShowWhatWasWrittenWhenKept() {
        kernel.plan(PAGES);
        for (int page = 0; page < PAGES; page++) {
            open(page, 20 + page);
        }
        assertPages(store, 10, 11, 12, 13, 14);
        kernel.keep();
        assertPages(store, 20, 21, 22, 23, 24);
        assertPages(world.published(), 10, 11, 12, 13, 14);
        assertPages(world.commit(), 20, 21, 22, 23, 24);
        assertEquals(PAGES, world.epochs().liveFrames());
    }

    @Test
    void shouldShowTheRestAsItWasWhenOnlySomePagesWereOpened() {
        kernel.plan(PAGES);
        open(1, 21);
        open(3, 23);
        kernel.keep();
        assertPages(store, 10, 21, 12, 23, 14);
        assertPages(world.commit(), 10, 21, 12, 23, 14);
        for (int page = 0; page < PAGES; page++) {
            world.write(page, 7, 99);
            assertEquals(99, world.bytes(store, page)[7]);
            assertEquals(world.published().address(page) == store.address(page), false);
        }
    }

    @Test
    void shouldShowTheOldPagesWhenRevertedAfterSomeWereOpened() {
        kernel.plan(PAGES);
        open(0, 20);
        open(4, 24);
        kernel.revert();
        assertPages(store, 10, 11, 12, 13, 14);
        assertPages(world.commit(), 10, 11, 12, 13, 14);
        world.write(4, 0, 1);
        assertEquals(14, world.bytes(store, 4)[1], "the twin holds nothing of the system that failed");
        kernel.plan(PAGES);
        open(0, 30);
        kernel.keep();
        assertPages(store, 30, 11, 12, 13);
    }

    @Test
    void shouldKeepWhatCommandsWroteWhenRevertedInTheSameVersion() {
        world.fill(1, 41);
        world.fill(2, 42);
        world.epochs().undo().clear();
        kernel.plan(PAGES);
        open(1, 21);
        open(3, 23);
        kernel.revert();
        assertPages(store, 10, 41, 42, 13, 14);
        kernel.plan(PAGES);
        open(1, 31);
        open(2, 32);
        open(0, 30);
        kernel.keep();
        assertPages(store, 30, 31, 32, 13, 14);
        kernel.plan(PAGES);
        open(0, 50);
        open(1, 51);
        kernel.revert();
        assertPages(store, 30, 31, 32, 13, 14);
        assertPages(world.commit(), 30, 31, 32, 13, 14);
        assertEquals(PAGES, world.epochs().liveFrames());
    }

    @Test
    void shouldSaveOnlyTheNamedRangesWhenAPageIsWrittenInPlace() {
        world.fill(0, 41);
        world.epochs().undo().clear();
        kernel.plan(1);
        final long address = kernel.open(0, kernel.marksFor(new int[] {64, 64, 512, 1}));
        Memory.putByte(address + 64, (byte) 1);
        Memory.putByte(address + 127, (byte) 2);
        Memory.putByte(address + 512, (byte) 3);
        kernel.revert();
        assertPages(store, 41);
    }

    @Test
    void shouldUseOtherFramesWhenLeasesSeeTheTwins() {
        final PageDirectory first = world.published();
        final int lease = world.lease();
        kernel.plan(PAGES);
        for (int page = 0; page < PAGES; page++) {
            open(page, 20 + page);
        }
        kernel.keep();
        final PageDirectory second = world.commit();
        assertEquals(PAGES, world.epochs().liveFrames());
        for (final boolean keep : new boolean[] {false, true}) {
            kernel.plan(PAGES);
            assertEquals(2 * PAGES, world.epochs().liveFrames());
            open(0, 30);
            open(2, 32);
            assertPages(first, 10, 11, 12, 13, 14);
            assertPages(second, 20, 21, 22, 23, 24);
            if (keep) {
                kernel.keep();
            } else {
                kernel.revert();
                assertPages(store, 20, 21, 22, 23, 24);
                assertEquals(PAGES, world.epochs().liveFrames());
            }
        }
        assertPages(store, 30, 21, 32, 23, 24);
        assertEquals(PAGES + 2, world.epochs().liveFrames(), "frames of pages that were not opened went back");
        assertPages(world.commit(), 30, 21, 32, 23, 24);
        assertPages(first, 10, 11, 12, 13, 14);
        world.release(lease);
        world.commit();
        assertEquals(PAGES, world.epochs().liveFrames());
    }

    @Test
    void shouldPlanNothingWhenMemoryRunsOut() {
        final int lease = world.lease();
        for (int page = 0; page < PAGES; page++) {
            world.fill(page, 20 + page);
        }
        world.commit();
        world.fill(0, 40);
        world.fill(
                3,
                43); // in place, so they need one frame to be saved; the others each a frame, as their twins are seen
        world.epochs().undo().clear();
        final long frames = world.epochs().liveFrames();
        for (int allowed = 0; allowed < 4; allowed++) {
            Guard.failAfter(allowed);
            assertEquals(
                    ErrorCode.OUT_OF_MEMORY,
                    assertThrows(DbException.class, () -> kernel.plan(PAGES)).code());
            Guard.failAfter(Long.MAX_VALUE);
            assertEquals(frames, world.epochs().liveFrames(), "after " + allowed);
            assertPages(store, 40, 21, 22, 43, 24);
        }
        Guard.failAfter(4);
        kernel.plan(PAGES);
        Guard.failAfter(Long.MAX_VALUE);
        open(0, 50);
        open(1, 51);
        kernel.keep();
        assertPages(store, 50, 51, 22, 43, 24);
        world.release(lease);
    }

    @Test
    void shouldRefuseToOpenTwiceAndToPlanTwice() {
        kernel.plan(PAGES);
        kernel.open(0, all);
        assertThrows(IllegalStateException.class, () -> kernel.open(0, all));
        assertThrows(IllegalStateException.class, () -> kernel.plan(PAGES));
        kernel.revert();
        kernel.revert();
        kernel.plan(PAGES);
        kernel.keep();
    }

    @Test
    void shouldCatchWritesIntoPagesThatWereNotOpened() {
        kernel.plan(PAGES);
        final long opened = kernel.open(0, all);
        assertThrows(GuardException.class, () -> Memory.putByte(store.address(1), (byte) 1));
        kernel.revert();
        assertThrows(GuardException.class, () -> Memory.putByte(opened, (byte) 1), "reverted");
    }
}
