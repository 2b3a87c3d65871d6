package io.taktdb.api.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.StreamLimits;
import io.taktdb.api.testing.EventClient;
import io.taktdb.api.testing.EventClient.Event;
import io.taktdb.api.testing.RawSocketClient;
import io.taktdb.api.testing.TestServer;
import io.taktdb.core.state.Lease;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandOp;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that do not read what they are sent. */
class SlowReaderTest {
    private static final int TEXT = 200_000;

    private static final Duration PING = Duration.ofMinutes(2);

    /** Far more than any system buffers for one connection. */
    private static final int MAX_UPDATES = 500;

    private static TestServer start(final HttpLimits limits) {
        final TestServer server = TestServer.start(limits);
        server.post("/v1/tables", "{\"name\":\"page\",\"fields\":[{\"name\":\"text\",\"type\":\"string\"}]}");
        server.post("/v1/tables/page/records", "{\"id\":1,\"text\":\"\"}");
        return server;
    }

    private static void write(final TestServer server, final int round) {
        final String text = Character.toString('a' + round % 26).repeat(TEXT);
        assertEquals(
                200,
                server.patch("/v1/tables/page/records/1", "{\"text\":\"" + text + "\"}")
                        .status());
    }

    /** Without HTTP, so that the short time-out of the test can hit nobody else. */
    private static void writeEmbedded(final TaktDb db, final int round) {
        final TableSchema table;
        try (Lease lease = db.lease()) {
            table = lease.state().schema().requireTable("page");
        }
        final CommandWriter command = new CommandWriter();
        command.beginUpdate(CommandOp.MERGE, table.id(), 1);
        command.row().field(table.requireField("text").id()).putString("x".repeat(TEXT + round % 2));
        command.endRow();
        db.send(command).join();
    }

    @Test
    void shouldCutOffASlowReaderWithAReasonAndNobodyElse() throws Exception {
        final HttpLimits limits = new HttpLimits()
                .stallTime(Duration.ofMinutes(2))
                .streams(StreamLimits.DEFAULT.withOutboundBytes(1 << 20));
        try (TestServer server = start(limits);
                EventClient slow = new EventClient(server.api().port(), "/v1/stream/page");
                EventClient quick = new EventClient(server.api().port(), "/v1/stream/page")) {
            slow.next();
            quick.next();
            int round = 0;
            while (server.api().topics().cutOff() == 0) {
                assertTrue(round < MAX_UPDATES, "the slow reader is never cut off");
                write(server, round++);
                assertEquals(1, quick.next().data().get("updated").size());
            }
            Event last = slow.next();
            while (last.name().equals("change")) {
                last = slow.next();
            }
            assertEquals("end", last.name());
            assertEquals("LIMIT_EXCEEDED", last.data().get("code").asText());
            assertTrue(last.data().get("detail").asText().contains("too slow"), last::toString);
            assertNull(slow.next());
            write(server, round);
            assertEquals(1, quick.next().data().get("updated").size());
            assertEquals(1, server.api().topics().cutOff());
        }
    }

    @Test
    void shouldCloseAReaderThatTakesNothingForTooLong() throws Exception {
        final HttpLimits limits = new HttpLimits()
                .stallTime(Duration.ofMillis(200))
                .streams(StreamLimits.DEFAULT.withOutboundBytes(1L << 30));
        try (TestServer server = start(limits);
                EventClient slow = new EventClient(server.api().port(), "/v1/stream/page")) {
            slow.next();
            final long giveUpNs = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            for (int round = 0; server.api().topics().cutOff() == 0; round++) {
                assertTrue(System.nanoTime() < giveUpNs, "the reader that has stopped is never closed");
                writeEmbedded(server.db(), round);
            }
            assertThrows(IOException.class, () -> {
                while (slow.next() != null) {
                    assertEquals(1, server.api().topics().cutOff());
                }
            });
        }
    }

    /** Many rows are sent no faster than the client takes them, and one that stays away holds up nobody. */
    @Test
    void shouldBringManyRowsPieceByPiece() throws Exception {
        try (TestServer server = start(new HttpLimits())) {
            final int rows = 30_000;
            final StringBuilder all = new StringBuilder("[");
            for (int i = 2; i <= rows; i++) {
                all.append(i == 2 ? "" : ",")
                        .append("{\"id\":")
                        .append(i)
                        .append(",\"text\":\"")
                        .append("row ".repeat(20))
                        .append("\"}");
            }
            assertEquals(
                    201,
                    server.post("/v1/tables/page/records", all.append(']').toString())
                            .status());
            try (EventClient waits = new EventClient(server.api().port(), "/v1/stream/page");
                    EventClient client = new EventClient(server.api().port(), "/v1/stream/page")) {
                assertEquals(200, waits.status());
                server.patch("/v1/tables/page/records/7", "{\"text\":\"seven\"}");
                int count = 0;
                Event event = client.next();
                while (!event.data().get("done").asBoolean()) {
                    assertNull(event.id(), "an id before all rows have come");
                    count += event.data().get("rows").size();
                    event = client.next();
                }
                count += event.data().get("rows").size();
                assertEquals(rows, count);
                assertEquals(event.data().get("tick").asText(), event.id());
                Event other = waits.next();
                while (!other.data().get("done").asBoolean()) {
                    other = waits.next();
                }
            }
        }
    }

    @Test
    void shouldCloseASlowWebSocketWithAReasonAndNobodyElse() throws Exception {
        final HttpLimits limits = new HttpLimits()
                .stallTime(Duration.ofMinutes(2))
                .streams(StreamLimits.DEFAULT.withOutboundBytes(1 << 20).withTimes(PING, Duration.ofMinutes(2)));
        try (TestServer server = start(limits);
                RawSocketClient slow = RawSocketClient.open(server.api().port(), "/ws");
                EventClient quick = new EventClient(server.api().port(), "/v1/stream/page")) {
            slow.text("{\"jsonrpc\":\"2.0\",\"method\":\"subscribe\",\"params\":[\"page\"],\"id\":1}");
            assertTrue(slow.next().text().contains("\"subscription\":1"));
            assertTrue(slow.next().text().contains("snapshot"));
            quick.next();
            for (int round = 0; server.api().topics().cutOff() == 0; round++) {
                assertTrue(round < MAX_UPDATES, "the slow client is never cut off");
                write(server, round);
                assertEquals(1, quick.next().data().get("updated").size());
            }
            final RawSocketClient.Frame close = slow.closed();
            assertEquals(1008, close.code());
            assertTrue(close.text().contains("too slow"), close::text);
        }
    }
}
