package io.taktdb.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A plain HTTP client of one server. Threading: any thread. */
final class Client {
    /** An answer: status, body as text. */
    record Answer(int status, String body) {
        JsonNode json() {
            return Client.json(body);
        }

        Answer expect(final int wanted) {
            if (status != wanted) {
                throw new AssertionError("expected status " + wanted + ", came " + this);
            }
            return this;
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    Client(final int port) {
        base = "http://127.0.0.1:" + port;
    }

    static JsonNode json(final String text) {
        try {
            return StrictJson.mapper().readTree(text);
        } catch (final IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    Answer send(final String method, final String path, final String body) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", "application/json");
        }
        final HttpResponse<String> response = exchange(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private <T> HttpResponse<T> exchange(final HttpRequest request, final HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (final IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    Answer get(final String path) {
        return send("GET", path, null);
    }

    Answer post(final String path, final String body) {
        return send("POST", path, body);
    }

    /** Result of a JSON-RPC call. */
    JsonNode call(final String method, final String params) {
        final JsonNode reply = post(
                        "/rpc",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}")
                .expect(200)
                .json();
        if (reply.has("error")) {
            throw new AssertionError(reply.toString());
        }
        return reply.get("result");
    }

    /** Saves a body into a file. */
    void download(final String path, final Path file) {
        final HttpResponse<Path> response = exchange(
                HttpRequest.newBuilder(URI.create(base + path)).build(), HttpResponse.BodyHandlers.ofFile(file));
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode() + " for " + path);
        }
    }

    /** Sends a SQLite file. */
    Answer upload(final String path, final Path file) {
        try {
            final HttpResponse<String> response = exchange(
                    HttpRequest.newBuilder(URI.create(base + path))
                            .POST(HttpRequest.BodyPublishers.ofFile(file))
                            .header("Content-Type", "application/vnd.sqlite3")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All records of a table, walked page by page in the order of their ids. */
    List<JsonNode> records(final String table) {
        final List<JsonNode> all = new ArrayList<>();
        String after = "";
        while (true) {
            final JsonNode page = get("/v1/tables/" + table + "/records?limit=1000" + after)
                    .expect(200)
                    .json();
            page.forEach(all::add);
            if (page.size() < 1000) {
                return all;
            }
            after = "&after=" + page.get(page.size() - 1).get("id").asText();
        }
    }
}
