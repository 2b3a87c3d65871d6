package io.taktdb.persistence.journal;

import io.taktdb.persistence.storage.FrameSeal;
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
    private ByteBuffer target = buffer;
    private ByteBuffer plain = ByteBuffer.allocate(0);
    private final byte[] head = new byte[JournalFormat.FRAME_HEAD_CRC];
    private FrameSeal seal;
    private boolean isGathering;
    private long sequence;

    /**
     * Goes on in another file.
     *
     * @param newSeal what bodies are encrypted with, or null
     */
    void open(final StorageFile newFile, final long newSalt, final FrameSeal newSeal, final long position) {
        file = newFile;
        salt = newSalt;
        seal = newSeal;
        target = buffer;
        isGathering = false;
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
            final long newSequence,
            final long watermark,
            final long commit,
            final long tick)
            throws IOException {
        sequence = newSequence;
        need(JournalFormat.FRAME_HEAD_BYTES);
        final int start = buffer.position();
        buffer.putInt(JournalFormat.FRAME_MAGIC)
                .putInt(kind)
                .putLong(bodyBytes + (seal == null ? 0 : FrameSeal.TAG_BYTES))
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
        if (seal != null) {
            buffer.get(start, head);
            target = plain.clear();
            isGathering = true;
        }
    }

    void putByte(final int value) throws IOException {
        need(1);
        target.put((byte) value);
    }

    void putShort(final int value) throws IOException {
        need(Short.BYTES);
        target.putShort((short) value);
    }

    void putInt(final int value) throws IOException {
        need(Integer.BYTES);
        target.putInt(value);
    }

    void putLong(final long value) throws IOException {
        need(Long.BYTES);
        target.putLong(value);
    }

    void putBytes(final byte[] bytes) throws IOException {
        int from = 0;
        while (from < bytes.length) {
            need(1);
            final int count = Math.min(target.remaining(), bytes.length - from);
            target.put(bytes, from, count);
            from += count;
        }
    }

    void putBytes(final DirectBuffer bytes, final int length) throws IOException {
        int from = 0;
        while (from < length) {
            need(1);
            final int count = Math.min(target.remaining(), length - from);
            bytes.getBytes(from, target, count);
            from += count;
        }
    }

    void end() throws IOException {
        if (seal != null) {
            target = buffer;
            isGathering = false;
            putBytes(seal.seal(sequence, head, plain.array(), 0, plain.position()));
        }
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
        if (target.remaining() >= bytes) {
            return;
        }
        if (!isGathering) {
            flush();
        } else { // a body to be sealed is gathered whole
            final int capacity = Math.max(4_096, Math.max(2 * plain.capacity(), plain.position() + bytes));
            plain = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(plain.flip());
            target = plain;
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
