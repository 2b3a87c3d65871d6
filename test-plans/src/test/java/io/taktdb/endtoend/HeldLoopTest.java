package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads are answered while the loop stands still in the middle of a transaction: they never wait for a writer. */
class HeldLoopTest {
    private static final int READS = 50;
    private static final String RECORD = "/v1/tables/thing/records/1";

    private final CountDownLatch halfDone = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /** Parameters of {@code thing.hold}. */
    record Hold(int value) {}

    /** A procedure that writes, then waits for the test, on the tick thread. */
    private final class Holder implements WorldModule {
        @Override
        public String name() {
            return "holder";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("thing", FieldSpec.of("value", "i32")));
            world.onCreate(
                    ctx -> ctx.table("thing").insert(ctx.table("thing").draft().set("value", 1)));
            world.procedure("thing.hold", "Writes, then waits.", Hold.class, Void.class, (ctx, p) -> {
                final ProcedureTable things = ctx.table("thing");
                things.edit(1).setLong(things.field("value"), p.value());
                halfDone.countDown();
                awaitTheTest();
                return null;
            });
        }
    }

    private void awaitTheTest() {
        try {
            goOn.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("sj_1:test_rest_api_schema_performance")
    @Tag("lf_1:test_rest_api_read_endpoint_uses_arcswap")
    @Tag("lf_1:test_rest_api_read_performance")
    @Tag("lf_2:test_reader_latency_under_writer_load")
    @Tag("ao_1:test_read_after_atomic_swap")
    void shouldAnswerReadsFromTheCommittedStateWhileTheLoopStandsStill(@TempDir final Path data) throws Exception {
        try (TaktServer server = TaktServer.start(ServerConfig.of(data).withPort(0), List.of(new Holder()))) {
            final Client client = new Client(server.port());
            final CompletableFuture<JsonNode> held =
                    CompletableFuture.supplyAsync(() -> client.call("thing.hold", "{\"value\":2}"));
            halfDone.await();
            final long tick = tick(client);
            try {
                for (int i = 0; i < READS; i++) {
                    assertEquals(1, value(client.get(RECORD)), "half of a transaction is never shown");
                    assertEquals("thing", name(client.get("/v1/schema")));
                    assertEquals(
                            1,
                            client.call("table.get", "{\"table\":\"thing\",\"id\":1}")
                                    .get("value")
                                    .asInt());
                }
                assertEquals(tick, tick(client), "all of it within one tick");
                assertFalse(held.isDone());
            } finally {
                goOn.countDown();
            }
            held.join();
            assertEquals(2, value(client.get(RECORD)), "who reads after the commit sees it");
        }
    }

    private static long tick(final Client client) {
        return client.get("/v1/status").expect(200).json().get("tick").asLong();
    }

    private static int value(final Client.Answer answer) {
        return answer.expect(200).json().get("value").asInt();
    }

    private static String name(final Client.Answer answer) {
        return answer.expect(200).json().get("tables").get(0).get("name").asText();
    }
}
