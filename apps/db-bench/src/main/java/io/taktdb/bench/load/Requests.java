package io.taktdb.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * The requests of a run, as the bytes that are sent, used in turn.
 *
 * @param answers tells where an answer ends
 * @param greeting sent first on each connection, empty for none; its answer ends with an empty line
 */
public record Requests(Answers answers, byte[] greeting, byte[][] messages) {
    /** How many different requests are made beforehand. */
    public static final int VARIANTS = 8_192;

    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final byte MASKED = (byte) 0x80;
    private static final int SHORT = 126;

    /** HTTP requests, from the body that belongs to a number; null for none. */
    public static Requests http(final String method, final IntFunction<String> path, final IntFunction<String> body) {
        final byte[][] messages = new byte[VARIANTS][];
        for (int i = 0; i < VARIANTS; i++) {
            final String content = body.apply(i);
            messages[i] = bytes(method + ' ' + path.apply(i) + " HTTP/1.1\r\nHost: localhost\r\n"
                    + (content == null
                            ? "\r\n"
                            : "Content-Type: application/json\r\nContent-Length: " + content.length() + "\r\n\r\n"
                                    + content));
        }
        return new Requests(Answers.HTTP, new byte[0], messages);
    }

    /** Text messages over a WebSocket, masked with zeros (RFC 6455, 5.3). */
    public static Requests socket(final String path, final IntFunction<String> text) {
        final byte[][] messages = new byte[VARIANTS][];
        for (int i = 0; i < VARIANTS; i++) {
            final byte[] payload = bytes(text.apply(i));
            final ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put(FINAL_TEXT);
            if (payload.length < SHORT) {
                frame.put((byte) (MASKED | payload.length));
            } else {
                frame.put((byte) (MASKED | SHORT)).putShort((short) payload.length);
            }
            frame.putInt(0).put(payload);
            messages[i] = Arrays.copyOf(frame.array(), frame.position());
        }
        return new Requests(Answers.SOCKET, upgrade(path), messages);
    }

    /** Requests in Redis' inline form. */
    public static Requests redis(final IntFunction<String> command) {
        final byte[][] messages = new byte[VARIANTS][];
        for (int i = 0; i < VARIANTS; i++) {
            messages[i] = bytes(command.apply(i) + "\r\n");
        }
        return new Requests(Answers.REDIS, new byte[0], messages);
    }

    /** The request that makes a connection a WebSocket. */
    public static byte[] upgrade(final String path) {
        return bytes("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
