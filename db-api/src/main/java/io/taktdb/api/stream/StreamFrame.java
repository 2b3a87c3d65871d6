package io.taktdb.api.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.taktdb.api.json.ErrorWriter;
import io.taktdb.types.error.DbException;
import io.taktdb.types.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One event, encoded once for all who get it.
 *
 * <pre>
 *   00001a2b CR LF                       chunk of HTTP/1.1
 *   id: 1234 LF event: change LF data:   server-sent event
 *   {"tick":1234,...}                    the JSON alone, for the WebSocket
 *   LF LF                                end of the event
 *   CR LF                                end of the chunk
 * </pre>
 *
 * Threading: immutable.
 */
public final class StreamFrame {
    private static final int CHUNK_HEAD = 10;
    private static final int CHUNK_END = 2;
    private static final int EVENT_END = 2;

    private final String event;
    private final byte[] bytes;
    private final int jsonStart;

    private StreamFrame(final String event, final byte[] bytes, final int jsonStart) {
        this.event = event;
        this.bytes = bytes;
        this.jsonStart = jsonStart;
    }

    /** Writes the JSON of an event. */
    @FunctionalInterface
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * Encodes an event.
     *
     * @param id tick that the client has seen completely after this event, or -1
     */
    static StreamFrame of(final String event, final long id, final Content content) {
        final ByteArrayOutputStream json = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = StrictJson.generator(json)) {
            content.write(generator);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(event, id, json.toByteArray());
    }

    /** An event with JSON that is encoded already, in one line. */
    static StreamFrame of(final String event, final long id, final byte[] json) {
        final String prefix = (id < 0 ? "" : "id: " + id + '\n') + "event: " + event + "\ndata: ";
        final int eventBytes = prefix.length() + json.length + EVENT_END;
        final String head = String.format("%08x\r\n", eventBytes) + prefix;
        final byte[] all = new byte[CHUNK_HEAD + eventBytes + CHUNK_END];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, all, 0, head.length());
        System.arraycopy(json, 0, all, head.length(), json.length);
        System.arraycopy(
                "\n\n\r\n".getBytes(StandardCharsets.US_ASCII),
                0,
                all,
                head.length() + json.length,
                EVENT_END + CHUNK_END);
        return new StreamFrame(event, all, head.length());
    }

    /** The event that says why nothing follows. */
    public static StreamFrame end(final DbException why) {
        return of("end", -1, json -> ErrorWriter.write(json, why));
    }

    /** The same event without its id: a client that lost it would not have seen everything. */
    StreamFrame withoutId() {
        final byte[] json = new byte[bytes.length - jsonStart - EVENT_END - CHUNK_END];
        System.arraycopy(bytes, jsonStart, json, 0, json.length);
        return of(event, -1, json);
    }

    /** What kind of event it is: snapshot, change, reset or end. */
    public String event() {
        return event;
    }

    /** Bytes of all forms together. */
    public int length() {
        return bytes.length;
    }

    /** The event as a chunk of HTTP/1.1. */
    ByteBuf chunk() {
        return Unpooled.wrappedBuffer(bytes);
    }

    /** The event as it is, for a body that ends with the connection. */
    ByteBuf bare() {
        return Unpooled.wrappedBuffer(bytes, CHUNK_HEAD, bytes.length - CHUNK_HEAD - CHUNK_END);
    }

    /** The JSON alone. */
    public ByteBuf json() {
        return Unpooled.wrappedBuffer(bytes, jsonStart, bytes.length - jsonStart - EVENT_END - CHUNK_END);
    }
}
