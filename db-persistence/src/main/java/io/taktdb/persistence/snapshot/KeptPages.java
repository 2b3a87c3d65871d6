package io.taktdb.persistence.snapshot;

import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.persistence.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/** Reads single pages of the page files that earlier snapshots wrote. Threading: one thread. */
final class KeptPages implements AutoCloseable {
    private static final int WINDOW_BYTES = 1 << 20;
    private static final byte[] EMPTY = {};

    private final Storage storage;
    private final Path folder;
    private final Map<Long, Window> windows = new TreeMap<>();
    private final CRC32C crc = new CRC32C();
    private byte[] body = EMPTY;

    /** @param folder of the snapshot, where the files are linked */
    KeptPages(final Storage storage, final Path folder) {
        this.storage = storage;
        this.folder = folder;
    }

    /** Part of a file in memory. */
    private static final class Window {
        private final Path path;
        private final StorageFile file;
        private final long size;
        private ByteBuffer buffer;
        private long from;

        Window(final Path path, final StorageFile file) throws IOException {
            this.path = path;
            this.file = file;
            this.size = file.size();
            this.buffer = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, size));
            this.buffer.limit(0);
        }

        /** Where in the buffer bytes of the file are. */
        int at(final long position, final int bytes) throws IOException {
            if (position < 0 || bytes > size - position) {
                throw StorageError.damaged(path, Math.max(0, position), "file ends too early");
            }
            if (position < from || position + bytes > from + buffer.limit()) {
                if (buffer.capacity() < bytes) {
                    buffer = ByteBuffer.allocate(bytes);
                }
                buffer.clear().limit((int) Math.min(buffer.capacity(), size - position));
                from = position;
                file.readFully(buffer, position);
                buffer.flip();
            }
            return (int) (position - from);
        }
    }

    private Window window(final long commit) throws IOException {
        Window window = windows.get(commit);
        if (window == null) {
            final Path path = folder.resolve(PageFile.keptName(commit));
            final StorageFile file;
            try {
                file = storage.open(path);
            } catch (final NoSuchFileException e) {
                throw StorageError.damaged(path, 0, "file is missing");
            }
            window = new Window(path, file);
            windows.put(commit, window);
        }
        return window;
    }

    /**
     * The bytes of a page, exactly; the same array again when the next one is as long.
     *
     * @param commit of the snapshot that wrote the file
     * @param offset of its record
     * @param number that the record must have
     */
    byte[] page(final long commit, final long offset, final int number) throws IOException {
        final Window window = window(commit);
        int at = window.at(offset, PageFile.RECORD_HEAD_BYTES);
        final ByteBuffer head =
                window.buffer.slice(at, PageFile.RECORD_HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        final int length = head.getInt(8);
        final int storedCrc = head.getInt(PageFile.RECORD_CRC);
        if (head.getInt(0) != PageFile.PAGE || head.getInt(4) != number || length <= 0) {
            throw StorageError.damaged(window.path, offset, "record is not page " + number);
        }
        crc.reset();
        crc.update(window.buffer.array(), at, PageFile.RECORD_CRC);
        at = window.at(offset + PageFile.RECORD_HEAD_BYTES, length);
        if (body.length != length) {
            body = new byte[length];
        }
        window.buffer.get(at, body);
        crc.update(body, 0, length);
        if ((int) crc.getValue() != storedCrc) {
            throw StorageError.damaged(window.path, offset, "checksum of the record is wrong");
        }
        return body;
    }

    @Override
    public void close() throws IOException {
        for (final Window window : windows.values()) {
            window.file.close();
        }
    }
}
