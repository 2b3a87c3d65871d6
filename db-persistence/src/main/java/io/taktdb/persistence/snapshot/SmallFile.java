package io.taktdb.persistence.snapshot;

import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.persistence.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that are read and written whole: manifest and schema. Threading: none of its own. */
final class SmallFile {
    /** The most bytes of such a file; 10,000 tables of 100 fields stay far below. */
    static final long MAX_BYTES = 256L << 20;

    private SmallFile() {}

    /** Writes a new file and makes its bytes durable. */
    static void write(final Storage storage, final Path path, final byte[] bytes) throws IOException {
        try (StorageFile file = storage.create(path)) {
            file.writeFully(ByteBuffer.wrap(bytes), 0);
            file.force();
        }
    }

    /**
     * All bytes of a file.
     *
     * @throws io.taktdb.types.error.DbException STORAGE_DAMAGED it is missing or too long; STORAGE_FAILED
     */
    static byte[] read(final Storage storage, final Path path) {
        try (StorageFile file = storage.open(path)) {
            final long size = file.size();
            if (size > MAX_BYTES) {
                throw StorageError.damaged(path, MAX_BYTES, "file is too long, " + size + " bytes");
            }
            final byte[] bytes = new byte[(int) size];
            file.readFully(ByteBuffer.wrap(bytes), 0);
            return bytes;
        } catch (final NoSuchFileException e) {
            throw StorageError.damaged(path, 0, "file is missing");
        } catch (final IOException e) {
            throw StorageError.failed("file could not be read", path, e, "check the disk and the file's permissions");
        }
    }
}
