package io.taktdb.persistence.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.journal.JournalStatus;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the journal does when the disk fails, and with what a failing disk left. */
class JournalFailureTest {
    private static final long LIMIT_S = 60;

    private final SimulatedDisk disk = new SimulatedDisk();

    /** Waits until a condition holds after a commit; ticks commit all the time. */
    private static void await(final TaktDb db, final BooleanSupplier condition) throws Exception {
        final CompletableFuture<Void> holds = new CompletableFuture<>();
        db.onCommit(() -> {
            if (condition.getAsBoolean()) {
                holds.complete(null);
            }
        });
        holds.get(LIMIT_S, TimeUnit.SECONDS);
    }

    private static ErrorCode refusal(final JournalledWorld world, final long value) throws Exception {
        try {
            world.send(value, Ack.DURABLE).get(LIMIT_S, TimeUnit.SECONDS);
            return null;
        } catch (final ExecutionException e) {
            return assertInstanceOf(DbException.class, e.getCause()).code();
        } catch (final DbException e) {
            return e.code();
        }
    }

    @Test
    @Tag("rs_6:test_delete_relation_atomicity")
    void shouldRefuseWritesWhileTheDiskFailsAndTakeThemWhenItWorksAgain() throws Exception {
        final SimulatedDisk crashed;
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            world.add(1);
            disk.failFrom(1);
            final ErrorCode first = refusal(world, 2);
            assertTrue(first == ErrorCode.NOT_DURABLE || first == ErrorCode.READ_ONLY, () -> "code=" + first);
            assertEquals(ErrorCode.READ_ONLY, refusal(world, 3));
            final JournalStatus status = world.db().journalStatus();
            assertEquals(JournalStatus.Mode.READ_ONLY, status.mode());
            assertTrue(status.failures() > 0 && status.failure().contains("simulated fault"), status::toString);
            final long tick = world.db().status().tick();
            await(world.db(), () -> world.db().status().tick() > tick + 2);
            assertTrue(world.values().contains(1L), "reads go on");
            disk.heal();
            await(world.db(), () -> world.db().refusal() == null);
            world.add(4);
            assertEquals(JournalStatus.Mode.ON, world.db().journalStatus().mode());
            crashed = disk.crash(SimulatedDisk.Unforced.LOST, new Random(1));
        }
        try (JournalledWorld world = JournalledWorld.open(crashed)) {
            final Set<Long> values = world.values();
            assertTrue(values.containsAll(Set.of(1L, 4L)) && Set.of(1L, 2L, 4L).containsAll(values), values::toString);
        }
    }

    @Test
    void shouldStartOrSayWhyNotWhenAnyOneCallOfAStartFails() {
        for (int call = 1; call <= 80; call++) {
            final SimulatedDisk failing = new SimulatedDisk().failOnce(call);
            assertTimeoutPreemptively(Duration.ofSeconds(LIMIT_S), () -> {
                try (JournalledWorld world = JournalledWorld.open(failing)) {
                    refusal(world, 1);
                } catch (final DbException e) {
                    assertNotNull(e.getMessage());
                }
            });
            try (JournalledWorld world = JournalledWorld.open(failing.heal())) {
                world.add(2);
            }
        }
    }

    @Test
    void shouldNotStartWhenTheJournalCannotBeWritten() {
        JournalledWorld.open(disk).close();
        disk.failFrom(1);
        assertThrows(DbException.class, () -> JournalledWorld.open(disk));
        JournalledWorld.open(disk.heal()).close();
    }

    /** A disk with two values in the journal behind the snapshot, and the segment that has them. */
    private SimulatedDisk crashedWithTwoValues() {
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            world.add(1);
            world.add(2);
            world.freeze();
            return disk.crash(SimulatedDisk.Unforced.KEPT, new Random(1));
        }
    }

    private static java.nio.file.Path lastSegment(final SimulatedDisk disk) throws IOException {
        final List<String> names = disk.list(JournalledWorld.JOURNAL);
        return JournalledWorld.JOURNAL.resolve(names.get(names.size() - 1));
    }

    @Test
    @Tag("ao_2:test_log_checksum_validation")
    void shouldRefuseToStartOnDamageBelowTheWatermarkAndSalvageWhatIsProven() throws Exception {
        final SimulatedDisk crashed = crashedWithTwoValues();
        final byte[] bytes = crashed.bytes(lastSegment(crashed)).clone();
        final int at = indexOf(bytes, "world.add");
        bytes[at] ^= 1;
        crashed.bytes(lastSegment(crashed), bytes);
        final DbException error = assertThrows(DbException.class, () -> JournalledWorld.open(crashed));
        assertEquals(ErrorCode.STORAGE_DAMAGED, error.code());
        for (final String part : List.of("file=" + lastSegment(crashed), "offset=", "sequence=", "--salvage")) {
            assertTrue(error.getMessage().contains(part), error::getMessage);
        }
        try (JournalledWorld world =
                JournalledWorld.open(crashed, JournalledWorld.config().withSalvage(true), "1")) {
            assertEquals(Set.of(), world.values(), "the first value was damaged, the second follows it");
            assertTrue(world.store().world().warnings().toString().contains("given up"));
            world.add(7);
        }
        try (JournalledWorld world = JournalledWorld.open(crashed)) {
            assertEquals(Set.of(7L), world.values());
        }
        assertTrue(
                crashed.list(JournalledWorld.JOURNAL).stream().anyMatch(name -> name.endsWith(".damaged")),
                () -> "what was given up is kept");
    }

    private static int indexOf(final byte[] bytes, final String text) {
        final byte[] wanted = text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        int at = 0;
        while (!java.util.Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
            at++;
        }
        return at;
    }

    @Test
    @Tag("ao_2:test_log_recovery_after_crash")
    void shouldCutATornTailAndSayIt() throws Exception {
        final SimulatedDisk crashed = crashedWithTwoValues();
        final byte[] bytes = crashed.bytes(lastSegment(crashed)).clone();
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        java.util.Arrays.fill(bytes, end + 8, end + 100, (byte) 7);
        crashed.bytes(lastSegment(crashed), bytes);
        try (JournalledWorld world = JournalledWorld.open(crashed)) {
            assertEquals(Set.of(1L, 2L), world.values());
            final String warnings = world.store().world().warnings().toString();
            assertTrue(warnings.contains("torn tail was cut") && warnings.contains("offset="), warnings);
        }
    }

    @Test
    void shouldFallBackToAnOlderSnapshotOnlyWhileTheJournalCoversIt() throws Exception {
        final SimulatedDisk crashed;
        final long newest;
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            world.add(1);
            newest = world.store().snapshotNow().result().join().commit();
            world.add(2);
            world.freeze();
            crashed = disk.crash(SimulatedDisk.Unforced.KEPT, new Random(1));
        }
        final java.nio.file.Path pages = JournalledWorld.SNAPSHOTS
                .resolve(String.format("%020d", newest))
                .resolve("pages.bin");
        final byte[] bytes = crashed.bytes(pages).clone();
        bytes[bytes.length / 2] ^= 1;
        crashed.bytes(pages, bytes);
        final SimulatedDisk uncovered = crashed.crash(SimulatedDisk.Unforced.KEPT, new Random(1));
        try (JournalledWorld world = JournalledWorld.open(crashed)) {
            assertEquals(Set.of(1L, 2L), world.values());
            assertTrue(world.store().world().warnings().toString().contains("set aside"));
        }
        final java.nio.file.Path segment = lastSegment(uncovered);
        final byte[] journal = uncovered.bytes(segment);
        uncovered.bytes(segment, java.util.Arrays.copyOf(journal, indexOf(journal, "world.add")));
        final DbException error = assertThrows(DbException.class, () -> JournalledWorld.open(uncovered));
        assertEquals(ErrorCode.STORAGE_DAMAGED, error.code());
    }

    @Test
    @Tag("ao_2:test_log_compaction")
    @Tag("ao_1:test_log_cleanup_after_success")
    void shouldDeleteSegmentsThatNoSnapshotNeeds() throws Exception {
        final var config = JournalledWorld.config()
                .withKeepSnapshots(1)
                .withJournal(JournalledWorld.config().journal().withSegmentBytes(JournalConfig.MIN_SEGMENT_BYTES));
        try (JournalledWorld world = JournalledWorld.open(disk, config, "1")) {
            for (int i = 1; i <= 600; i++) {
                world.add(i);
            }
            final int before = world.db().journalStatus().segments();
            assertNotNull(world.store().snapshotNow().result().join());
            final int after = disk.list(JournalledWorld.JOURNAL).size();
            assertTrue(before > 6 && after <= 3, () -> "segments before=" + before + ", after=" + after);
        }
        try (JournalledWorld world = JournalledWorld.open(disk, config, "1")) {
            assertEquals(600, world.values().size());
        }
    }
}
