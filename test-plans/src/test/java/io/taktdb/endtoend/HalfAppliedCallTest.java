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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers over HTTP see a call whole or not at all. */
class HalfAppliedCallTest {
    private static final int READERS = 100;
    private static final int READS_EACH = 40;
    private static final int MIN_CALLS = 20;

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    @Tag("rp_1:transaction_boundary")
    @Tag("rp_2:test_rpc_handler_panic_safety")
    @Tag("pr_2:test_transaction_isolation")
    @Tag("lf_1:test_concurrent_rest_reads_with_writes")
    @Tag("lf_1:test_rest_api_response_consistency")
    @Tag("rc_5:list_records_during_write")
    @Tag("lf_2:test_writer_panic_doesnt_block_readers")
    @Tag("lf_1:test_rest_api_bulk_read_endpoint")
    @Tag("ao_2:test_rollback_with_concurrent_readers")
    @Tag("lf_2:test_high_contention_stress")
    void shouldNeverShowHalfACallWhenReadersAreMany(@TempDir final Path data) throws Exception {
        try (TaktServer server = TaktServer.start(ServerConfig.of(data).withPort(0), List.of(new BankModule()))) {
            final ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
            final Future<?> writer = threads.submit(() -> write(new Client(server.port())));
            final List<Callable<Integer>> readers = new ArrayList<>();
            final Client shared = new Client(server.port());
            for (int i = 0; i < READERS; i++) {
                readers.add(() -> read(shared));
            }
            int changesSeen = 0;
            for (final Future<Integer> reader : threads.invokeAll(readers)) {
                changesSeen += reader.get();
            }
            done.set(true);
            writer.get();
            threads.shutdown();
            assertTrue(changesSeen > 0, "readers saw no change during calls=" + calls);
        }
    }

    private void write(final Client client) {
        try {
            for (int call = 0; !done.get(); call++) {
                move(client, call % 3 == 2);
                calls.incrementAndGet();
            }
        } finally {
            done.set(true);
        }
    }

    private static void move(final Client client, final boolean fail) {
        final String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"bank.move\",\"params\":{\"amount\":1,\"fail\":"
                + fail + "}}";
        final JsonNode reply = client.post("/rpc", call).expect(200).json();
        assertEquals(fail, reply.has("error"), reply.toString());
    }

    /**
     * Reads both accounts in one request, again and again, until enough was written meanwhile or the writer has failed.
     *
     * @return how often the balance was another than the time before
     */
    private int read(final Client client) {
        int last = Integer.MIN_VALUE;
        int changes = -1;
        for (int i = 0; i < READS_EACH || (calls.get() < MIN_CALLS && !done.get()); i++) {
            final JsonNode both =
                    client.get("/v1/tables/account/records").expect(200).json();
            final int one = both.get(0).get("balance").asInt();
            assertEquals(BankModule.SUM, one + both.get(1).get("balance").asInt(), both.toString());
            changes += one == last ? 0 : 1;
            last = one;
        }
        return changes;
    }
}
