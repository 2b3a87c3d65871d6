package io.taktdb.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.testing.OffHeapLeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

@ExtendWith(OffHeapLeakCheck.class)
class GuardTest {
    private static final int PAGE_BYTES = 256;
    private static final int PLANTED = 10_000;

    private final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
    private final FramePool pool = new FramePool(PAGE_BYTES, budget);

    @AfterEach
    void close() {
        pool.close();
        assertEquals(0, budget.reservedBytes());
    }

    private static long halfA(final long meta) {
        return Memory.getLong(meta + FramePool.HALF_A);
    }

    private static void assertCaught(final String expected, final Executable access) {
        final String message = assertThrows(GuardException.class, access).getMessage();
        assertTrue(message.contains(expected) && message.contains("mob.main"), message);
    }

    @Test
    void shouldNameThePageAndItsHistoryWhenItIsUsedAfterRelease() {
        final long meta = pool.take("mob.main");
        pool.take("mob.other");
        final long page = halfA(meta);
        Memory.putInt(page, 1);
        pool.giveBack(meta);
        assertCaught("read after release", () -> Memory.getInt(page));
        assertCaught("write after release", () -> Memory.putInt(page, 2));
        assertCaught(
                "history=[allocated by " + Thread.currentThread().getName() + ", released by",
                () -> Memory.zero(page + 100, 10));
        assertCaught("size=" + PAGE_BYTES, () -> Memory.getByte(page));
    }

    @Test
    void shouldCatchADoubleRelease() {
        final long meta = pool.take("mob.main");
        pool.take("mob.other");
        pool.giveBack(meta);
        assertCaught("after release", () -> pool.giveBack(meta));
        assertThrows(IllegalArgumentException.class, () -> pool.giveBack(12_345));
    }

    @Test
    @Tag("sl_5:test_read_partial_record_near_end_of_buffer")
    @Tag("ms_1:test_field_offset_within_record")
    @Tag("ms_1:test_buffer_bounds_for_record")
    @Tag("ms_1:test_field_access_ptr_in_bounds")
    @Tag("ce_2:test_buffer_memory_safety")
    void shouldCatchAccessesThatEndBehindThePage() {
        final long page = halfA(pool.take("mob.main"));
        Memory.putLong(page + PAGE_BYTES - 8, 1);
        for (int over = 1; over <= 7; over++) {
            final long at = page + PAGE_BYTES - 8 + over;
            assertCaught("past the end", () -> Memory.getLong(at));
            assertCaught("past the end", () -> Memory.putLong(at, 1));
        }
        final byte[] array = new byte[PAGE_BYTES + 1];
        assertCaught("past the end", () -> Memory.copy(page, array, 0, array.length));
        assertCaught("past the end", () -> Memory.copy(array, 0, page, array.length));
        assertCaught("past the end", () -> Memory.copy(new UnsafeBuffer(array), 0, page, array.length));
        assertCaught("past the end", () -> Memory.wrap(new UnsafeBuffer(0, 0), page, array.length));
        assertCaught("past the end", () -> Memory.copy(page, page, array.length));
    }

    @Test
    void shouldCatchWritesIntoAPublishedPage() {
        final long page = halfA(pool.take("mob.main"));
        Memory.putByte(page, (byte) 1);
        Guard.setWritable(page, false, "published in version 7");
        assertEquals(1, Memory.getByte(page));
        final List<Executable> writes = List.of(
                () -> Memory.putByte(page, (byte) 2),
                () -> Memory.putShort(page, (short) 2),
                () -> Memory.putInt(page, 2),
                () -> Memory.putLong(page, 2),
                () -> Memory.putFloat(page, 2),
                () -> Memory.putDouble(page, 2),
                () -> Memory.setBit(page, 2),
                () -> Memory.zero(page, 8),
                () -> Memory.copy(new byte[8], 0, page, 8));
        writes.forEach(write -> assertCaught("published in version 7", write));
        assertEquals(1, Memory.getByte(page));
        Guard.setWritable(page, true, "writable in version 8");
        Memory.putByte(page, (byte) 3);
    }

    @Test
    void shouldForgetPagesWhoseSlabIsGone() {
        final long meta = pool.take("mob.main");
        final long page = halfA(meta);
        assertEquals(0, Memory.getInt(page)); // this thread remembers the region now
        pool.giveBack(meta);
        assertEquals(0, Guard.liveBytes());
        assertThrows(GuardException.class, () -> Memory.getInt(page));
        assertThrows(GuardException.class, () -> Memory.getInt(meta));
    }

    @Test
    void shouldPoisonWhatIsReleased() {
        final long meta = pool.take("mob.main");
        pool.take("mob.other");
        final long page = halfA(meta);
        pool.giveBack(meta);
        final long again = pool.takeUnclean("mob.main");
        assertEquals(page, halfA(again));
        assertEquals(Guard.POISON, Memory.getByte(page));
    }

    /** Plants 10,000 misuses of each kind among right accesses; all of them and nothing else must be caught. */
    @Test
    void shouldCatchEveryPlantedMisuse() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<Long> live = new ArrayList<>();
        final List<Long> released = new ArrayList<>();
        int usesAfterRelease = 0;
        int doubleReleases = 0;
        int outOfBounds = 0;
        for (int i = 0; i < PLANTED; i++) {
            while (live.size() < 20) {
                final long taken = pool.take("mob.main");
                live.add(taken);
                released.remove(taken); // its memory is in use again
            }
            final long page = halfA(live.get(random.nextInt(live.size())));
            Memory.putLong(page + random.nextInt(PAGE_BYTES - 7), i);
            outOfBounds += caught(outOfBounds(random, page));
            final long meta = live.remove(random.nextInt(live.size()));
            final long gone = halfA(meta);
            pool.giveBack(meta);
            released.add(meta);
            doubleReleases += caught(() -> pool.giveBack(released.get(random.nextInt(released.size()))));
            usesAfterRelease += caught(use(random, gone + random.nextInt(PAGE_BYTES - 7)));
        }
        System.out.println("guard: planted=" + PLANTED + " of each, caught: uses after release=" + usesAfterRelease
                + ", double releases=" + doubleReleases + ", out of bounds=" + outOfBounds + ", seed=" + seed);
        assertEquals(PLANTED, usesAfterRelease, "seed=" + seed);
        assertEquals(PLANTED, doubleReleases, "seed=" + seed);
        assertEquals(PLANTED, outOfBounds, "seed=" + seed);
    }

    private static int caught(final Executable misuse) {
        try {
            misuse.execute();
            return 0;
        } catch (final GuardException e) {
            return 1;
        } catch (final Throwable e) {
            throw new AssertionError("not the guard's error", e);
        }
    }

    /** Some access to eight bytes. */
    private static Executable use(final Random random, final long at) {
        return switch (random.nextInt(5)) {
            case 0 -> () -> Memory.getLong(at);
            case 1 -> () -> Memory.putLong(at, 1);
            case 2 -> () -> Memory.copy(at, new byte[8], 0, 8);
            case 3 -> () -> Memory.zero(at, 8);
            default -> () -> Memory.getDouble(at);
        };
    }

    /** Eight bytes of which the last, at least, lie behind the page. */
    private static Executable outOfBounds(final Random random, final long page) {
        return use(random, page + PAGE_BYTES - random.nextInt(7) - 1);
    }
}
