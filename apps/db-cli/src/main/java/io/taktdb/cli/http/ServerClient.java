package io.taktdb.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.cli.exit.CliFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One server as the commands see it: routes in, answers out.
 *
 * <p>Every refusal and every failure to reach the server leaves as a {@link CliFailure}. Threading: one thread.
 */
public final class ServerClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LONG_ANSWER_TIMEOUT = Duration.ofMinutes(10);
    private static final int FIRST_ERROR_STATUS = 400;
    private static final int MAX_PORT = 65_535;

    private final String base;
    private final String token;
    private final HttpClient http;

    /**
     * @param token of the server, or null for none
     * @throws CliFailure the URL is none that a client can speak to, or the token nothing that a header can carry
     */
    public ServerClient(final String url, final String token) {
        base = checked(url);
        this.token = checkedToken(token);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    /** The server's URL without a slash at its end. */
    public String url() {
        return base;
    }

    /** A request without a body. */
    public Answer send(final String method, final Route route) {
        return answer(request(method, route, BodyPublishers.noBody()).build());
    }

    /** A request whose body is JSON text. */
    public Answer send(final String method, final Route route, final byte[] json) {
        return answer(request(method, route, BodyPublishers.ofByteArray(json))
                .header("Content-Type", "application/json; charset=utf-8")
                .build());
    }

    /**
     * A request whose body is a file.
     *
     * @throws CliFailure the file cannot be read
     */
    public Answer send(final String method, final Route route, final Path file, final String contentType) {
        try {
            return answer(withToken(HttpRequest.newBuilder(URI.create(base + route.text())))
                    .timeout(LONG_ANSWER_TIMEOUT)
                    .method(method, BodyPublishers.ofFile(file))
                    .header("Content-Type", contentType)
                    .build());
        } catch (final FileNotFoundException e) {
            throw CliFailure.localFile("file cannot be read: file=" + file + ", reason=no such file");
        }
    }

    /**
     * Calls a method over JSON-RPC.
     *
     * @param params an object or array, or null for none
     * @return the result
     */
    public JsonNode call(final String method, final JsonNode params) {
        final ObjectNode request =
                Answer.JSON.createObjectNode().put("jsonrpc", "2.0").put("method", method);
        if (params != null) {
            request.set("params", params);
        }
        final Answer answer = send("POST", Route.of("/rpc"), bytes(request.put("id", 1)));
        final JsonNode response = answer.json();
        if (response.has("error")) {
            throw Refusal.ofRpc(response.get("error"));
        }
        if (!response.has("result")) {
            throw CliFailure.refused(
                    "HTTP " + answer.status(), "the answer is no JSON-RPC response: " + response, null);
        }
        return response.get("result");
    }

    /** Opens a large body for reading; the caller closes it and tells read failures by {@link #lost}. */
    public HttpResponse<InputStream> open(final Route route) {
        return opened(request("GET", route, BodyPublishers.noBody()).build());
    }

    private HttpResponse<InputStream> opened(final HttpRequest request) {
        final HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
        if (response.statusCode() < FIRST_ERROR_STATUS) {
            return response;
        }
        try (InputStream body = response.body()) {
            throw Refusal.ofHttp(response.statusCode(), body.readAllBytes());
        } catch (final IOException e) {
            throw lost(e);
        }
    }

    /**
     * Follows a stream of server-sent events.
     *
     * @param lastId of the event behind which it goes on, or null
     */
    public EventLines stream(final Route route, final String lastId) {
        final HttpRequest.Builder request =
                request("GET", route, BodyPublishers.noBody()).header("Accept", "text/event-stream");
        return new EventLines(opened((lastId == null ? request : request.header("Last-Event-ID", lastId)).build())
                .body());
    }

    /** The failure of a connection that broke while it was in use. */
    public CliFailure lost(final IOException cause) {
        final String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return CliFailure.unreachable("connection lost: url=" + base + ", reason=" + reason
                + "; see whether the server still runs with ./takt cli status");
    }

    private HttpRequest.Builder request(final String method, final Route route, final BodyPublisher body) {
        return withToken(HttpRequest.newBuilder(URI.create(base + route.text())))
                .timeout(ANSWER_TIMEOUT)
                .method(method, body);
    }

    private HttpRequest.Builder withToken(final HttpRequest.Builder request) {
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private Answer answer(final HttpRequest request) {
        final HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
        if (response.statusCode() >= FIRST_ERROR_STATUS) {
            throw Refusal.ofHttp(response.statusCode(), response.body());
        }
        return new Answer(response);
    }

    private <T> HttpResponse<T> exchange(final HttpRequest request, final BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (final java.net.ConnectException | java.net.http.HttpConnectTimeoutException e) {
            throw CliFailure.unreachable("server is not reachable: url=" + base + "; start one with ./takt server");
        } catch (final HttpTimeoutException e) {
            throw CliFailure.unreachable("server did not answer: url=" + base + ", waited=" + ANSWER_TIMEOUT.toSeconds()
                    + " s; see what it does with ./takt cli status");
        } catch (final IOException e) {
            throw lost(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliFailure.unreachable("interrupted while waiting for an answer: url=" + base);
        }
    }

    private static byte[] bytes(final JsonNode json) {
        try {
            return Answer.JSON.writeValueAsBytes(json);
        } catch (final IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
    }

    private static String checkedToken(final String token) {
        if (token == null || token.isBlank()) {
            return null;
        }
        if (!token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw CliFailure.usage("not a token: length=" + token.length()
                    + "; a token has visible ASCII characters only, without spaces");
        }
        return token;
    }

    private static String checked(final String url) {
        final String trimmed = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        try {
            final URI uri = URI.create(trimmed);
            final boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            final boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
            if (http && plain && uri.getHost() != null && uri.getPort() <= MAX_PORT) {
                return trimmed;
            }
        } catch (final IllegalArgumentException e) {
            // the text below says it
        }
        throw CliFailure.usage("not a server URL: url=" + url + "; write it like http://127.0.0.1:7777");
    }
}
