package io.taktdb.persistence.snapshot;

import io.taktdb.core.table.PageSet;
import io.taktdb.persistence.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;
import net.openhft.chronicle.bytes.Bytes;

/**
 * Writes a {@link PageFile} from start to end, through one buffer.
 *
 * <p>Chronicle Bytes writes the structure into native memory; the bytes go to the file as they lie. Nothing here is
 * durable before the owner forces the file. Threading: one thread.
 */
final class PageFileWriter implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final StorageFile file;
    private final LongConsumer progress;
    private final Bytes<ByteBuffer> buffer = Bytes.elasticByteBuffer(BUFFER_BYTES, BUFFER_BYTES);
    private final ByteBuffer native0;
    private final CRC32C recordCrc = new CRC32C();
    private final CRC32C fileCrc = new CRC32C();
    private final byte[] small = new byte[PageFile.MAX_SMALL_BODY];
    private final ByteBuffer smallBody = ByteBuffer.wrap(small).order(ByteOrder.LITTLE_ENDIAN);
    private long flushed;

    /** @param progress is told how many bytes the file has, now and then */
    PageFileWriter(final StorageFile file, final LongConsumer progress) {
        this.file = file;
        this.progress = progress;
        this.native0 = buffer.underlyingObject();
    }

    /** Starts the file. */
    void header(final long commit, final long tick) {
        buffer.writeLong(PageFile.MAGIC)
                .writeInt(PageFile.VERSION)
                .writeInt(PageFile.HEADER_BYTES)
                .writeLong(commit)
                .writeLong(tick);
        while (buffer.writePosition() < PageFile.HEADER_CRC) {
            buffer.writeInt(0);
        }
        recordCrc.reset();
        recordCrc.update(native0.duplicate().position(0).limit(PageFile.HEADER_CRC));
        buffer.writeInt((int) recordCrc.getValue());
    }

    /** Begins a table. */
    void table(final int id, final int sets) throws IOException {
        record(PageFile.TABLE, id, smallBody.clear().putInt(sets));
    }

    /**
     * Writes a set of pages, but those that are kept.
     *
     * @param stored learns where the others are
     */
    void set(final int position, final PageSet set, final SnapshotPlan plan, final StoredSet stored)
            throws IOException {
        final byte[] name = set.name().getBytes(StandardCharsets.UTF_8);
        final int count = set.count();
        record(
                PageFile.SET,
                position,
                smallBody.clear().putInt(set.pageBytes()).putInt(count).put(name));
        int page = 0;
        while (page < count) {
            final int bytes = set.bytes(page);
            if (bytes > 0 && plan.isKept(stored, page)) {
                page += kept(page, stored);
            } else if (bytes > 0) {
                final byte[] body = plan.body(set, stored, page, bytes);
                stored.place(page, plan.after().commit(), position());
                record(PageFile.PAGE, page++, body, bytes);
            } else {
                page += run(set, page, count, bytes);
            }
        }
    }

    private int kept(final int first, final StoredSet stored) throws IOException {
        int last = first;
        while (stored.isFollowed(last)) {
            last++;
        }
        record(
                PageFile.KEPT,
                first,
                smallBody
                        .clear()
                        .putInt(last - first + 1)
                        .putLong(stored.file(first))
                        .putLong(stored.offset(first)));
        return last - first + 1;
    }

    private int run(final PageSet set, final int first, final int count, final int kind) throws IOException {
        int end = first + 1;
        while (end < count && set.bytes(end) == kind) {
            end++;
        }
        record(
                kind == PageSet.DEAD ? PageFile.DEAD : PageFile.ABSENT,
                first,
                smallBody.clear().putInt(end - first));
        return end - first;
    }

    /** Ends the file: all is written, nothing is forced. */
    void end() throws IOException {
        record(PageFile.END, 0, smallBody.clear().putLong(position()));
        flush();
    }

    /** Bytes of the file so far. */
    long position() {
        return flushed + buffer.writePosition();
    }

    /** CRC32C of the whole file, after {@link #end}. */
    int crc() {
        return (int) fileCrc.getValue();
    }

    private void record(final int kind, final int number, final ByteBuffer body) throws IOException {
        record(kind, number, small, body.position());
    }

    private void record(final int kind, final int number, final byte[] body, final int length) throws IOException {
        if (buffer.writePosition() > BUFFER_BYTES - PageFile.RECORD_HEAD_BYTES) {
            flush();
        }
        final int start = (int) buffer.writePosition();
        buffer.writeInt(kind).writeInt(number).writeInt(length);
        recordCrc.reset();
        recordCrc.update(native0.duplicate().position(start).limit(start + PageFile.RECORD_CRC));
        recordCrc.update(body, 0, length);
        buffer.writeInt((int) recordCrc.getValue());
        int done = 0;
        while (done < length) {
            final int room = BUFFER_BYTES - (int) buffer.writePosition();
            final int part = Math.min(room, length - done);
            buffer.write(body, done, part);
            done += part;
            if (part == room) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        final int length = (int) buffer.writePosition();
        fileCrc.update(native0.duplicate().position(0).limit(length));
        file.writeFully(native0.duplicate().position(0).limit(length), flushed);
        flushed += length;
        buffer.clear();
        progress.accept(flushed);
    }

    @Override
    public void close() {
        buffer.releaseLast();
    }
}
