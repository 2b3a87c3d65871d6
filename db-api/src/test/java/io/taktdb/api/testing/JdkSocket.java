package io.taktdb.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's WebSocket client, with a queue of the messages it gets. */
public final class JdkSocket implements WebSocket.Listener, AutoCloseable {
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    public JdkSocket(final int port) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), this)
                .join();
    }

    @Override
    public CompletionStage<?> onText(final WebSocket from, final CharSequence text, final boolean isLast) {
        partial.append(text);
        if (isLast) {
            messages.add(TestServer.json(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(final WebSocket from, final int code, final String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(final WebSocket from, final Throwable error) {
        closed.completeExceptionally(error);
    }

    public JdkSocket send(final String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** The next message, within a minute. */
    public JsonNode next() throws InterruptedException {
        final JsonNode message = messages.poll(60, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message: closed=" + closed);
        }
        return message;
    }

    /** The next notification; answers are not expected. */
    public JsonNode event(final String name) throws InterruptedException {
        final JsonNode params = next().path("params");
        if (!params.path("event").asText().equals(name)) {
            throw new AssertionError("expected event " + name + ", came " + params);
        }
        return params;
    }

    /** The code with which the server closed. */
    public int closeCode() throws Exception {
        return closed.get(60, TimeUnit.SECONDS);
    }

    public WebSocket socket() {
        return socket;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
