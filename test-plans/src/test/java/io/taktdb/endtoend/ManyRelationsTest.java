package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Schemas with much in them, and many who change and read them at once. */
class ManyRelationsTest {
    private static final int RELATIONS = 1_000;
    private static final int CLIENTS = 8;
    private static final int TYPES_EACH = 6;

    @TempDir
    private Path data;

    private TaktServer server;
    private Client client;

    @BeforeEach
    void open() {
        server = TaktServer.start(ServerConfig.of(data).withPort(0), List.of());
        client = new Client(server.port());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    @Tag("rs_6:test_delete_relation_performance_large_schema")
    void shouldDropOneOfAThousandRelationsAndKeepTheOthers() {
        final String tables = IntStream.range(0, RELATIONS)
                .mapToObj(i ->
                        "{\"name\":\"t" + i + "\",\"fields\":[{\"name\":\"to\",\"type\":\"u64\",\"optional\":true}]}")
                .collect(Collectors.joining(","));
        final String relations = IntStream.range(0, RELATIONS)
                .mapToObj(i -> "{\"source_table\":\"t" + i + "\",\"source_field\":\"to\",\"destination_table\":\"t"
                        + (i + 1) % RELATIONS + "\"}")
                .collect(Collectors.joining(","));
        client.send("PUT", "/v1/schema", "{\"tables\":[" + tables + "],\"relations\":[" + relations + "]}")
                .expect(200);
        final JsonNode made = client.get("/v1/relations").expect(200).json();
        assertEquals(RELATIONS, made.size());
        final String gone = "/v1/relations/" + made.get(RELATIONS / 2).get("id").asText();
        client.send("DELETE", gone, null).expect(204);
        client.get(gone).expect(404);
        assertEquals(
                RELATIONS - 1, client.get("/v1/relations").expect(200).json().size());
    }

    @Test
    @Tag("ct_2:test_concurrent_registration")
    @Tag("ct_2:test_concurrent_read_while_write")
    void shouldShowEveryTypeWholeWhileManyAreMade() throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(2 * CLIENTS);
        try {
            final List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                final int maker = i;
                work.add(() -> make(maker));
                work.add(this::read);
            }
            for (final Future<Integer> done : threads.invokeAll(work)) {
                assertTrue(done.get() >= 0);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(CLIENTS * TYPES_EACH, read());
    }

    private int make(final int maker) {
        for (int i = 0; i < TYPES_EACH; i++) {
            client.post(
                            "/v1/types",
                            "{\"name\":\"T" + maker + '_' + i + "\",\"kind\":\"composite\",\"members\":["
                                    + "{\"name\":\"a\",\"type\":\"f32\"},{\"name\":\"b\",\"type\":\"u8\"}]}")
                    .expect(201);
        }
        return 0;
    }

    /** How many types there are, all of them whole. */
    private int read() {
        int most = 0;
        for (int i = 0; i < TYPES_EACH; i++) {
            final JsonNode types = client.get("/v1/schema").expect(200).json().get("types");
            types.forEach(type -> assertEquals(2, type.get("members").size(), type::toString));
            assertTrue(types.size() >= most, "a type that was there is gone");
            most = types.size();
        }
        return most;
    }
}
