package io.taktdb.api.http;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Sends the content of an answer as gzip (RFC 1952) where it pays: the client takes it, and the content is text of more
 * than a packet and not so much that an event loop would be busy with it for long. Threading: any.
 */
final class Compression {
    /** The smallest content that is compressed: less fits into a packet anyway. */
    static final int MIN_BYTES = 1400;

    /** The largest: 4 MiB take about 30 ms. */
    static final int MAX_BYTES = 4 << 20;

    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
    private static final int PIECE = 16 << 10;

    private Compression() {}

    /** Compresses the content of an answer if it may and should. */
    static void apply(final Exchange exchange, final Response answer) {
        final ByteBuf content = answer.content();
        final int length = content == null ? 0 : content.readableBytes();
        if (length < MIN_BYTES || length > MAX_BYTES || !isText(answer.contentType())) {
            return;
        }
        answer.header("vary", "accept-encoding");
        if (!accepts(exchange.head().headers())) {
            return;
        }
        final ByteBuf packed = exchange.newContent();
        try {
            gzip(content, packed);
        } catch (final Throwable e) {
            packed.release();
            throw e;
        }
        if (packed.readableBytes() >= length) {
            packed.release();
            return;
        }
        content.release();
        answer.content(answer.contentType(), packed).header("content-encoding", "gzip");
        answer.tagCompressed();
    }

    private static boolean isText(final String type) {
        return type != null
                && (type.startsWith("application/json") || type.startsWith("text/") || type.contains("yaml"));
    }

    /** Whether the client takes gzip: named, or anything, and not with a weight of zero. */
    static boolean accepts(final Headers headers) {
        final String list = headers.list("accept-encoding");
        if (list == null) {
            return false;
        }
        boolean any = false;
        for (final String one : list.split(",", -1)) {
            final String[] parts = one.split(";", -1);
            final String coding = parts[0].trim();
            final boolean refused = parts.length > 1 && parts[1].trim().matches("(?i)q=0(\\.0{0,3})?");
            if ("gzip".equalsIgnoreCase(coding)) {
                return !refused;
            }
            any |= "*".equals(coding) && !refused;
        }
        return any;
    }

    private static void gzip(final ByteBuf content, final ByteBuf packed) {
        final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        final CRC32 crc = new CRC32();
        final byte[] in = new byte[PIECE];
        final byte[] out = new byte[PIECE];
        packed.writeBytes(HEAD);
        try {
            int at = content.readerIndex();
            while (!deflater.finished()) {
                if (deflater.needsInput()) {
                    final int count = Math.min(PIECE, content.writerIndex() - at);
                    content.getBytes(at, in, 0, count);
                    at += count;
                    crc.update(in, 0, count);
                    deflater.setInput(in, 0, count);
                    if (at == content.writerIndex()) {
                        deflater.finish();
                    }
                }
                packed.writeBytes(out, 0, deflater.deflate(out));
            }
        } finally {
            deflater.end();
        }
        packed.writeIntLE((int) crc.getValue()).writeIntLE(content.readableBytes());
    }

    /** The tag of compressed content: other bytes, another tag. */
    static String tag(final String plain) {
        return plain.substring(0, plain.length() - 1) + EntityTags.GZIP_SUFFIX + '"';
    }

    /** Changes the tag among headers. */
    static void retag(final List<String> headers) {
        for (int i = 0; i < headers.size(); i += 2) {
            if ("etag".equals(headers.get(i))) {
                headers.set(i + 1, tag(headers.get(i + 1)));
            }
        }
    }
}
