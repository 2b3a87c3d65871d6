package io.taktdb.api.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.ApiServer;
import io.taktdb.api.access.AccessRule;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.rest.WorldFiles;
import io.taktdb.api.server.HttpServerConfig;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** The whole front end over a real engine in memory, with a client that speaks plain HTTP. */
public final class TestServer implements AutoCloseable {
    private final TaktDb db;
    private final ApiServer api;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestServer(final HttpServerConfig config, final WorldModule... modules) {
        db = TaktDb.open(TaktConfig.inMemory(modules.length == 0 ? new WorldModule[] {new TestWorld()} : modules));
        api = ApiServer.start(config, db, new FakeFiles(), "test");
    }

    public static TestServer start() {
        return new TestServer(HttpServerConfig.loopback(0).withEventLoops(2));
    }

    public static TestServer start(final HttpLimits limits) {
        return new TestServer(HttpServerConfig.loopback(0).withEventLoops(1).withLimits(limits));
    }

    /** A server of another world, for holders of tokens. */
    public static TestServer start(final AccessRule access, final WorldModule... modules) {
        return new TestServer(HttpServerConfig.loopback(0).withEventLoops(1).withAccess(access), modules);
    }

    /** One answer. */
    public record Answer(int status, HttpResponse<String> response) {
        public String body() {
            return response.body();
        }

        public String header(final String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public JsonNode json() {
            return TestServer.json(body());
        }

        /** The error's code. */
        public String code() {
            return json().path("code").asText();
        }

        @Override
        public String toString() {
            return status + " " + response.headers().map() + " " + body();
        }
    }

    /** A tree of a JSON text. */
    public static JsonNode json(final String text) {
        try {
            return StrictJson.mapper().readTree(text);
        } catch (final IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** Sends a request; a body is JSON. */
    public Answer send(final String method, final String path, final String body, final String... headers) {
        final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api.port() + path));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body));
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            final HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public Answer get(final String path) {
        return send("GET", path, null);
    }

    public Answer post(final String path, final String body) {
        return send("POST", path, body);
    }

    public Answer put(final String path, final String body) {
        return send("PUT", path, body);
    }

    public Answer patch(final String path, final String body) {
        return send("PATCH", path, body);
    }

    public Answer delete(final String path) {
        return send("DELETE", path, null);
    }

    /** Calls JSON-RPC with a message as it is. */
    public Answer rpc(final String message) {
        return post("/rpc", message);
    }

    public ApiServer api() {
        return api;
    }

    public TaktDb db() {
        return db;
    }

    public RawClient connect() throws IOException {
        return new RawClient(api.port());
    }

    @Override
    public void close() {
        api.close();
        db.close();
    }

    /** Persistence that writes a few bytes. */
    private static final class FakeFiles implements WorldFiles {
        @Override
        public Dump dump() throws IOException {
            return new Dump(Files.writeString(Files.createTempFile("takt-test", ".db"), "SQLite format 3"), 7, 9);
        }

        @Override
        public Dump dump(final String snapshotId) throws IOException {
            snapshot(snapshotId);
            return dump();
        }

        @Override
        public Snapshot takeSnapshot() {
            return new Snapshot("9", 7, 9, 1, 100, Instant.EPOCH);
        }

        @Override
        public List<Snapshot> snapshots() {
            return List.of(takeSnapshot());
        }

        @Override
        public Snapshot snapshot(final String id) {
            if (!"9".equals(id)) {
                throw new DbException(ErrorCode.SNAPSHOT_NOT_FOUND, "snapshot not found: snapshot=" + id);
            }
            return takeSnapshot();
        }

        @Override
        public void deleteSnapshot(final String id) {
            snapshot(id);
        }

        @Override
        public Restored restore(final Path file) throws IOException {
            return new Restored("dump", 1, Files.size(file), "9", 7, 9, List.of("a note"));
        }

        @Override
        public Restored restore(final String snapshotId) {
            snapshot(snapshotId);
            return new Restored("snapshot", 1, 2, "9", 7, 9, List.of());
        }

        @Override
        public long newestSnapshotTick() {
            return 7;
        }
    }
}
