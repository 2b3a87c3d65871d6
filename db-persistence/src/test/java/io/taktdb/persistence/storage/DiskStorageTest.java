package io.taktdb.persistence.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port over the machine's own files. */
class DiskStorageTest {
    private final Storage storage = Storage.disk();

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        final byte[] bytes = "tick".getBytes(StandardCharsets.UTF_8);
        try (StorageFile file = storage.create(folder.resolve("a"))) {
            file.writeFully(ByteBuffer.wrap(bytes), 0);
            file.force();
        }
        storage.forceFolder(folder);
        try (StorageFile file = storage.open(folder.resolve("a"))) {
            final ByteBuffer read = ByteBuffer.allocate((int) file.size());
            file.readFully(read, 0);
            assertArrayEquals(bytes, read.array());
            assertThrows(EOFException.class, () -> file.readFully(ByteBuffer.allocate(1), 4));
        }
    }

    @Test
    void shouldNotOverwrite() throws IOException {
        storage.create(folder.resolve("a")).close();
        assertThrows(FileAlreadyExistsException.class, () -> storage.create(folder.resolve("a")));
        assertThrows(NoSuchFileException.class, () -> storage.open(folder.resolve("b")));
    }

    @Test
    void shouldRenameAndDeleteFolders() throws IOException {
        storage.createFolder(folder.resolve("a"));
        storage.create(folder.resolve("a").resolve("file")).close();
        storage.rename(folder.resolve("a"), folder.resolve("b"));
        assertEquals(List.of("file"), storage.list(folder.resolve("b")));
        assertEquals(List.of(), storage.list(folder.resolve("a")));
        storage.deleteFolder(folder.resolve("b"));
        storage.deleteFolder(folder.resolve("b"));
        assertFalse(storage.exists(folder.resolve("b")));
    }

    @Test
    void shouldLockOnceInOneProcess() throws Exception {
        final Path file = folder.resolve("LOCK");
        final AutoCloseable lock = storage.lock(file, "pid=1");
        for (int i = 0; i < 2; i++) {
            final AlreadyLockedException error =
                    assertThrows(AlreadyLockedException.class, () -> storage.lock(file, "pid=2"));
            assertEquals("pid=1", error.owner());
        }
        assertFalse(isFreeForOthers(file), "another process must not get the lock");
        lock.close();
        assertTrue(isFreeForOthers(file), "another process must get the lock");
        storage.lock(file, "pid=3").close();
    }

    /** Asks from another process, since a process does not see its own locks as others do. */
    private static boolean isFreeForOthers(final Path file) throws IOException, InterruptedException {
        final Path program = Files.writeString(file.resolveSibling("Ask.java"), """
                class Ask {
                    public static void main(String[] args) throws Exception {
                        try (var channel = java.nio.channels.FileChannel.open(
                                java.nio.file.Path.of(args[0]), java.nio.file.StandardOpenOption.WRITE)) {
                            System.exit(channel.tryLock(Long.MAX_VALUE - 1, 1, false) == null ? 17 : 18);
                        }
                    }
                }
                """);
        final int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        program.toString(),
                        file.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertTrue(status == 17 || status == 18, () -> "status=" + status);
        return status == 18;
    }
}
