package io.taktdb.persistence.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.persistence.StoreConfig;
import io.taktdb.persistence.WorldStore;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.journal.JournalConfig;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A data folder that is checked without a start. */
class FolderCheckTest {
    private static final Path FOLDER = Path.of("/data");

    private final SimulatedDisk disk = new SimulatedDisk();

    private void run(final Runnable meanwhile) {
        final StoreConfig config = new StoreConfig(FOLDER, Duration.ZERO, 2, 5)
                .withJournal(JournalConfig.ON.withSegmentBytes(JournalConfig.MIN_SEGMENT_BYTES));
        try (WorldStore store = WorldStore.open(config, disk, Clock.systemUTC());
                TaktDb db = TaktDb.open(new TaktConfig(
                        LoopConfig.atRate(120).withWorkers(1),
                        new MemoryBudget(MemoryBudget.UNLIMITED),
                        List.of(),
                        store.world(),
                        store.journal()))) {
            store.start(db::lease);
            meanwhile.run();
            db.stop();
            store.stop();
        }
    }

    @Test
    void shouldCallAFolderSoundAndLeaveItAsItIs() throws IOException {
        run(() -> {});
        final List<String> before = disk.list(FOLDER.resolve("journal"));
        final FolderCheck.Report report = FolderCheck.run(disk, FOLDER);
        assertTrue(report.isSound(), () -> report.lines().toString());
        assertTrue(report.lines().stream().anyMatch(line -> line.startsWith("snapshot ")));
        assertTrue(report.lines().stream().anyMatch(line -> line.startsWith("segment ")));
        assertEquals(before, disk.list(FOLDER.resolve("journal")));
    }

    @Test
    void shouldNameWhatIsDamaged() throws IOException {
        run(() -> {});
        final Path segment = FOLDER.resolve("journal")
                .resolve(disk.list(FOLDER.resolve("journal")).get(0));
        final byte[] bytes = disk.bytes(segment).clone();
        bytes[4096 + 57] ^= 1; // the checksum of the first frame
        disk.bytes(segment, bytes);
        final FolderCheck.Report report = FolderCheck.run(disk, FOLDER);
        assertFalse(report.isSound());
        assertTrue(
                report.lines().toString().contains("damaged: file=" + segment),
                () -> report.lines().toString());
    }

    @Test
    void shouldRefuseAFolderThatIsInUseOrNotThere() {
        run(() -> {
            final DbException used = assertThrows(DbException.class, () -> FolderCheck.run(disk, FOLDER));
            assertEquals(ErrorCode.UNAVAILABLE, used.code());
        });
        final DbException none = assertThrows(DbException.class, () -> FolderCheck.run(disk, Path.of("/nowhere")));
        assertEquals(ErrorCode.STORAGE_FAILED, none.code());
    }
}
