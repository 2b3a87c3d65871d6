package io.taktdb.persistence.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.disk.SimulatedDisk.Unforced;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What was done under a key is not done again after a crash, wherever the key was kept. */
class JournalKeysTest {
    private static SimulatedDisk crash(final SimulatedDisk disk, final JournalledWorld world) {
        final SimulatedDisk after = disk.crash(Unforced.LOST, new Random(1));
        world.abandon(disk);
        return after;
    }

    private static void assertDone(final JournalledWorld world, final long value, final Submission first) {
        final Submission again = world.sendKeyed(value, "key-" + value).join();
        assertTrue(again.isRepeated());
        assertEquals(first.commit(), again.commit());
        assertEquals(first.tick(), again.tick());
        final CompletionException other = assertThrows(
                CompletionException.class,
                () -> world.sendKeyed(value + 1, "key-" + value).join());
        assertEquals(ErrorCode.CONFLICT, ((DbException) other.getCause()).code());
    }

    @Test
    void shouldAnswerAgainAfterCrashes() {
        SimulatedDisk disk = new SimulatedDisk();
        final Submission inSnapshot;
        final Submission inJournal;
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            inSnapshot = world.sendKeyed(10, "key-10").join();
            assertFalse(inSnapshot.isRepeated());
            world.store().snapshotNow().result().join();
            inJournal = world.sendKeyed(20, "key-20").join();
            disk = crash(disk, world);
        }
        for (int restart = 0; restart < 3; restart++) { // the second finds both keys in a snapshot
            try (JournalledWorld world = JournalledWorld.open(disk)) {
                assertDone(world, 10, inSnapshot);
                assertDone(world, 20, inJournal);
                assertEquals(Set.of(10L, 20L), world.values());
                world.store().snapshotNow().result().join();
                disk = crash(disk, world);
            }
        }
    }

    /** Repeats leave no trace: a replay comes to the same state, which the snapshots' hashes in the journal show. */
    @Test
    void shouldReplayWithoutTheRepeats() {
        final SimulatedDisk disk = new SimulatedDisk();
        final long hash;
        final SimulatedDisk after;
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            for (int i = 0; i < 20; i++) {
                world.sendKeyed(1 + i / 2, "key-" + i / 2).join();
            }
            world.freeze();
            hash = world.stateHash();
            after = disk.crash(Unforced.KEPT, new Random(1));
            world.abandon(disk);
        }
        try (JournalledWorld world = JournalledWorld.open(after)) {
            assertEquals(10, world.values().size());
            assertEquals(10, rows(world));
            assertTrue(hash != 0);
        }
    }

    private static long rows(final JournalledWorld world) {
        try (var lease = world.db().lease()) {
            return lease.state().table("value").rowCount();
        }
    }
}
