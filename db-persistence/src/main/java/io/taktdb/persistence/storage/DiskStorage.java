package io.taktdb.persistence.storage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The machine's file system, through file channels. Threading: any thread. */
final class DiskStorage implements Storage {
    static final DiskStorage INSTANCE = new DiskStorage();

    /** The byte that is locked lies behind the text, so that others can read who holds the lock on any system. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** Elsewhere a folder cannot be opened; names are durable there without it. */
    private static final boolean FOLDERS_NEED_FORCE = File.separatorChar == '/';

    private static final int MAX_OWNER_BYTES = 256;

    /**
     * Locks of this process by file, with their owners. To open such a file again, even to look, would release its lock
     * on closing: so POSIX has it.
     */
    private static final Map<Path, String> OWN_LOCKS = new ConcurrentHashMap<>();

    private DiskStorage() {}

    @Override
    public StorageFile create(final Path file) throws IOException {
        return new DiskFile(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    @Override
    public StorageFile open(final Path file) throws IOException {
        return new DiskFile(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public void createFolder(final Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public boolean exists(final Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public List<String> list(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (final NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void link(final Path file, final Path name) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (final UnsupportedOperationException e) {
            throw new IOException("file system has no links", e);
        }
    }

    @Override
    public void delete(final Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void forceFolder(final Path folder) throws IOException {
        if (FOLDERS_NEED_FORCE) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public AutoCloseable lock(final Path file, final String owner) throws IOException {
        final Path key = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (OWN_LOCKS.putIfAbsent(key, owner) != null) {
            throw new AlreadyLockedException(file, OWN_LOCKS.getOrDefault(key, ""));
        }
        try {
            final FileChannel channel = lockedChannel(file, owner);
            return () -> {
                try (channel) {
                    channel.truncate(0);
                } finally {
                    OWN_LOCKS.remove(key);
                }
            };
        } catch (final IOException | RuntimeException e) {
            OWN_LOCKS.remove(key);
            throw e;
        }
    }

    private static FileChannel lockedChannel(final Path file, final String owner) throws IOException {
        final FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
                throw new AlreadyLockedException(file, ownerIn(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
            return channel;
        } catch (final OverlappingFileLockException e) {
            channel.close(); // the same file by another name
            throw new AlreadyLockedException(file, "this process");
        } catch (final IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String ownerIn(final FileChannel channel) throws IOException {
        final ByteBuffer text = ByteBuffer.allocate(MAX_OWNER_BYTES);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    }

    /** An open file of the machine. */
    private static final class DiskFile implements StorageFile {
        private final FileChannel channel;

        DiskFile(final FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(final ByteBuffer target, final long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public int write(final ByteBuffer source, final long position) throws IOException {
            return channel.write(source, position);
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void forceData() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
