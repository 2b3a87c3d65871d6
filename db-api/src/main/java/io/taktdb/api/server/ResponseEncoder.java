package io.taktdb.api.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.taktdb.api.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the head of a response, into the gap before its content if it fits there.
 *
 * <p>Threading: one event loop.
 */
final class ResponseEncoder {
    private static final int HEADERS_TYPICAL_BYTES = 1024;
    private static final int MAX_DIGITS = 20;
    private static final DateTimeFormatter DATE_FORM = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final byte[] DATE = bytes("date: ");
    private static final byte[] CONTENT_TYPE = bytes("\r\ncontent-type: ");
    private static final byte[] CONTENT_LENGTH = bytes("\r\ncontent-length: ");
    private static final byte[] TICK = bytes("\r\ntakt-tick: ");
    private static final byte[] COMMIT = bytes("\r\ntakt-commit: ");
    private static final byte[] CLOSE = bytes("\r\nconnection: close");
    private static final byte[] UPGRADE = bytes("\r\nconnection: upgrade");
    private static final byte[] KEEP_ALIVE = bytes("\r\nconnection: keep-alive");
    private static final byte[] LINE_END = bytes("\r\n");
    private static final byte[] HEAD_END = bytes("\r\n\r\n");
    private static final byte[] SEPARATOR = bytes(": ");
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(101, "Switching Protocols"),
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(422, "Unprocessable Content"),
            Map.entry(426, "Upgrade Required"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));
    private static final byte[][] STATUS_LINES = new byte[600][];

    static {
        REASONS.forEach((status, reason) -> STATUS_LINES[status] = bytes("HTTP/1.1 " + status + " " + reason + "\r\n"));
    }

    private final byte[] digits = new byte[MAX_DIGITS];
    private byte[] head = new byte[HEADERS_TYPICAL_BYTES];
    private int length;
    private byte[] date = {};
    private long dateSecond;

    /**
     * The bytes of a response: its head, and its content unless that is a file or not wanted.
     *
     * <p>Takes the content over and leaves the file alone.
     *
     * @param headOnly whether the content is only described
     */
    ByteBuf encode(
            final Response response,
            final boolean headOnly,
            final boolean http10,
            final boolean closing,
            final ByteBufAllocator allocator) {
        writeHead(response, http10, closing);
        final ByteBuf content = response.content();
        if (content != null && !headOnly && content.readerIndex() >= length) {
            final int start = content.readerIndex() - length;
            return content.setBytes(start, head, 0, length).readerIndex(start);
        }
        final int contentBytes = content == null || headOnly ? 0 : content.readableBytes();
        final ByteBuf whole = allocator.directBuffer(length + contentBytes).writeBytes(head, 0, length);
        if (contentBytes > 0) {
            whole.writeBytes(content);
        }
        if (content != null) {
            content.release();
        }
        return whole;
    }

    private void writeHead(final Response response, final boolean http10, final boolean closing) {
        length = 0;
        put(statusLine(response.status()));
        put(DATE);
        put(date());
        if (response.contentType() != null) {
            put(CONTENT_TYPE);
            putText(response.contentType());
        }
        if (response.hasLength() && response.status() != 204 && response.status() != 304) {
            putNumber(CONTENT_LENGTH, contentLength(response));
        }
        if (response.tick() >= 0) {
            putNumber(TICK, response.tick());
            putNumber(COMMIT, response.commit());
        }
        final List<String> headers = response.headers();
        for (int i = 0; i < headers.size(); i += 2) {
            put(LINE_END);
            putText(headers.get(i));
            put(SEPARATOR);
            putText(headers.get(i + 1));
        }
        if (response.status() == 101) {
            put(UPGRADE);
        } else if (closing) {
            put(CLOSE);
        } else if (http10) {
            put(KEEP_ALIVE);
        }
        put(HEAD_END);
    }

    private static long contentLength(final Response response) {
        if (response.file() != null) {
            return response.file().length();
        }
        return response.content() == null ? 0 : response.content().readableBytes();
    }

    private static byte[] statusLine(final int status) {
        final byte[] line = STATUS_LINES[status];
        if (line == null) {
            throw new IllegalArgumentException("status has no reason phrase: status=" + status);
        }
        return line;
    }

    private byte[] date() {
        final long second = System.currentTimeMillis() / 1000;
        if (second != dateSecond) {
            dateSecond = second;
            date = bytes(DATE_FORM.format(Instant.ofEpochSecond(second)));
        }
        return date;
    }

    private void putNumber(final byte[] before, final long number) {
        put(before);
        long rest = number;
        int start = MAX_DIGITS;
        do {
            digits[--start] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        ensure(MAX_DIGITS);
        System.arraycopy(digits, start, head, length, MAX_DIGITS - start);
        length += MAX_DIGITS - start;
    }

    private void putText(final String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException("header has a character that is not allowed: text=" + text);
            }
            head[length++] = (byte) c;
        }
    }

    private void put(final byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, head, length, bytes.length);
        length += bytes.length;
    }

    private void ensure(final int more) {
        if (length + more > head.length) {
            head = Arrays.copyOf(head, Math.max(head.length * 2, length + more));
        }
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
