package io.taktdb.core.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.version.Epochs;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key tree against a sorted set, with undo and published versions. */
class KeyTreeTest {
    private final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
    private final Epochs epochs = new Epochs(budget, 1);
    private final KeyTree tree = new KeyTree(epochs, "test");
    private final TreeSet<byte[]> model = new TreeSet<>(Arrays::compareUnsigned);

    @AfterEach
    void close() {
        epochs.close();
    }

    @Test
    void shouldKeepOrderWhenKeysComeInOrder() {
        for (int i = 0; i < 50_000; i++) {
            add(String.format("%08d", i));
        }
        assertSameAsModel();
        assertTrue(tree.pages().count() <= 255, "pages " + tree.pages().count());
    }

    @Test
    void shouldShrinkWhenKeysGo() {
        for (int i = 0; i < 20_000; i++) {
            add("key number " + i * 7919L % 20_000);
        }
        for (int i = 0; i < 20_000; i++) {
            final byte[] key = bytes("key number " + i);
            assertTrue(tree.remove(key, key.length));
            assertFalse(tree.remove(key, key.length));
            model.remove(key);
            if (i % 1_000 == 0) {
                epochs.undo().clear();
                assertSameAsModel();
            }
        }
        assertSameAsModel();
        publish();
        assertTrue(epochs.liveFrames() <= 3, "live frames " + epochs.liveFrames());
    }

    @Property(tries = 30)
    void shouldEqualModelWhenChangedAndRolledBack(
            @ForAll final long seed, @ForAll @IntRange(min = 1, max = 400) final int keyLength) {
        final java.util.Random random = new java.util.Random(seed);
        final KeyTreeTest fresh = new KeyTreeTest();
        for (int round = 0; round < 40; round++) {
            final int mark = fresh.epochs.undo().mark();
            final TreeSet<byte[]> before = new TreeSet<>(Arrays::compareUnsigned);
            before.addAll(fresh.model);
            for (int i = 0; i < 100; i++) {
                fresh.randomStep(random, keyLength);
            }
            if (random.nextInt(3) == 0) {
                fresh.epochs.undo().rollback(mark);
                fresh.model.clear();
                fresh.model.addAll(before);
            }
            fresh.epochs.undo().clear();
            if (random.nextBoolean()) {
                fresh.publish();
            }
            fresh.assertSameAsModel();
        }
        fresh.epochs.close();
        assertEquals(0, fresh.budget.reservedBytes());
    }

    private void randomStep(final java.util.Random random, final int keyLength) {
        final byte[] key = bytes("k" + random.nextInt(600) + "x".repeat(random.nextInt(keyLength)));
        if (random.nextInt(3) > 0) {
            assertEquals(model.add(key), tree.add(key, key.length));
        } else {
            assertEquals(model.remove(key), tree.remove(key, key.length));
        }
    }

    private void publish() {
        epochs.undo().clear();
        epochs.sealing();
        tree.pages().publish();
        epochs.published();
    }

    private void add(final String text) {
        final byte[] key = bytes(text);
        assertEquals(model.add(key), tree.add(key, key.length));
    }

    /** Keys end with 8 bytes as ids do. */
    private static byte[] bytes(final String text) {
        return (text + "\0\0\0\0\0\0\0\1").getBytes(StandardCharsets.UTF_8);
    }

    private void assertSameAsModel() {
        final KeyCursor cursor = new KeyCursor().wrap(tree.pages());
        final Iterator<byte[]> expected = model.iterator();
        boolean at = cursor.seek(new byte[0], 0);
        while (expected.hasNext()) {
            final byte[] key = expected.next();
            assertTrue(at, "tree ends early");
            assertEquals(0, cursor.compareTo(key, key.length));
            at = cursor.next();
        }
        assertFalse(at, "tree has more keys than the model");
        final byte[] top = new byte[KeyPage.MAX_KEY_BYTES];
        Arrays.fill(top, (byte) 0xFF);
        at = cursor.seekBelow(top, top.length);
        for (final byte[] key : model.descendingSet()) {
            assertTrue(at, "tree ends early backwards");
            assertEquals(0, cursor.compareTo(key, key.length));
            at = cursor.previous();
        }
        assertFalse(at, "tree has more keys than the model backwards");
    }
}
