package io.taktdb.persistence.journal;

import io.taktdb.persistence.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Writes frames into a file through one buffer, computing both checksums on the way.
 *
 * <pre>{@code
 * writer.begin(kind, bodyBytes, sequence, watermark, commit, tick); writer.put...(...); writer.end();
 * writer.flush();
 * }</pre>
 *
 * Threading: one thread.
 */
final class FrameWriter {
    static final int BUFFER_BYTES = 1 << 20;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer view = buffer.duplicate();
    private final CRC32C headCrc = new CRC32C();
    private final CRC32C bodyCrc = new CRC32C();
    private StorageFile file;
    private long salt;
    private long flushedTo;
    private int bodyFrom = -1;

    /** Goes on in another file. */
    void open(final StorageFile newFile, final long newSalt, final long position) {
        file = newFile;
        salt = newSalt;
        flushedTo = position;
        buffer.clear();
        bodyFrom = -1;
    }

    /** Where the next frame begins. */
    long position() {
        return flushedTo + buffer.position();
    }

    void begin(
            final int kind,
            final long bodyBytes,
            final long sequence,
            final long watermark,
            final long commit,
            final long tick)
            throws IOException {
        need(JournalFormat.FRAME_HEAD_BYTES);
        final int start = buffer.position();
        buffer.putInt(JournalFormat.FRAME_MAGIC)
                .putInt(kind)
                .putLong(bodyBytes)
                .putLong(sequence)
                .putLong(watermark)
                .putLong(commit)
                .putLong(tick)
                .putInt(0);
        JournalFormat.restart(headCrc, salt);
        headCrc.update(view.limit(buffer.position()).position(start));
        buffer.putInt((int) headCrc.getValue());
        JournalFormat.restart(bodyCrc, salt);
        JournalFormat.update(bodyCrc, sequence);
        bodyFrom = buffer.position();
    }

    void putByte(final int value) throws IOException {
        need(1);
        buffer.put((byte) value);
    }

    void putShort(final int value) throws IOException {
        need(Short.BYTES);
        buffer.putShort((short) value);
    }

    void putInt(final int value) throws IOException {
        need(Integer.BYTES);
        buffer.putInt(value);
    }

    void putLong(final long value) throws IOException {
        need(Long.BYTES);
        buffer.putLong(value);
    }

    void putBytes(final byte[] bytes) throws IOException {
        int from = 0;
        while (from < bytes.length) {
            need(1);
            final int count = Math.min(buffer.remaining(), bytes.length - from);
            buffer.put(bytes, from, count);
            from += count;
        }
    }

    void putBytes(final DirectBuffer bytes, final int length) throws IOException {
        int from = 0;
        while (from < length) {
            need(1);
            final int count = Math.min(buffer.remaining(), length - from);
            bytes.getBytes(from, buffer, count);
            from += count;
        }
    }

    void end() throws IOException {
        checkBody();
        bodyFrom = -1;
        putInt((int) bodyCrc.getValue());
        while ((position() & JournalFormat.FRAME_ALIGNMENT - 1) != 0) {
            putByte(0);
        }
    }

    private void checkBody() {
        if (bodyFrom >= 0) {
            bodyCrc.update(view.limit(buffer.position()).position(bodyFrom));
            bodyFrom = buffer.position();
        }
    }

    private void need(final int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
    }

    /** Hands everything to the file; a frame may be unfinished. */
    void flush() throws IOException {
        checkBody();
        buffer.flip();
        final int bytes = buffer.limit();
        file.writeFully(buffer, flushedTo);
        flushedTo += bytes;
        buffer.clear();
        bodyFrom = bodyFrom < 0 ? -1 : 0;
    }
}
