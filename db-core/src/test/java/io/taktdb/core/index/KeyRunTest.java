package io.taktdb.core.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.version.Epochs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Sorted runs, and trees that are filled from them, against a sorted set. */
class KeyRunTest {
    private static final byte[] ID = {0, 0, 0, 0, 0, 0, 0, 1};

    private static byte[] key(final Random random, final int kind, final int length) {
        final byte[] start = switch (kind) {
            case 0 -> Long.toString(random.nextLong()).getBytes(StandardCharsets.UTF_8);
            case 1 -> ("a long start that all of them have " + random.nextInt(5_000)).getBytes(StandardCharsets.UTF_8);
            case 2 -> "x".repeat(random.nextInt(length)).getBytes(StandardCharsets.UTF_8);
            default -> {
                final byte[] bytes = new byte[1 + random.nextInt(length)];
                random.nextBytes(bytes);
                yield bytes;
            }
        };
        final byte[] key = Arrays.copyOf(start, start.length + ID.length);
        System.arraycopy(ID, 0, key, start.length, ID.length);
        return key;
    }

    @Property(tries = 60)
    void shouldHoldWhatASortedSetHoldsWhenFilledInRuns(
            @ForAll final long seed,
            @ForAll @IntRange(max = 3) final int kind,
            @ForAll @IntRange(max = 6_000) final int keys,
            @ForAll @IntRange(min = 1, max = 900) final int length) {
        final Random random = new Random(seed);
        final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
        final Epochs epochs = new Epochs(budget, 1);
        final KeyTree tree = new KeyTree(epochs, "test");
        final TreeSet<byte[]> model = new TreeSet<>(Arrays::compareUnsigned);
        final KeyRun run = new KeyRun(1 + random.nextInt(8_000));
        tree.building(true);
        for (int i = 0; i < keys; i++) {
            final byte[] key = key(random, kind, length);
            if (model.add(key)) {
                run.add(key, key.length);
            }
            if (run.isFull() || i == keys - 1) {
                run.sort();
                assertSorted(run);
                run.addTo(tree);
                run.clear();
            }
        }
        tree.building(false);
        assertSame(tree, model);
        changeBoth(tree, model, random, kind, length);
        assertSame(tree, model);
        epochs.close();
        assertEquals(0, budget.reservedBytes());
    }

    private static void assertSorted(final KeyRun run) {
        final byte[] before = new byte[KeyPage.MAX_KEY_BYTES];
        final byte[] key = new byte[KeyPage.MAX_KEY_BYTES];
        for (int i = 1; i < run.count(); i++) {
            run.copy(i - 1, before);
            run.copy(i, key);
            assertTrue(Arrays.compareUnsigned(before, 0, run.length(i - 1), key, 0, run.length(i)) < 0, "at " + i);
        }
    }

    /** A tree that was filled at once can be changed as any other. */
    private static void changeBoth(
            final KeyTree tree,
            final NavigableSet<byte[]> model,
            final Random random,
            final int kind,
            final int length) {
        for (int i = 0; i < 500; i++) {
            final byte[] key = key(random, kind, length);
            final byte[] near = model.ceiling(key);
            if (near != null && random.nextBoolean()) {
                assertTrue(tree.remove(near, near.length));
                model.remove(near);
            } else {
                assertEquals(model.add(key), tree.add(key, key.length));
            }
        }
    }

    private static void assertSame(final KeyTree tree, final NavigableSet<byte[]> model) {
        final KeyCursor cursor = new KeyCursor().wrap(tree.pages());
        boolean at = tree.pages().count() > 0 && cursor.seek(new byte[0], 0);
        for (final byte[] key : model) {
            assertTrue(at, "tree ends early");
            assertEquals(0, cursor.compareTo(key, key.length));
            at = cursor.next();
        }
        assertFalse(at, "tree has more keys");
        if (model.isEmpty()) {
            return;
        }
        final byte[] top = new byte[KeyPage.MAX_KEY_BYTES];
        Arrays.fill(top, (byte) 0xFF);
        at = cursor.seekBelow(top, top.length);
        for (final byte[] key : model.descendingSet()) {
            assertTrue(at, "tree ends early backwards");
            assertEquals(0, cursor.compareTo(key, key.length));
            at = cursor.previous();
        }
        assertFalse(at, "tree has more keys backwards");
    }

    @Test
    void shouldTellKeysOfEqualValuesApartByTheirIds() {
        final KeyRun run = new KeyRun(10);
        for (final byte last : new byte[] {3, 1, 2}) {
            final byte[] key = {7, 7, 0, 0, 0, 0, 0, 0, 0, last};
            run.add(key, key.length);
        }
        run.add(new byte[] {7, 8, 0, 0, 0, 0, 0, 0, 0, 1}, 10);
        run.sort();
        final long[] ids = {run.id(0), run.id(1), run.id(2), run.id(3)};
        assertArrayEquals(new long[] {1, 2, 3, 1}, ids);
        assertTrue(run.hasValuesOfPrevious(1) && run.hasValuesOfPrevious(2));
        assertFalse(run.hasValuesOfPrevious(3));
    }
}
