package io.taktdb.bench.persist;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** The peer: the same bytes in the same groups into one file by a plain {@link FileChannel}, one force per group. */
final class PlainWriter {
    private PlainWriter() {}

    /** Seconds for so many bytes. */
    static double seconds(final Path folder, final long bytes, final int groupBytes) throws IOException {
        final Path file = Files.createTempFile(folder, "plain", ".bin");
        final ByteBuffer group = ByteBuffer.allocateDirect(groupBytes);
        final long startNs = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            final CRC32C crc = new CRC32C();
            for (long written = 0; written < bytes; written += groupBytes) {
                group.clear();
                crc.update(group.duplicate());
                while (group.hasRemaining()) {
                    channel.write(group);
                }
                channel.force(false);
            }
        } finally {
            Files.delete(file);
        }
        return (System.nanoTime() - startNs) / 1e9;
    }

    /** Median nanoseconds of a force after a write of so many bytes. */
    static long syncNs(final Path folder, final int bytes, final int rounds) throws IOException {
        final Path file = Files.createTempFile(folder, "plain", ".bin");
        final long[] tookNs = new long[rounds];
        final ByteBuffer few = ByteBuffer.allocateDirect(bytes);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < rounds; i++) {
                few.clear();
                channel.write(few, (long) i * bytes);
                final long startNs = System.nanoTime();
                channel.force(false);
                tookNs[i] = System.nanoTime() - startNs;
            }
        } finally {
            Files.delete(file);
        }
        java.util.Arrays.sort(tookNs);
        return tookNs[rounds / 2];
    }
}
