package io.taktdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.persistence.StoreConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose memory ends, seen by its clients. */
final class MemoryLimitTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = "0123456789".repeat(100);
    private static final int BATCH = 200;
    private static final String RECORDS = "/v1/tables/note/records";

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    private TaktServer server;

    @BeforeEach
    void start() {
        final StoreConfig quiet = StoreConfig.of(data).withSnapshotInterval(Duration.ZERO);
        server = TaktServer.start(
                ServerConfig.of(data).withPort(0).withStore(quiet).withMaxMemory(MemoryBudget.MIN_BYTES), List.of());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> send(final String method, final String path, final String body)
            throws IOException, InterruptedException {
        final HttpRequest.BodyPublisher content =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        final HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .method(method, content)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(final String path) throws IOException, InterruptedException {
        return JSON.readTree(send("GET", path, null).body());
    }

    private static String batch() {
        final StringBuilder rows = new StringBuilder("[");
        for (int i = 0; i < BATCH; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"n\":").append(i).append(",\"text\":\"");
            rows.append(TEXT).append("\"}");
        }
        return rows.append(']').toString();
    }

    private void makeTable() throws IOException, InterruptedException {
        final String table = """
                {"name":"note","fields":[{"name":"n","type":"i64"},{"name":"text","type":"string"}]}""";
        assertEquals(201, send("POST", "/v1/tables", table).statusCode());
        final String index = "{\"name\":\"by_n\",\"fields\":[\"n\"],\"kind\":\"ordered\"}";
        assertEquals(201, send("POST", "/v1/tables/note/indexes", index).statusCode());
    }

    /** Inserts batches until one is refused, and answers that refusal. */
    private HttpResponse<String> fill() throws IOException, InterruptedException {
        final String batch = batch();
        HttpResponse<String> answer = send("POST", RECORDS, batch);
        for (int i = 0; answer.statusCode() == 201; i++) {
            assertTrue(i < 1000, "no end of memory");
            answer = send("POST", RECORDS, batch);
        }
        return answer;
    }

    private long rows() throws IOException, InterruptedException {
        return get("/v1/tables/note").path("rows").asLong();
    }

    @Test
    void shouldRefuseWritesThenGoOnWhenRowsAreDeleted() throws Exception {
        makeTable();
        final HttpResponse<String> refused = fill();
        assertEquals(503, refused.statusCode(), refused.body());
        assertTrue(refused.headers().firstValue("retry-after").isPresent());
        final JsonNode problem = JSON.readTree(refused.body());
        assertEquals("OUT_OF_MEMORY", problem.path("code").asText());
        assertEquals(MemoryBudget.MIN_BYTES, problem.path("max_memory").asLong());
        assertTrue(problem.path("detail").asText().contains("delete rows"), refused.body());

        final long rows = rows();
        assertTrue(rows > 0 && rows % BATCH == 0, "a refused batch left rows: " + rows);
        final JsonNode status = get("/v1/status");
        assertEquals(MemoryBudget.MIN_BYTES, status.path("maxMemory").asLong());
        assertTrue(status.path("liveBytes").asLong() <= MemoryBudget.MIN_BYTES, status.toString());
        assertEquals(get("/v1/tables/note").path("memory"), status.path("memory"));
        assertTrue(status.path("memory").path("heap").asLong() > rows * TEXT.length(), status.toString());
        assertTrue(status.path("memory").path("indexes").asLong() > 0, status.toString());

        final String push = "[{\"text\":\"" + TEXT + "\"}" + (",{\"text\":\"" + TEXT + "\"}").repeat(BATCH) + ']';
        assertEquals(503, send("POST", "/v1/push/note", push).statusCode());
        assertEquals(rows, rows());

        for (int id = 1; id <= 2 * BATCH; id++) {
            assertEquals(204, send("DELETE", RECORDS + '/' + id, null).statusCode());
        }
        assertEquals(201, send("POST", RECORDS, batch()).statusCode());
        assertEquals(rows - BATCH, rows());
    }

    @Test
    void shouldRefuseARestoreThatDoesNotFitAndKeepTheWorld(@TempDir final Path other) throws Exception {
        makeTable();
        assertEquals(201, send("POST", RECORDS, batch()).statusCode());
        final Path dump = other.resolve("large.db");
        try (TaktServer large = TaktServer.start(ServerConfig.of(other).withPort(0), List.of())) {
            final TaktServer small = server;
            server = large;
            makeTable();
            for (int i = 0; i < 60; i++) {
                assertEquals(201, send("POST", RECORDS, batch()).statusCode());
            }
            final HttpRequest request = HttpRequest.newBuilder(URI.create(large.url() + "/v1/dump.db"))
                    .build();
            assertEquals(
                    200,
                    client.send(request, HttpResponse.BodyHandlers.ofFile(dump)).statusCode());
            server = small;
        }
        final HttpRequest restore = HttpRequest.newBuilder(URI.create(server.url() + "/v1/restore"))
                .header("Content-Type", "application/vnd.sqlite3")
                .POST(HttpRequest.BodyPublishers.ofFile(dump))
                .build();
        final HttpResponse<String> refused = client.send(restore, HttpResponse.BodyHandlers.ofString());
        assertEquals(503, refused.statusCode(), refused.body());
        assertEquals("OUT_OF_MEMORY", JSON.readTree(refused.body()).path("code").asText());
        assertEquals(BATCH, rows());
        assertEquals(201, send("POST", RECORDS, batch()).statusCode());
    }

    @Test
    void shouldReturnAllMemoryWhenTablesAreDropped() throws Exception {
        makeTable();
        assertEquals(503, fill().statusCode());
        assertEquals(204, send("DELETE", "/v1/tables/note", null).statusCode());
        // what answers still read goes back with a later commit
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        JsonNode status = get("/v1/status");
        while (status.path("liveBytes").asLong() > 0 && System.nanoTime() - untilNs < 0) {
            status = get("/v1/status");
        }
        assertEquals(0, status.path("liveBytes").asLong(), status.toString());
        assertEquals(0, status.path("memory").path("rows").asLong(), status.toString());
        makeTable();
        assertEquals(201, send("POST", RECORDS, batch()).statusCode());
    }
}
