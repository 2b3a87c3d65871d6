package io.taktdb.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.testing.EventClient;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Modules hear of clients over HTTP, and schedules are records like any others. */
final class ClientsAndSchedulesTest {
    private static TestServer server;

    /** No parameters. */
    public record Nothing() {}

    /** Writes down who came, went and called. */
    private static final class Guests implements WorldModule {
        @Override
        public String name() {
            return "guests";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("guest", FieldSpec.of("line", "string")));
            world.onConnect(ctx -> write(ctx, "came"));
            world.onDisconnect(ctx -> write(ctx, "went"));
            world.procedure("guest.sign", "Signs the book.", Nothing.class, Void.class, (ctx, nothing) -> {
                write(ctx, "signed");
                return null;
            });
            world.procedure(
                    "guest.clock",
                    "Signs again and again.",
                    Nothing.class,
                    Long.class,
                    (ctx, nothing) -> ctx.schedules().every(1, "guest.sign", new Nothing()));
        }

        private static void write(final ProcedureContext ctx, final String what) {
            ctx.table("guest")
                    .insert(ctx.table("guest").draft().set("line", ctx.client().name() + ' ' + what));
        }
    }

    @BeforeAll
    static void start() {
        server = TestServer.start(TestTokens.rule(), new Guests());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> lines() {
        final List<String> lines = new ArrayList<>();
        server.send("GET", "/v1/tables/guest/records?order=-id&limit=1000", null, TestTokens.bearer(TestTokens.READ))
                .json()
                .forEach(record -> lines.add(record.get("line").asText()));
        return lines;
    }

    private static void await(final Predicate<List<String>> wanted) {
        final long untilNs = System.nanoTime() + 60_000_000_000L;
        while (!wanted.test(lines())) {
            assertTrue(System.nanoTime() - untilNs < 0, () -> "gave up waiting: " + lines());
        }
    }

    private static JsonNode call(final String method) {
        final Answer answer = server.send(
                "POST",
                "/rpc",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}",
                TestTokens.bearer(TestTokens.WRITE));
        return answer.json();
    }

    @Test
    void shouldTellModulesWhenWebSocketsOpenAndClose() {
        final WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + TestTokens.WRITE)
                .buildAsync(URI.create("ws://127.0.0.1:" + server.api().port() + "/ws"), new WebSocket.Listener() {})
                .join();
        await(lines -> lines.contains("writer came"));
        socket.abort();
        await(lines -> lines.contains("writer went"));
    }

    @Test
    void shouldTellModulesWhenEventStreamsOpenAndClose() throws Exception {
        final EventClient client =
                new EventClient(server.api().port(), "/v1/stream/guest", "Authorization: Bearer " + TestTokens.READ);
        await(lines -> lines.contains("reader came"));
        client.close();
        await(lines -> {
            call("guest.sign"); // the server learns that nobody reads when it has something to send
            return lines.contains("reader went");
        });
    }

    @Test
    void shouldTellProceduresWhoCalls() {
        call("guest.sign");
        assertTrue(lines().contains("writer signed"), lines().toString());
        final Answer transaction = server.send(
                "POST",
                "/v1/transactions",
                "{\"operations\":[{\"call\":{\"procedure\":\"guest.sign\"}}]}",
                TestTokens.bearer(TestTokens.ADMIN));
        assertEquals(200, transaction.status(), transaction.toString());
        assertTrue(lines().contains("boss signed"), lines().toString());
    }

    @Test
    void shouldShowSchedulesAsRecordsAndEndThemWhenDeleted() {
        final long id = call("guest.clock").get("result").asLong();
        await(lines -> lines.contains(" signed"));
        final String path = "/v1/tables/takt_schedule/records/" + id;
        final Answer schedule = server.send("GET", path, null, TestTokens.bearer(TestTokens.READ));
        assertEquals("guest.sign", schedule.json().get("procedure").asText(), schedule.toString());
        assertEquals(1, schedule.json().get("every_ticks").asLong());
        assertEquals(
                204,
                server.send("DELETE", path, null, TestTokens.bearer(TestTokens.WRITE))
                        .status());
        assertEquals(
                404,
                server.send("GET", path, null, TestTokens.bearer(TestTokens.READ))
                        .status());
        final long runs = lines().stream().filter(" signed"::equals).count();
        assertTrue(runs > 0);
        call("guest.sign");
        call("guest.sign");
        assertEquals(runs, lines().stream().filter(" signed"::equals).count(), "it has ended");
    }
}
