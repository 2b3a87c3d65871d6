package io.taktdb.core.version;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.core.memory.MemoryBudget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages and counters under random writes, marks, rollbacks, commits and leases, beside plain arrays. */
class UndoModelTest {
    private static final int PAGES = 5;
    private static final int PAGE_BYTES = 512;
    private static final int STEPS = 20_000;

    /** What is compared: all pages and a counter. */
    private record Content(byte[][] pages, long counter) {
        Content copy() {
            return new Content(Arrays.stream(pages).map(byte[]::clone).toArray(byte[][]::new), counter);
        }
    }

    /** A mark, and what it has to lead back to. */
    private record Point(int mark, Content content) {}

    private final PageWorld world = new PageWorld(PAGE_BYTES, new MemoryBudget(MemoryBudget.UNLIMITED));
    private final Scalars scalars = new Scalars(world.epochs(), 1, new DirtyFlag());
    private final Deque<Point> points = new ArrayDeque<>();
    private final Deque<Integer> leases = new ArrayDeque<>();
    private Content expected = new Content(new byte[PAGES][PAGE_BYTES], 0);

    @Test
    @Tag("ao_2:test_rollback_multi_operation_transaction")
    void shouldGoBackToAnyMarkWhateverWasWrittenWhere() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (int page = 0; page < PAGES; page++) {
            world.store().append();
        }
        world.commit();
        for (int step = 0; step < STEPS; step++) {
            step(random);
            compare("seed=" + seed + ", step=" + step);
        }
        leases.forEach(world::release);
        world.close();
    }

    private void step(final Random random) {
        switch (random.nextInt(12)) {
            case 0 -> points.push(new Point(world.epochs().undo().mark(), expected.copy()));
            case 1 -> rollBack(random);
            case 2 -> commit(random);
            case 3 -> {
                scalars.set(0, random.nextInt());
                expected = new Content(expected.pages(), scalars.get(0));
            }
            case 4 -> {
                world.epochs().undo().clear(); // a transaction ends, the version goes on
                points.clear();
            }
            default -> write(random.nextInt(PAGES), random.nextInt(PAGE_BYTES), (byte) random.nextInt());
        }
    }

    private void write(final int page, final int offset, final byte value) {
        world.write(page, offset, value);
        expected.pages()[page][offset] = value;
    }

    private void rollBack(final Random random) {
        if (!points.isEmpty()) {
            final List<Point> all = new ArrayList<>(points); // newest first
            final int chosen = random.nextInt(all.size());
            world.epochs().undo().rollback(all.get(chosen).mark());
            expected = all.get(chosen).content().copy();
            for (int i = 0; i <= chosen; i++) {
                points.pop();
            }
        }
    }

    private void commit(final Random random) {
        world.commit();
        points.clear();
        if (leases.size() < 2 && random.nextBoolean()) {
            leases.add(world.lease());
        } else if (!leases.isEmpty()) {
            world.release(leases.poll());
        }
    }

    private void compare(final String where) {
        for (int page = 0; page < PAGES; page++) {
            assertArrayEquals(expected.pages()[page], world.bytes(world.store(), page), where + ", page=" + page);
        }
        assertEquals(expected.counter(), scalars.get(0), where);
    }
}
