package io.taktdb.persistence.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * A storage whose new files are encrypted, and which reads plain and encrypted ones: those of snapshots, which are
 * written once from start to end. The journal, which is written in place, encrypts its frames by itself through
 * {@link #keys} and {@link #raw}.
 *
 * <p>Threading: as the storage beneath.
 */
final class EncryptedStorage implements Storage {
    private final Storage raw;
    private final FileKeys keys;

    EncryptedStorage(final Storage raw, final FileKeys keys) {
        this.raw = raw;
        this.keys = keys;
    }

    @Override
    public Storage raw() {
        return raw;
    }

    @Override
    public FileKeys keys() {
        return keys;
    }

    @Override
    public StorageFile create(final Path file) throws IOException {
        final StorageFile made = raw.create(file);
        return keys.isOn() ? SealedFile.create(made, file, keys) : made;
    }

    @Override
    public StorageFile open(final Path file) throws IOException {
        final StorageFile opened = raw.open(file);
        try {
            final long size = opened.size();
            final ByteBuffer head = ByteBuffer.allocate((int) Math.min(size, SealedFile.HEADER_BYTES));
            opened.readFully(head, 0);
            return SealedFile.isSealed(head.array()) ? SealedFile.open(opened, file, keys, head.array(), size) : opened;
        } catch (final IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public void createFolder(final Path folder) throws IOException {
        raw.createFolder(folder);
    }

    @Override
    public boolean exists(final Path path) {
        return raw.exists(path);
    }

    @Override
    public List<String> list(final Path folder) throws IOException {
        return raw.list(folder);
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        raw.rename(from, to);
    }

    @Override
    public void link(final Path file, final Path name) throws IOException {
        raw.link(file, name);
    }

    @Override
    public void delete(final Path path) throws IOException {
        raw.delete(path);
    }

    @Override
    public void forceFolder(final Path folder) throws IOException {
        raw.forceFolder(folder);
    }

    @Override
    public AutoCloseable lock(final Path file, final String owner) throws IOException {
        return raw.lock(file, owner);
    }
}
