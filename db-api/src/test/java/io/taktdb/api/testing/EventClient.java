package io.taktdb.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client of server-sent events that reads exactly what it is told to, and checks the framing of HTTP/1.1. */
public final class EventClient implements AutoCloseable {
    private static final int READ_TIMEOUT_MS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private int chunkLeft;
    private boolean hasEnded;
    private String lastId;

    /** Sends a request and reads the head of the answer. */
    public EventClient(final int port, final String path, final String... headerLines) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(16 << 10);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(READ_TIMEOUT_MS);
        in = new BufferedInputStream(socket.getInputStream());
        final StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n");
        for (final String line : headerLines) {
            head.append(line).append("\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        status = Integer.parseInt(rawLine().substring(9, 12));
        for (String line = rawLine(); !line.isEmpty(); line = rawLine()) {
            final int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
    }

    /** One event. */
    public record Event(String name, String id, JsonNode data) {}

    public int status() {
        return status;
    }

    public String header(final String name) {
        return headers.get(name);
    }

    /** Id of the last event that had one, as a browser would send it back. */
    public String lastId() {
        return lastId;
    }

    /** The next event; null when the stream has come to its proper end. */
    public Event next() throws IOException {
        String name = "message";
        String id = null;
        String data = null;
        while (true) {
            final String line = line();
            if (line == null) {
                return null;
            } else if (line.isEmpty() && data != null) {
                lastId = id == null ? lastId : id;
                return new Event(name, id, TestServer.json(data));
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (!line.isEmpty() && !line.startsWith(":")) {
                throw new IOException("not a line of an event stream: line=" + line);
            }
        }
    }

    /** The next event of a name, passing over others. */
    public Event next(final String name) throws IOException {
        Event event = next();
        while (event != null && !event.name().equals(name)) {
            event = next();
        }
        return event;
    }

    private String line() throws IOException {
        final java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        for (int b = read(); b != '\n'; b = read()) {
            if (b < 0) {
                return null;
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int read() throws IOException {
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return in.read();
        }
        if (hasEnded) {
            return -1;
        }
        if (chunkLeft == 0) {
            chunkLeft = Integer.parseInt(rawLine(), 16);
            if (chunkLeft == 0) {
                hasEnded = true;
                return -1;
            }
        }
        final int b = in.read();
        if (b < 0) {
            throw new EOFException("stream is cut off within a chunk");
        }
        if (--chunkLeft == 0 && !rawLine().isEmpty()) {
            throw new IOException("chunk is longer than it says");
        }
        return b;
    }

    private String rawLine() throws IOException {
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

    /** Ends the connection before its time. */
    public void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
