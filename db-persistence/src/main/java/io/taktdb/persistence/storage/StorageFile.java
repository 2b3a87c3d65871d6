package io.taktdb.persistence.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file.
 *
 * <p>Threading: one thread at a time.
 */
public interface StorageFile extends AutoCloseable {
    /** Bytes of the file. */
    long size() throws IOException;

    /**
     * Reads bytes at a position, as many as come at once.
     *
     * @return how many; -1 at the end of the file
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * Writes bytes at a position, as many as go at once.
     *
     * @return how many
     */
    int write(ByteBuffer source, long position) throws IOException;

    /** Makes everything written so far durable. */
    void force() throws IOException;

    /** Makes the bytes written so far durable; of what is said about the file only what reading needs. */
    default void forceData() throws IOException {
        force();
    }

    @Override
    void close() throws IOException;

    /** Writes all remaining bytes. */
    default void writeFully(final ByteBuffer source, final long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += write(source, at);
        }
    }

    /**
     * Fills the target.
     *
     * @throws EOFException the file ends before
     */
    default void readFully(final ByteBuffer target, final long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            final int count = read(target, at);
            if (count < 0) {
                throw new EOFException("file ends too early: offset=" + at + ", missing=" + target.remaining());
            }
            at += count;
        }
    }
}
