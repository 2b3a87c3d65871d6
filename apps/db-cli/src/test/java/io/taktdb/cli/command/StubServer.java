package io.taktdb.cli.command;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server with canned answers that keeps every request. An answer given last repeats. */
final class StubServer implements AutoCloseable {
    /** One request as it came: {@code line} is method, path and query, still encoded. */
    record Request(String line, String contentType, String body, String authorization, String lastEventId) {
        Request(final String line, final String contentType, final String body) {
            this(line, contentType, body, null, null);
        }
    }

    private record Canned(int status, Map<String, String> headers, ByteBuffer body) {}

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Queue<Canned>> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    StubServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    StubServer on(final String line, final int status, final String body, final String... headers) {
        return on(line, status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /**
     * Answers requests with this method, path and query.
     *
     * @param headers name, value, name, value…
     */
    StubServer on(final String line, final int status, final byte[] body, final String... headers) {
        final Map<String, String> named = new java.util.HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            named.put(headers[i], headers[i + 1]);
        }
        answers.computeIfAbsent(line, any -> new ArrayDeque<>()).add(new Canned(status, named, ByteBuffer.wrap(body)));
        return this;
    }

    List<Request> requests() {
        return requests;
    }

    List<String> bodies() {
        return requests.stream().map(Request::body).toList();
    }

    private void answer(final HttpExchange exchange) throws IOException {
        final String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        final String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        final Headers sent = exchange.getRequestHeaders();
        requests.add(new Request(
                line,
                sent.getFirst("Content-Type"),
                body,
                sent.getFirst("Authorization"),
                sent.getFirst("Last-Event-ID")));
        final Queue<Canned> queue = answers.getOrDefault(line, new ArrayDeque<>());
        final Canned canned = queue.size() > 1 ? queue.remove() : queue.peek();
        if (canned == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            final Headers headers = exchange.getResponseHeaders();
            canned.headers().forEach(headers::set);
            final byte[] bytes = canned.body().array();
            exchange.sendResponseHeaders(canned.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
