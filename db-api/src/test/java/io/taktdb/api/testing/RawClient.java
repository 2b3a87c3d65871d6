package io.taktdb.api.testing;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A client that sends exactly the bytes it is told to, however wrong they are. */
public final class RawClient implements AutoCloseable {
    private static final int READ_TIMEOUT_MS = 20_000;

    private final Socket socket;
    private final InputStream in;

    public RawClient(final int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** One answer. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public String header(final String name) {
            return headers.get(name);
        }
    }

    /** Sends text as ISO-8859-1. */
    public RawClient send(final String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends text, of which the server may refuse to take the rest. */
    public void sendUnlessClosed(final String text) {
        try {
            send(text);
        } catch (final IOException e) {
            // closed by the server meanwhile: that is its right
        }
    }

    /** Reads and drops everything until the server closes. */
    public void drain() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (final SocketException e) {
            // reset instead of closed
        }
    }

    /** Says that nothing more will be sent. */
    public RawClient endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads the next answer, with its content. */
    public Answer receive() throws IOException {
        return receive(true);
    }

    /** Reads the next answer, whose content is left out, as after HEAD. */
    public Answer receiveHead() throws IOException {
        return receive(false);
    }

    /** Reads the next answer; only its content counts, whatever bytes it is. */
    public byte[] receiveBytes() throws IOException {
        return receive(true).body().getBytes(StandardCharsets.ISO_8859_1);
    }

    private Answer receive(final boolean withContent) throws IOException {
        final String statusLine = line();
        if (!statusLine.startsWith("HTTP/1.1 ")) {
            throw new IOException("not a status line: line=" + statusLine);
        }
        final int status = Integer.parseInt(statusLine.substring(9, 12));
        final Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            final int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        final int length = withContent ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
        final byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("content is cut short: expected=" + length + ", read=" + content.length);
        }
        final boolean isPacked = headers.containsKey("content-encoding");
        return new Answer(
                status, headers, new String(content, isPacked ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
    }

    /** Whether the server has closed its side, after at most the read timeout. */
    public boolean isClosedByServer() throws IOException {
        return in.read() < 0;
    }

    private String line() throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("connection ended within a line: line=" + line);
            }
            line.append((char) b);
        }
        line.setLength(line.length() - 1);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
