package io.taktdb.persistence.journal;

import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.persistence.storage.FrameSeal;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.persistence.storage.StorageFile;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Reads one segment frame by frame, as long as frames are valid; see {@link JournalFormat}.
 *
 * <p>Threading: one thread.
 */
final class SegmentReader implements AutoCloseable {
    /** The answer of {@link #evidence} when there is none. */
    static final long NONE = -1;

    private final Path path;
    private final StorageFile file;
    private final FileWindow window;
    private final SegmentHeader header;
    private final boolean isHeaderHurt;
    private final CRC32C crc = new CRC32C();
    private final Frame frame = new Frame();
    private final FrameSeal seal;
    private long position = JournalFormat.FRAMES;
    private long sequence;

    private SegmentReader(final Path path, final StorageFile file, final FileKeys keys, final long number)
            throws IOException {
        this.path = path;
        this.file = file;
        this.window = new FileWindow(file);
        final byte[] head = new byte[(int) Math.min(JournalFormat.FRAMES, window.size())];
        file.readFully(ByteBuffer.wrap(head), 0);
        final boolean first = SegmentHeader.isValid(head, 0);
        final boolean second = SegmentHeader.isValid(head, JournalFormat.HEADER_COPY);
        if (!first && !second) {
            throw StorageError.damaged(path, 0, "header of the segment is damaged in both copies");
        }
        final int at = first ? 0 : JournalFormat.HEADER_COPY;
        final int version = SegmentHeader.version(head, at);
        if (version > JournalFormat.VERSION) {
            throw new DbException(
                    ErrorCode.STORAGE_FAILED,
                    "journal was written by a newer version: file=" + path + ", formatVersion=" + version + ", known="
                            + JournalFormat.VERSION + "; start that version of TaktDB");
        }
        header = SegmentHeader.decode(head, at);
        seal = header.seal(keys, path);
        isHeaderHurt = !first || !second || !header.equals(SegmentHeader.decode(head, JournalFormat.HEADER_COPY));
        if (header.number() != number) {
            throw StorageError.damaged(path, 0, "number " + header.number() + " is not that of the file's name");
        }
        sequence = header.firstSequence();
    }

    /**
     * Opens a segment.
     *
     * @throws DbException STORAGE_DAMAGED its header is not valid; STORAGE_FAILED a newer version wrote it
     */
    static SegmentReader open(final Storage storage, final Path path, final long number) throws IOException {
        final StorageFile file = storage.raw().open(path);
        try {
            return new SegmentReader(path, file, storage.keys(), number);
        } catch (final IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    SegmentHeader header() {
        return header;
    }

    /** Whether one of the two copies of the header is damaged. */
    boolean isHeaderHurt() {
        return isHeaderHurt;
    }

    /** Whether bytes of the file are missing. */
    boolean isCutShort() {
        return window.size() < header.bytes();
    }

    long size() {
        return window.size();
    }

    /** Where the next frame begins. */
    long position() {
        return position;
    }

    /** The sequence that the next frame must have. */
    long sequence() {
        return sequence;
    }

    /** The next frame, valid until the one after it is asked for; null where there is no valid one. */
    Frame next() throws IOException {
        final int at = head(position);
        if (at < 0) {
            return null;
        }
        final ByteBuffer in = window.buffer();
        final long bodyBytes = in.getLong(at + 8);
        if (in.getLong(at + 16) != sequence || bodyBytes < 0 || bodyBytes > window.size() - position) {
            return null;
        }
        frame.head(in.getInt(at + 4), sequence, in.getLong(at + 24), in.getLong(at + 32), in.getLong(at + 40));
        if (!readBody((int) bodyBytes)) {
            return null;
        }
        position += JournalFormat.frameBytes(bodyBytes);
        sequence++;
        return frame;
    }

    private boolean readBody(final int bodyBytes) throws IOException {
        final int at = window.at(position + JournalFormat.FRAME_HEAD_BYTES, bodyBytes + Integer.BYTES);
        if (at < 0) {
            return false;
        }
        window.buffer().get(at, frame.body(bodyBytes), 0, bodyBytes);
        JournalFormat.restart(crc, header.salt());
        JournalFormat.update(crc, sequence);
        crc.update(frame.body(), 0, bodyBytes);
        final boolean isWhole = window.buffer().getInt(at + bodyBytes) == (int) crc.getValue();
        if (isWhole && seal != null) {
            open(bodyBytes);
        }
        return isWhole;
    }

    private void open(final int bodyBytes) throws IOException {
        final byte[] head = new byte[JournalFormat.FRAME_HEAD_CRC];
        final int at = window.at(position, JournalFormat.FRAME_HEAD_BYTES);
        window.buffer().get(at, head);
        final byte[] plain = seal.open(sequence, head, frame.body(), 0, bodyBytes);
        if (plain == null) {
            throw StorageError.damaged(path, position, "frame " + sequence + " is not what was written here");
        }
        System.arraycopy(plain, 0, frame.body(plain.length), 0, plain.length);
    }

    /** Where in the window the valid frame head at a position is; -1 when there is none. */
    private int head(final long where) throws IOException {
        final int at = window.at(where, JournalFormat.FRAME_HEAD_BYTES);
        if (at < 0 || window.buffer().getInt(at) != JournalFormat.FRAME_MAGIC) {
            return -1;
        }
        JournalFormat.restart(crc, header.salt());
        crc.update(window.buffer().array(), at, JournalFormat.FRAME_HEAD_CRC);
        return window.buffer().getInt(at + JournalFormat.FRAME_HEAD_CRC) == (int) crc.getValue() ? at : -1;
    }

    /**
     * Looks behind the last valid frame for the proof that the next one was durable once.
     *
     * @return the offset of a frame that says so, or {@link #NONE}
     */
    long evidence() throws IOException {
        for (long where = position; where < window.size(); where += JournalFormat.FRAME_ALIGNMENT) {
            final int at = head(where);
            if (at >= 0 && window.buffer().getLong(at + 24) >= sequence) {
                return where;
            }
        }
        return NONE;
    }

    /** The first byte behind the last valid frame that is not zero; {@link #NONE} when all are. */
    long firstByteBehind() throws IOException {
        for (long where = position; where < window.size(); where++) {
            if (window.buffer().get(window.at(where, 1)) != 0) {
                return where;
            }
        }
        return NONE;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
