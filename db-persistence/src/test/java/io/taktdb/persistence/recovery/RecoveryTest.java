package io.taktdb.persistence.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.snapshot.SnapshotProgress;
import io.taktdb.persistence.snapshot.SnapshotWriter;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.world.RandomWorld;
import io.taktdb.persistence.world.WorldContent;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a start does with what it finds. */
class RecoveryTest {
    private static final Path DATA = Path.of("/data");
    private static final Path SNAPSHOTS = DATA.resolve("snapshots");
    private static final long SEED = 11;
    private static final long NEW_SEED = 12;
    private static final long OLD = 1;
    private static final long NEW = 2;

    private SimulatedDisk disk;
    private RandomWorld world;
    private Lease old;
    private Lease newest;

    @BeforeEach
    void writeTwoSnapshots() throws IOException {
        disk = new SimulatedDisk();
        world = new RandomWorld(3);
        try (DataFolder folder = DataFolder.open(disk, DATA)) {
            world.grow(2, 40);
            old = world.database().lease();
            write(folder, old);
            world.grow(1, 40);
            newest = world.database().lease();
            write(folder, newest);
        }
    }

    @AfterEach
    void close() {
        old.close();
        newest.close();
        world.close();
    }

    private static void write(final DataFolder folder, final Lease lease) {
        new SnapshotWriter(folder.snapshots(), Clock.systemUTC(), 3).write(lease.state(), SEED, new SnapshotProgress());
    }

    private static Path file(final long commit, final String name) {
        return SNAPSHOTS.resolve(String.format("%020d", commit)).resolve(name);
    }

    private void damage(final Path file) {
        final byte[] bytes = disk.bytes(file).clone();
        bytes[bytes.length / 2] ^= 1;
        disk.bytes(file, bytes);
    }

    @Test
    void shouldStartFromTheNewestSnapshot() {
        try (DataFolder folder = DataFolder.open(disk, DATA)) {
            final LoadedWorld loaded = Recovery.load(folder, NEW_SEED, false);
            assertEquals(NEW, loaded.commit());
            assertEquals(newest.state().tick(), loaded.tick());
            assertEquals(SEED, loaded.seed());
            assertEquals(List.of(), loaded.warnings());
            assertFalse(loaded.isNew());
            assertLoads(loaded, newest);
        }
    }

    private static void assertLoads(final LoadedWorld loaded, final Lease expected) {
        try (Database database =
                new Database(new MemoryBudget(MemoryBudget.UNLIMITED), loaded.commit(), loaded.tick())) {
            loaded.load(database);
            database.commit(loaded.tick());
            try (Lease lease = database.lease()) {
                WorldContent.assertSame(expected.state(), lease.state());
            }
        }
    }

    @Test
    @Tag("re_2:recovery_from_invalid_snapshot")
    void shouldFallBackLoudlyWhenTheNewestIsDamaged() throws IOException {
        damage(file(NEW, "pages.bin"));
        try (DataFolder folder = DataFolder.open(disk, DATA)) {
            final LoadedWorld loaded = Recovery.load(folder, NEW_SEED, false);
            assertEquals(OLD, loaded.commit());
            assertEquals(1, loaded.warnings().size());
            final String warning = loaded.warnings().get(0);
            assertTrue(warning.contains("file=" + file(NEW, "pages.bin")) && warning.contains("offset="), warning);
            assertLoads(loaded, old);
        }
        assertEquals(List.of("00000000000000000001", "00000000000000000002.damaged"), disk.list(SNAPSHOTS));
        try (DataFolder folder = DataFolder.open(disk, DATA)) {
            assertEquals(List.of(), Recovery.load(folder, NEW_SEED, false).warnings());
            write(folder, newest); // the number is free again
            assertEquals(NEW, Recovery.load(folder, NEW_SEED, false).commit());
        }
    }

    @Test
    @Tag("re_1:test_load_corrupted_snapshot")
    void shouldRefuseToStartWhenNoSnapshotIsValid() throws IOException {
        damage(file(NEW, "schema.json"));
        damage(file(OLD, "manifest.json"));
        final List<String> before = disk.list(SNAPSHOTS);
        try (DataFolder folder = DataFolder.open(disk, DATA)) {
            final DbException error = assertThrows(DbException.class, () -> Recovery.load(folder, NEW_SEED, false));
            assertEquals(ErrorCode.STORAGE_DAMAGED, error.code());
            assertTrue(error.getMessage().contains("file=" + file(NEW, "schema.json")), error::getMessage);
            assertTrue(error.getMessage().contains("move it away to start with an empty world"), error::getMessage);
        }
        assertEquals(before, disk.list(SNAPSHOTS));
    }

    @Test
    void shouldRefuseToStartEmptyWhenOnlyDamagedOnesWereKept() throws IOException {
        damage(file(NEW, "pages.bin"));
        try (DataFolder folder = DataFolder.open(disk, DATA)) {
            Recovery.load(folder, NEW_SEED, false);
        }
        disk.deleteFolder(file(OLD, "x").getParent());
        try (DataFolder folder = DataFolder.open(disk, DATA)) {
            final DbException error = assertThrows(DbException.class, () -> Recovery.load(folder, NEW_SEED, false));
            assertEquals(ErrorCode.STORAGE_DAMAGED, error.code());
        }
    }

    @Test
    @Tag("ts_3:catalog_persistence_not_implemented")
    @Tag("re_1:test_load_missing_file")
    @Tag("re_1:test_load_empty_database")
    void shouldStartANewWorldInANewFolder() {
        try (DataFolder folder = DataFolder.open(disk, Path.of("/other"))) {
            final LoadedWorld loaded = Recovery.load(folder, NEW_SEED, false);
            assertTrue(loaded.isNew());
            assertEquals(0, loaded.commit());
            assertEquals(NEW_SEED, loaded.seed());
        }
    }

    @Test
    void shouldNotFallBackWhenAFileCannotBeRead() {
        try (DataFolder folder = DataFolder.open(disk, DATA)) {
            int call = 1;
            boolean failed = true;
            while (failed) {
                disk.failOnce(call++);
                try {
                    assertEquals(NEW, Recovery.load(folder, NEW_SEED, false).commit());
                    failed = false;
                } catch (final DbException e) {
                    assertEquals(ErrorCode.STORAGE_FAILED, e.code(), e::getMessage);
                }
            }
            final int calls = call;
            assertTrue(calls > 8, () -> "calls=" + calls);
        }
    }

    @Test
    @Tag("ds_1:test_snapshot_versioning")
    @Tag("re_1:test_load_version_mismatch")
    @Tag("re_2:invalid_version_fails_validation")
    @Tag("re_2:version_migration_validation")
    void shouldStopAtASnapshotOfANewerVersion() {
        final Path path = file(NEW, "manifest.json");
        final String json = new String(disk.bytes(path), StandardCharsets.UTF_8);
        final String body = json.substring(0, json.lastIndexOf(",\n  \"crc32c\""))
                .replace("\"format_version\" : 2", "\"format_version\" : 3");
        final CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
        final String tail = String.format(",\n  \"crc32c\" : \"%08x\"\n}\n", crc.getValue());
        disk.bytes(path, (body + tail).getBytes(StandardCharsets.UTF_8));
        try (DataFolder folder = DataFolder.open(disk, DATA)) {
            final DbException error = assertThrows(DbException.class, () -> Recovery.load(folder, NEW_SEED, false));
            assertEquals(ErrorCode.STORAGE_FAILED, error.code());
            assertTrue(error.getMessage().contains("newer version"), error::getMessage);
        }
    }

    @Test
    void shouldRemoveLeftovers() throws IOException {
        disk.createFolder(SNAPSHOTS.resolve("00000000000000000009.writing"));
        disk.create(SNAPSHOTS.resolve("00000000000000000009.writing").resolve("pages.bin"))
                .close();
        disk.createFolder(SNAPSHOTS.resolve("00000000000000000000.deleting"));
        disk.createFolder(SNAPSHOTS.resolve("notes"));
        DataFolder.open(disk, DATA).close();
        assertEquals(List.of("00000000000000000001", "00000000000000000002", "notes"), disk.list(SNAPSHOTS));
    }

    @Test
    void shouldGiveTheSameWorldAfterACrashInRecovery() {
        damage(file(NEW, "pages.bin"));
        int call = 1;
        boolean failed = true;
        while (failed) {
            final SimulatedDisk machine = disk.crash(SimulatedDisk.Unforced.KEPT, new java.util.Random(1));
            machine.failFrom(call++);
            failed = !recovers(machine);
            final SimulatedDisk next = machine.crash(SimulatedDisk.Unforced.MIXED, new java.util.Random(call));
            try (DataFolder folder = DataFolder.open(next, DATA)) {
                assertEquals(OLD, Recovery.load(folder, NEW_SEED, false).commit());
            }
        }
    }

    private static boolean recovers(final Storage machine) {
        try (DataFolder folder = DataFolder.open(machine, DATA)) {
            Recovery.load(folder, NEW_SEED, false);
            return true;
        } catch (final DbException e) {
            assertEquals(ErrorCode.STORAGE_FAILED, e.code(), e::getMessage);
            return false;
        }
    }
}
