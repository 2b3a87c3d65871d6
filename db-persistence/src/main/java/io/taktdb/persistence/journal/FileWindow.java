package io.taktdb.persistence.journal;

import io.taktdb.persistence.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A part of a file in memory that moves along with the reading. Threading: one thread. */
final class FileWindow {
    private static final int WINDOW_BYTES = 256 << 10;

    private final StorageFile file;
    private final long size;
    private ByteBuffer buffer;
    private long from;

    FileWindow(final StorageFile file) throws IOException {
        this.file = file;
        this.size = file.size();
        this.buffer = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, size)).order(ByteOrder.LITTLE_ENDIAN);
        this.buffer.limit(0);
    }

    long size() {
        return size;
    }

    /**
     * Where in {@link #buffer()} bytes of the file are.
     *
     * @return -1 when the file ends before
     */
    int at(final long position, final int bytes) throws IOException {
        if (bytes > size - position) {
            return -1;
        }
        if (position < from || position + bytes > from + buffer.limit()) {
            load(position, bytes);
        }
        return (int) (position - from);
    }

    private void load(final long position, final int bytes) throws IOException {
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        buffer.clear().limit((int) Math.min(buffer.capacity(), size - position));
        from = position;
        file.readFully(buffer, position);
        buffer.flip();
    }

    ByteBuffer buffer() {
        return buffer;
    }
}
