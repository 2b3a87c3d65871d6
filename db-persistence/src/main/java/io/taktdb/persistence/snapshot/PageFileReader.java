package io.taktdb.persistence.snapshot;

import io.taktdb.persistence.storage.StorageError;
import io.taktdb.persistence.storage.StorageFile;
import io.taktdb.types.error.DbException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;

/**
 * Reads a {@link PageFile} from start to end, record by record, and checks every CRC on the way.
 *
 * <pre>{@code
 * reader.header();
 * while (reader.next() != PageFile.END) { reader.body(target) or reader.skipBody(); }
 * }</pre>
 *
 * What is wrong is STORAGE_DAMAGED with the offset of the record. Threading: one thread.
 */
final class PageFileReader implements AutoCloseable {
    private static final int MAX_BUFFER_BYTES = 1 << 20;

    private final StorageFile file;
    private final Path path;
    private final long size;
    private final int bufferBytes;
    private final Bytes<ByteBuffer> buffer;
    private final ByteBuffer native0;
    private final CRC32C recordCrc = new CRC32C();
    private final CRC32C fileCrc = new CRC32C();
    private final byte[] small = new byte[PageFile.MAX_SMALL_BODY];
    private final ByteBuffer smallBody = ByteBuffer.wrap(small).order(ByteOrder.LITTLE_ENDIAN);
    private long filled; // offset in the file of the first byte behind the buffer
    private long recordStart;
    private int kind;
    private int number;
    private int length;
    private int storedCrc;

    PageFileReader(final StorageFile file, final Path path) throws IOException {
        this.file = file;
        this.path = path;
        this.size = file.size();
        this.bufferBytes = (int) Math.max(PageFile.HEADER_BYTES, Math.min(MAX_BUFFER_BYTES, size));
        this.buffer = Bytes.elasticByteBuffer(bufferBytes, bufferBytes);
        this.native0 = buffer.underlyingObject();
    }

    /** Instead of a tick: any will do. */
    static final long ANY_TICK = -1;

    /** Reads the file header, which must be that of a commit and tick. */
    void header(final long commit, final long tick) throws IOException {
        fill(PageFile.HEADER_BYTES);
        recordCrc.reset();
        recordCrc.update(native0.duplicate().position(0).limit(PageFile.HEADER_CRC));
        final long magic = buffer.readLong();
        final int version = buffer.readInt();
        final int headerBytes = buffer.readInt();
        final long storedCommit = buffer.readLong();
        final long storedTick = buffer.readLong();
        require(magic == PageFile.MAGIC, "not a page file: magic is wrong");
        require(version == 1 || version == PageFile.VERSION, "unknown format version " + version);
        require(headerBytes == PageFile.HEADER_BYTES, "header size is wrong");
        for (int at = PageFile.HEADER_ZEROS; at < PageFile.HEADER_CRC; at += Integer.BYTES) {
            require(buffer.readInt() == 0, "header is not zero where it should be");
        }
        require(buffer.readInt() == (int) recordCrc.getValue(), "checksum of the header is wrong");
        require(storedCommit == commit, "commit " + storedCommit + " is not that of the manifest, " + commit);
        require(tick == ANY_TICK || storedTick == tick, "tick " + storedTick + " is not that of the manifest, " + tick);
    }

    /**
     * Reads the head of the next record; the body must follow.
     *
     * @return its kind
     */
    int next() throws IOException {
        recordStart = position();
        fill(PageFile.RECORD_HEAD_BYTES);
        final int start = (int) buffer.readPosition();
        recordCrc.reset();
        recordCrc.update(native0.duplicate().position(start).limit(start + PageFile.RECORD_CRC));
        kind = buffer.readInt();
        number = buffer.readInt();
        length = buffer.readInt();
        storedCrc = buffer.readInt();
        require(kind >= PageFile.TABLE && kind <= PageFile.KEPT, "unknown kind of record");
        require(length >= 0 && length <= size - position(), "record is longer than the file");
        require(kind == PageFile.PAGE || length <= PageFile.MAX_SMALL_BODY, "record is too long");
        return kind;
    }

    int kind() {
        return kind;
    }

    int number() {
        return number;
    }

    /** Bytes of the body. */
    int length() {
        return length;
    }

    /** Where the record starts. */
    long recordStart() {
        return recordStart;
    }

    /** Where the next byte comes from. */
    long position() {
        return filled - buffer.readRemaining();
    }

    /** CRC32C of all bytes up to here; only at the end of the file it means anything. */
    int fileCrc() {
        return (int) fileCrc.getValue();
    }

    /** Whether all bytes were read. */
    boolean isAtEnd() {
        return position() == size;
    }

    /** Reads the body of a page into the start of an array. */
    void body(final byte[] target) throws IOException {
        body(target, length);
    }

    /** Reads a body that is no page; it must have at least so many bytes. */
    ByteBuffer smallBody(final int atLeast) throws IOException {
        require(length >= atLeast, "record is too short");
        body(small, length);
        return smallBody.clear().limit(length);
    }

    /** Checks the body's CRC and goes on. */
    void skipBody() throws IOException {
        body(null, length);
    }

    private void body(final byte[] target, final int bytes) throws IOException {
        int done = 0;
        while (done < bytes) {
            if (buffer.readRemaining() == 0) {
                fill(1);
            }
            final int part = (int) Math.min(buffer.readRemaining(), bytes - done);
            final int start = (int) buffer.readPosition();
            recordCrc.update(native0.duplicate().position(start).limit(start + part));
            if (target != null) {
                native0.duplicate().position(start).get(target, done, part);
            }
            buffer.readSkip(part);
            done += part;
        }
        require((int) recordCrc.getValue() == storedCrc, "checksum of the record is wrong");
    }

    /** Sees to it that so many bytes are in the buffer. */
    private void fill(final int wanted) throws IOException {
        if (buffer.readRemaining() >= wanted) {
            return;
        }
        require(size - position() >= wanted, "file ends too early");
        buffer.compact();
        final int end = (int) buffer.writePosition();
        final int bytes = (int) Math.min(bufferBytes - end, size - filled);
        final ByteBuffer target = native0.duplicate().position(end).limit(end + bytes);
        file.readFully(target, filled);
        fileCrc.update(target.duplicate().position(end).limit(end + bytes));
        filled += bytes;
        buffer.writePosition(end + bytes);
    }

    private void require(final boolean holds, final String fact) {
        if (!holds) {
            throw damaged(fact);
        }
    }

    /** The error for this record. */
    DbException damaged(final String fact) {
        return StorageError.damaged(path, recordStart, fact);
    }

    @Override
    public void close() {
        buffer.releaseLast();
    }
}
