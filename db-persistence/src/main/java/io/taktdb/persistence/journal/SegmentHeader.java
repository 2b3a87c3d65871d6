package io.taktdb.persistence.journal;

import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.persistence.storage.FrameSeal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The head of a segment, drawn at {@link JournalFormat}.
 *
 * @param number of the segment
 * @param bytes of the file
 * @param needsSnapshot whether its commits do not follow from the segments before
 * @param durableSequence frames up to this one were durable before
 * @param baseCommit what the first commit in the segment follows
 * @param seed of the world
 * @param keyId of the key of an encrypted segment, or {@link FileKeys#NO_KEY}
 * @param keySalt of that
 */
record SegmentHeader(
        long number,
        long bytes,
        boolean needsSnapshot,
        long salt,
        long firstSequence,
        long durableSequence,
        long baseCommit,
        long seed,
        long keyId,
        long keySalt) {

    /** The first {@link JournalFormat#FRAMES} bytes of the file, both copies in them. */
    ByteBuffer encode() {
        final ByteBuffer all = ByteBuffer.allocate(JournalFormat.FRAMES).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(JournalFormat.MAGIC)
                .putInt(keyId == FileKeys.NO_KEY ? 1 : JournalFormat.VERSION)
                .putInt(needsSnapshot ? JournalFormat.NEEDS_SNAPSHOT : 0)
                .putLong(number)
                .putLong(bytes)
                .putLong(salt)
                .putLong(firstSequence)
                .putLong(durableSequence)
                .putLong(baseCommit)
                .putLong(seed)
                .putLong(keyId)
                .putLong(keySalt);
        all.putInt(JournalFormat.HEADER_CRC, crc(all.array(), 0));
        System.arraycopy(all.array(), 0, all.array(), JournalFormat.HEADER_COPY, JournalFormat.HEADER_BYTES);
        return all.clear();
    }

    private static int crc(final byte[] bytes, final int at) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, at, JournalFormat.HEADER_CRC);
        return (int) crc.getValue();
    }

    /** Whether a valid header of any version is there. */
    static boolean isValid(final byte[] bytes, final int at) {
        final ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.length >= at + JournalFormat.HEADER_BYTES
                && in.getLong(at) == JournalFormat.MAGIC
                && in.getInt(at + JournalFormat.HEADER_CRC) == crc(bytes, at);
    }

    /** The format version of the valid header there. */
    static int version(final byte[] bytes, final int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at + Long.BYTES);
    }

    /** The valid header that is there. */
    static SegmentHeader decode(final byte[] bytes, final int at) {
        final ByteBuffer in =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(at + 12);
        final int flags = in.getInt();
        return new SegmentHeader(
                in.getLong(),
                in.getLong(),
                (flags & JournalFormat.NEEDS_SNAPSHOT) != 0,
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong());
    }

    /** What seals the frames; null for a plain segment. */
    FrameSeal seal(final FileKeys keys, final Path path) {
        if (keyId == FileKeys.NO_KEY) {
            return null;
        }
        final ByteBuffer salts = ByteBuffer.allocate(2 * Long.BYTES);
        return keys.seal(
                keyId, "taktdb journal", salts.putLong(salt).putLong(keySalt).array(), path);
    }
}
