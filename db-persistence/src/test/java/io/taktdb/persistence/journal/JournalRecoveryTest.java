package io.taktdb.persistence.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was acknowledged is there after a crash, and the replay gives the very state that was. */
class JournalRecoveryTest {
    private final SimulatedDisk disk = new SimulatedDisk();

    @ParameterizedTest
    @EnumSource(SimulatedDisk.Unforced.class)
    @Tag("ao_1:test_transaction_log_creation")
    @Tag("ao_2:test_log_append_multiple_operations")
    @Tag("ao_2:test_log_append_single_operation")
    void shouldHaveEverythingThatWasAcknowledgedAfterALossOfPower(final SimulatedDisk.Unforced unforced) {
        final Random random = new Random(unforced.ordinal());
        SimulatedDisk machine = disk;
        final Set<Long> acknowledged = new TreeSet<>();
        for (int life = 0; life < 4; life++) {
            final SimulatedDisk next;
            try (JournalledWorld world = JournalledWorld.open(machine)) {
                assertEquals(acknowledged, world.values());
                for (int i = 0; i < 20; i++) {
                    final long value = acknowledged.size() + 1L;
                    world.add(value);
                    acknowledged.add(value);
                }
                next = machine.crash(unforced, random);
            }
            machine = next;
        }
    }

    @Test
    @Tag("ao_2:test_log_serialization_deserialization")
    @Tag("ao_2:test_arcswap_integration_with_log")
    void shouldReplayToTheSameStateHash() {
        final long hash;
        final long commit;
        final SimulatedDisk crashed;
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            final List<CompletableFuture<Submission>> sent = new ArrayList<>();
            for (int i = 1; i <= 300; i++) {
                sent.add(world.send(i, i % 7 == 0 ? Ack.TICK : Ack.DURABLE));
                if (i % 50 == 0) {
                    world.add(1_000 + i);
                    assertThrows(CompletionException.class, () -> world.add(-1));
                }
            }
            sent.forEach(CompletableFuture::join);
            world.freeze();
            hash = world.stateHash();
            commit = world.db().status().commit();
            crashed = disk.crash(SimulatedDisk.Unforced.LOST, new Random(1));
        }
        final SimulatedDisk again = crashed.crash(SimulatedDisk.Unforced.KEPT, new Random(1));
        try (JournalledWorld world = JournalledWorld.open(crashed)) {
            assertEquals(306, world.values().size());
        }
        final long[] replayed = Replays.hashAndCommit(again);
        assertEquals(commit, replayed[1]);
        assertEquals(hash, replayed[0]);
    }

    @Test
    void shouldRefuseToReplayUnderOtherCode() {
        final SimulatedDisk crashed;
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            world.add(1);
            crashed = disk.crash(SimulatedDisk.Unforced.KEPT, new Random(1));
        }
        final DbException error =
                assertThrows(DbException.class, () -> JournalledWorld.open(crashed, JournalledWorld.config(), "2"));
        assertEquals(ErrorCode.STORAGE_FAILED, error.code());
        assertTrue(
                error.getMessage().contains("module journalled 1")
                        && error.getMessage().contains("module journalled 2"),
                error::getMessage);
        try (JournalledWorld world = JournalledWorld.open(crashed)) {
            assertEquals(Set.of(1L), world.values(), "the code that wrote it replays it");
        }
        try (JournalledWorld world = JournalledWorld.open(crashed, JournalledWorld.config(), "2")) {
            assertEquals(Set.of(1L), world.values(), "after a stop there is nothing to replay");
        }
    }

    @Test
    void shouldGiveUpWhatOtherCodeWroteWhenSalvaged() {
        final SimulatedDisk crashed;
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            world.add(1);
            world.store().snapshotNow().result().join();
            world.add(2);
            crashed = disk.crash(SimulatedDisk.Unforced.KEPT, new Random(1));
        }
        try (JournalledWorld world =
                JournalledWorld.open(crashed, JournalledWorld.config().withSalvage(true), "2")) {
            assertEquals(Set.of(1L), world.values());
            world.add(3);
        }
        try (JournalledWorld world = JournalledWorld.open(crashed, JournalledWorld.config(), "2")) {
            assertEquals(Set.of(1L, 3L), world.values());
        }
    }
}
