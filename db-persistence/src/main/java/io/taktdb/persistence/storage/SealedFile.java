package io.taktdb.persistence.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * An encrypted file that is written once, from start to end, and read anywhere.
 *
 * <pre>
 *   OFFSET  SIZE  DESCRIPTION, little-endian
 *        0     8  magic, the letters TAKTSEAL
 *        8     4  format version, 1
 *       12     4  bytes of a block, 65536
 *       16     8  id of the key, see FileKeys
 *       24    16  salt, random: the file's own key comes from it
 *       40    20  zero
 *       60     4  CRC32C of bytes 0 to 59
 *       64        blocks, each so many bytes (the last one fewer) by AES-GCM and 16 more; the nonce is the block's
 *                 number; proven with it are its number and whether it is the last
 * </pre>
 *
 * So no block can be changed, moved, left out or taken from another file, and the end cannot be cut off.
 * {@link #force} ends the file. Threading: one thread at a time.
 */
final class SealedFile implements StorageFile {
    static final int HEADER_BYTES = 64;

    private static final long MAGIC = 0x4C41_4553_544B_4154L; // "TAKTSEAL", little-endian
    private static final int VERSION = 1;
    private static final int BLOCK = 1 << 16;
    private static final int SALT_BYTES = 16;
    private static final int SALT_AT = 24;
    private static final int CRC_AT = 60;
    private static final String USE = "taktdb file";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final StorageFile raw;
    private final Path path;
    private final FrameSeal seal;
    private final long size;
    private final byte[] block = new byte[BLOCK];
    private byte[] opened = {};
    private long openedNumber = -1;
    private long written;
    private boolean hasEnded;

    private SealedFile(final StorageFile raw, final Path path, final FrameSeal seal, final long size) {
        this.raw = raw;
        this.path = path;
        this.seal = seal;
        this.size = size;
    }

    /** Whether a file that begins so is one. */
    static boolean isSealed(final byte[] head) {
        return head.length >= Long.BYTES
                && ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong() == MAGIC;
    }

    static SealedFile create(final StorageFile raw, final Path path, final FileKeys keys) throws IOException {
        final byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        final ByteBuffer head = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(MAGIC)
                .putInt(VERSION)
                .putInt(BLOCK)
                .putLong(keys.current())
                .put(salt);
        head.putInt(CRC_AT, crc(head.array()));
        try {
            raw.writeFully(head.clear(), 0);
            return new SealedFile(raw, path, keys.seal(keys.current(), USE, salt, path), 0);
        } catch (final IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    static SealedFile open(
            final StorageFile raw, final Path path, final FileKeys keys, final byte[] head, final long rawSize) {
        final ByteBuffer in = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (head.length < HEADER_BYTES || in.getInt(CRC_AT) != crc(head)) {
            throw StorageError.damaged(path, 0, "header of the encrypted file is damaged");
        }
        if (in.getInt(8) != VERSION || in.getInt(12) != BLOCK) {
            throw StorageError.damaged(path, 8, "unknown format version " + in.getInt(8));
        }
        final byte[] salt = Arrays.copyOfRange(head, SALT_AT, SALT_AT + SALT_BYTES);
        final long sealed = rawSize - HEADER_BYTES;
        final long blocks = (sealed + BLOCK + FrameSeal.TAG_BYTES - 1) / (BLOCK + FrameSeal.TAG_BYTES);
        final long size = sealed - blocks * FrameSeal.TAG_BYTES;
        if (blocks == 0 || size < (blocks - 1) * BLOCK) {
            throw StorageError.damaged(path, rawSize, "encrypted file ends too early");
        }
        return new SealedFile(raw, path, keys.seal(in.getLong(16), USE, salt, path), size);
    }

    private static int crc(final byte[] head) {
        final CRC32C crc = new CRC32C();
        crc.update(head, 0, CRC_AT);
        return (int) crc.getValue();
    }

    private static byte[] proof(final long number, final boolean isLast) {
        return ByteBuffer.allocate(Long.BYTES + 1)
                .putLong(number)
                .put((byte) (isLast ? 1 : 0))
                .array();
    }

    @Override
    public long size() {
        return Math.max(size, written);
    }

    @Override
    public int write(final ByteBuffer source, final long position) throws IOException {
        if (position != written || hasEnded) {
            throw new IOException("encrypted file is written from start to end: file=" + path + ", position=" + position
                    + ", end=" + written);
        }
        final int used = (int) (written % BLOCK);
        if (used == 0 && written > 0) {
            flush(BLOCK, false); // more follows, so it is not the last
        }
        final int count = Math.min(source.remaining(), BLOCK - used);
        source.get(block, used, count);
        written += count;
        return count;
    }

    private void flush(final int length, final boolean isLast) throws IOException {
        final long number = written == 0 ? 0 : (written - 1) / BLOCK;
        final byte[] sealed = seal.seal(number, proof(number, isLast), block, 0, length);
        raw.writeFully(ByteBuffer.wrap(sealed), at(number));
    }

    private static long at(final long number) {
        return HEADER_BYTES + number * (BLOCK + FrameSeal.TAG_BYTES);
    }

    @Override
    public int read(final ByteBuffer target, final long position) throws IOException {
        if (position >= size) {
            return target.hasRemaining() ? -1 : 0;
        }
        openBlock(position / BLOCK);
        final int from = (int) (position % BLOCK);
        final int count = Math.min(target.remaining(), opened.length - from);
        target.put(opened, from, count);
        return count;
    }

    private void openBlock(final long number) throws IOException {
        if (number == openedNumber) {
            return;
        }
        final long lastNumber = size == 0 ? 0 : (size - 1) / BLOCK;
        final boolean isLast = number == lastNumber;
        final int length = (int) (isLast ? size - number * BLOCK : BLOCK) + FrameSeal.TAG_BYTES;
        final byte[] sealed = new byte[length];
        raw.readFully(ByteBuffer.wrap(sealed), at(number));
        final byte[] plain = seal.open(number, proof(number, isLast), sealed, 0, length);
        if (plain == null) {
            throw StorageError.damaged(
                    path, at(number), "block " + number + " is not what was written here: changed, moved or cut off");
        }
        opened = plain;
        openedNumber = number;
    }

    @Override
    public void force() throws IOException {
        if (!hasEnded && size == 0) {
            hasEnded = true;
            final int used = (int) (written % BLOCK);
            flush(used == 0 && written > 0 ? BLOCK : used, true);
        }
        raw.force();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
