package io.taktdb.persistence.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.persistence.StoreConfig;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.disk.SimulatedDisk.Unforced;
import io.taktdb.persistence.recovery.FolderCheck;
import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Worlds whose files are encrypted, and those who try to read them. */
class EncryptionTest {
    private static final String OLD = FileKeys.newKey();
    private static final String NEW = FileKeys.newKey();

    private static StoreConfig config(final String keys) {
        final StoreConfig config = JournalledWorld.config().withKeepSnapshots(1);
        return keys == null ? config : config.withKeys(FileKeys.parse(keys, "test"));
    }

    /** A world that crashed: values in a snapshot and in the journal. */
    private static SimulatedDisk crashed(final String keys) {
        final SimulatedDisk disk = new SimulatedDisk();
        try (JournalledWorld world = JournalledWorld.open(disk, config(keys))) {
            for (int i = 1; i <= 8; i++) {
                world.add(i);
                if (i == 4) {
                    world.store().snapshotNow().await();
                }
            }
            final SimulatedDisk after = disk.crash(Unforced.LOST, new Random(1));
            world.abandon(disk);
            return after;
        }
    }

    private static Set<Long> values(final SimulatedDisk disk, final String keys) {
        try (JournalledWorld world = JournalledWorld.open(disk, config(keys))) {
            return world.values();
        }
    }

    private static Map<Path, byte[]> files(final SimulatedDisk disk) throws IOException {
        final Map<Path, byte[]> files = new TreeMap<>();
        collect(disk, JournalledWorld.FOLDER, files);
        files.keySet().removeIf(path -> path.endsWith("LOCK") || path.toString().contains(".deleting"));
        return files;
    }

    private static void collect(final SimulatedDisk disk, final Path folder, final Map<Path, byte[]> files)
            throws IOException {
        for (final String name : disk.list(folder)) {
            final Path path = folder.resolve(name);
            if (disk.list(path).isEmpty()) {
                files.put(path, disk.bytes(path).clone());
            } else {
                collect(disk, path, files);
            }
        }
    }

    private static boolean holds(final byte[] bytes, final String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    @Test
    void shouldHideEverythingAndReadItAgain() throws IOException {
        final SimulatedDisk plain = crashed(null);
        final SimulatedDisk sealed = crashed(OLD);
        for (final String text : Set.of("world.add", "journalled", "\"value\"", "state_hash")) {
            assertTrue(files(plain).values().stream().anyMatch(bytes -> holds(bytes, text)), text);
            assertFalse(files(sealed).values().stream().anyMatch(bytes -> holds(bytes, text)), text);
        }
        final Storage opened = Storage.encrypted(sealed, FileKeys.parse(OLD, "test"));
        final FolderCheck.Report report = FolderCheck.run(opened, JournalledWorld.FOLDER);
        assertTrue(report.isSound(), report::toString);
        assertEquals(8, values(sealed, OLD).size());
    }

    @Test
    void shouldRefuseWithoutTheKeyAndChangeNothing() throws IOException {
        final SimulatedDisk disk = crashed(OLD);
        final Map<Path, byte[]> before = files(disk);
        for (final String keys : new String[] {null, NEW}) {
            final DbException e = assertThrows(DbException.class, () -> values(disk, keys));
            assertEquals(ErrorCode.STORAGE_FAILED, e.code());
            assertTrue(e.getMessage().contains("encrypted with a key that is not there"), e.getMessage());
            assertFalse(e.getMessage().contains(OLD), e.getMessage());
            final Map<Path, byte[]> after = files(disk);
            assertEquals(before.keySet(), after.keySet());
            before.forEach((path, bytes) -> assertArrayEquals(bytes, after.get(path), path.toString()));
        }
        assertEquals(8, values(disk, OLD).size());
    }

    @Test
    void shouldChangeKeysByANewSnapshot() {
        final SimulatedDisk disk = crashed(OLD);
        try (JournalledWorld world = JournalledWorld.open(disk, config(NEW + "\n" + OLD + " # the one before"))) {
            world.add(9);
            world.store().snapshotNow().await();
        }
        assertEquals(9, values(disk, NEW).size(), "nothing needs the old key any more");
        assertThrows(DbException.class, () -> values(disk, OLD));
    }

    @Test
    void shouldEncryptAWorldThatWasPlain() throws IOException {
        final SimulatedDisk disk = crashed(null);
        try (JournalledWorld world = JournalledWorld.open(disk, config(OLD))) {
            world.add(9);
        }
        assertFalse(files(disk).values().stream().anyMatch(bytes -> holds(bytes, "world.add")));
        assertEquals(9, values(disk, OLD).size());
    }

    /** A frame of the same length with a right checksum, from another place of the same segment. */
    @Test
    void shouldRefuseFramesThatWereMoved() throws IOException {
        final SimulatedDisk disk = crashed(OLD);
        final Path path = files(disk).keySet().stream()
                .filter(file -> file.toString().endsWith(".journal"))
                .reduce((a, b) -> b)
                .orElseThrow();
        final byte[] bytes = disk.bytes(path).clone();
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int changed = 0;
        for (int at = JournalFormat.FRAMES; in.getInt(at) == JournalFormat.FRAME_MAGIC; ) {
            final int body = (int) in.getLong(at + 8);
            if (in.getInt(at + 4) == JournalFormat.COMMIT) {
                bytes[at + JournalFormat.FRAME_HEAD_BYTES + body / 2] ^= 1;
                final java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
                JournalFormat.restart(crc, in.getLong(32));
                JournalFormat.update(crc, in.getLong(at + 16));
                crc.update(bytes, at + JournalFormat.FRAME_HEAD_BYTES, body);
                in.putInt(at + JournalFormat.FRAME_HEAD_BYTES + body, (int) crc.getValue());
                changed++;
            }
            at += (int) JournalFormat.frameBytes(body);
        }
        assertTrue(changed > 0);
        disk.bytes(path, bytes);
        final DbException e = assertThrows(DbException.class, () -> values(disk, OLD));
        assertEquals(ErrorCode.STORAGE_DAMAGED, e.code(), e::getMessage);
    }

    @Test
    void shouldRefuseBlocksThatWereMovedOrCutOff() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        final Storage storage = Storage.encrypted(disk, FileKeys.parse(OLD, "test"));
        disk.createFolder(Path.of("/data"));
        final Path path = Path.of("/data/file");
        final byte[] content = new byte[5 * 65_536];
        new Random(5).nextBytes(content);
        try (var file = storage.create(path)) {
            file.writeFully(ByteBuffer.wrap(content), 0);
            file.force();
        }
        final byte[] sealed = disk.bytes(path).clone();
        final int block = 65_536 + 16;
        assertEquals(64 + 5 * block, sealed.length);
        assertArrayEquals(content, read(storage, path));
        final byte[] swapped = sealed.clone();
        System.arraycopy(sealed, 64, swapped, 64 + block, block);
        System.arraycopy(sealed, 64 + block, swapped, 64, block);
        for (final byte[] hurt : new byte[][] {swapped, java.util.Arrays.copyOf(sealed, 64 + 4 * block)}) {
            disk.bytes(path, hurt);
            assertEquals(
                    ErrorCode.STORAGE_DAMAGED,
                    assertThrows(DbException.class, () -> read(storage, path)).code());
        }
    }

    private static byte[] read(final Storage storage, final Path path) throws IOException {
        try (var file = storage.open(path)) {
            final ByteBuffer all = ByteBuffer.allocate((int) file.size());
            file.readFully(all, 0);
            return all.array();
        }
    }

    @Test
    void shouldRefuseKeysThatAreNone() {
        for (final String text : new String[] {"", "# only a comment", "abc", OLD + "00", OLD.substring(1) + "x"}) {
            final IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> FileKeys.parse(text, "a-file"));
            assertTrue(e.getMessage().contains("a-file"), e.getMessage());
            assertFalse(text.length() > 20 && e.getMessage().contains(text), "no key is shown");
        }
    }
}
