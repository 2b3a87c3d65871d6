package io.taktdb.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OffHeapLeakCheck.class)
class FramePoolTest {
    private static final int PAGE_BYTES = 4096;

    @Test
    @Tag("sl_1:zeroed_memory")
    @Tag("sl_1:new_zeroed_memory_safety")
    @Tag("mi_3:test_storage_buffer_initialization")
    void shouldHandOutZeroedPagesAndLines() {
        final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
        final FramePool pool = new FramePool(PAGE_BYTES, budget);
        pool.take("keeps the pool open");
        for (int round = 0; round < 3; round++) {
            final long meta = pool.take("t");
            final long a = Memory.getLong(meta + FramePool.HALF_A);
            final long b = Memory.getLong(meta + FramePool.HALF_B);
            for (int i = 0; i < PAGE_BYTES; i += 8) {
                assertEquals(0, Memory.getLong(a + i));
                Memory.putLong(a + i, -1);
                Memory.putLong(b + i, -1);
            }
            for (int i = 16; i < FramePool.META_BYTES; i += 8) {
                assertEquals(0, Memory.getLong(meta + i));
                Memory.putLong(meta + i, -1);
            }
            pool.giveBack(meta);
        }
        pool.close();
        assertEquals(0, budget.reservedBytes());
    }

    @Test
    void shouldKeepTwinsAtAConstantDistanceWithinASlab() {
        final FramePool pool = new FramePool(64, new MemoryBudget(MemoryBudget.UNLIMITED));
        long distance = 0;
        for (int i = 0; i < 256; i++) { // the frames of the first slab
            final long meta = pool.take("t");
            final long twin = Memory.getLong(meta + FramePool.HALF_B) - Memory.getLong(meta + FramePool.HALF_A);
            distance = i == 0 ? twin : distance;
            assertEquals(distance, twin);
            assertEquals(0, meta % FramePool.META_BYTES);
        }
        pool.close();
    }

    @Test
    void shouldReturnSlabsWhenFramesGoBack() {
        final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
        final FramePool pool = new FramePool(PAGE_BYTES, budget);
        final List<Long> frames = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            frames.add(pool.take("t"));
        }
        final long most = budget.reservedBytes();
        final long needed = 20_000L * (2 * (PAGE_BYTES + 64) + FramePool.META_BYTES); // 64: gap of guard mode
        assertTrue(most < needed * 1.06, "reserved=" + most + ", needed=" + needed);
        Collections.shuffle(frames, new Random(1));
        frames.forEach(pool::giveBack);
        assertEquals(0, pool.liveFrames());
        assertEquals(0, budget.reservedBytes());
    }

    @Test
    void shouldKeepSpareSlabsWhenFramesComeAndGo() {
        final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
        final FramePool pool = new FramePool(PAGE_BYTES, budget);
        final List<Long> kept = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            kept.add(pool.take("t"));
        }
        long steady = 0;
        for (int round = 0; round < 5; round++) {
            final List<Long> passing = new ArrayList<>();
            for (int i = 0; i < 4_000; i++) {
                passing.add(pool.take("t"));
            }
            steady = round == 0 ? budget.reservedBytes() : steady;
            assertEquals(steady, budget.reservedBytes(), "in round " + round);
            passing.forEach(pool::giveBack);
            assertEquals(steady, budget.reservedBytes(), "after round " + round);
        }
        kept.subList(100, 9_000).forEach(pool::giveBack);
        assertTrue(budget.reservedBytes() < steady / 5, "reserved=" + budget.reservedBytes() + ", before=" + steady);
        pool.close();
    }

    @Test
    @Tag("sl_1:capacity_overflow")
    @Tag("sl_1:max_capacity")
    void shouldRefuseFramesBeyondTheBudgetAndGoOnAfterwards() {
        final MemoryBudget budget = new MemoryBudget(100_000);
        final FramePool pool = new FramePool(PAGE_BYTES, budget);
        final List<Long> frames = new ArrayList<>();
        final DbException refused = assertThrows(DbException.class, () -> {
            while (true) {
                frames.add(pool.take("t"));
            }
        });
        assertEquals(ErrorCode.OUT_OF_MEMORY, refused.code());
        assertEquals(100_000L, refused.attributes().get("max_memory"));
        assertTrue(budget.reservedBytes() <= 100_000);
        pool.giveBack(frames.remove(0));
        frames.add(pool.take("t"));
        pool.close();
        assertEquals(0, budget.reservedBytes());
    }

    @Test
    void shouldRefuseOddPageSizes() {
        final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
        for (final int bytes : new int[] {-64, 0, 1, 63, 100}) {
            assertThrows(IllegalArgumentException.class, () -> new FramePool(bytes, budget));
        }
    }

    @Test
    void shouldSayThatTheMachineIsOutOfMemory() {
        final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
        final DbException refused =
                assertThrows(DbException.class, () -> Block.allocate(Long.MAX_VALUE / 4, budget, "huge"));
        assertEquals(ErrorCode.OUT_OF_MEMORY, refused.code());
        assertEquals(0, budget.reservedBytes());
    }
}
