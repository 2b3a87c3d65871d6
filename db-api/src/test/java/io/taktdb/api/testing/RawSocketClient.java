package io.taktdb.api.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A WebSocket client that sends exactly the frames it is told to, however wrong, and checks those it gets. */
public final class RawSocketClient implements AutoCloseable {
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;
    public static final int FIN = 0x80;

    private static final int READ_TIMEOUT_MS = 60_000;
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private final Socket socket;
    private final DataInputStream in;
    private final List<String> head = new ArrayList<>();

    /** Sends a request and reads the head of the answer. */
    public RawSocketClient(final int port, final String request) throws IOException {
        this(port, request.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends bytes and reads the head of the answer. */
    public RawSocketClient(final int port, final byte[] request) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MS);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(request);
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.add(line);
        }
    }

    /** The handshake of RFC 6455, 1.3. */
    public static RawSocketClient open(final int port, final String path) throws IOException {
        return new RawSocketClient(port, handshake(path));
    }

    public static String handshake(final String path, final String... more) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + String.join("", more) + "\r\n";
    }

    /** One frame of the server's. */
    public record Frame(int opcode, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** The code of a close frame. */
        public int code() {
            return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        }
    }

    /** Status of the answer to the handshake. */
    public int status() {
        return Integer.parseInt(head.get(0).substring(9, 12));
    }

    /** A header field of the answer, or null. */
    public String header(final String name) {
        for (final String line : head) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return null;
    }

    private String line() throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("connection ended: line=" + line);
            }
            line.append((char) b);
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }

    /** Sends a whole text message in one masked frame. */
    public RawSocketClient text(final String text) throws IOException {
        return frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends one masked frame with a length in its shortest form. */
    public RawSocketClient frame(final int firstByte, final byte[] payload) throws IOException {
        return raw(frameBytes(firstByte, payload));
    }

    public static byte[] frameBytes(final int firstByte, final byte[] payload) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(firstByte);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length <= 0xFFFF) {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        out.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ MASK[i & 3]);
        }
        return out.toByteArray();
    }

    /** Sends bytes as they are. */
    public RawSocketClient raw(final byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** The next frame of the server's; null when it has closed the connection. */
    public Frame next() throws IOException {
        final int first = in.read();
        if (first < 0) {
            return null;
        }
        if ((first & 0xF0) != FIN) {
            throw new IOException("a frame is final and has no reserved bits: byte=" + first);
        }
        int length = in.readUnsignedByte();
        if (length > 127) {
            throw new IOException("a server's frame is not masked");
        } else if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        final byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first & 0x0F, payload);
    }

    /** Reads up to the close frame, answers it, and makes sure that it was the last thing the server said. */
    public Frame closed() throws IOException {
        Frame frame = next();
        while (frame != null && frame.opcode() != CLOSE) {
            frame = next();
        }
        if (frame == null) {
            throw new EOFException("connection ended without a close frame");
        }
        frame(FIN | CLOSE, frame.payload());
        final Frame after = next();
        if (after != null) {
            throw new IOException("a frame after the close frame: opcode=" + after.opcode());
        }
        return frame;
    }

    /** Ends the connection before its time. */
    public void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
