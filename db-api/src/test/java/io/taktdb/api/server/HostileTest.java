package io.taktdb.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.testing.EchoServer;
import io.taktdb.api.testing.RawClient;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many clients at every limit at once: they are refused or closed, memory comes back, and others are served. */
final class HostileTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String JSON = HOST + "Content-Type: application/json\r\n";

    private static List<String> atEveryLimit() {
        return List.of(
                "GET /" + "x".repeat(9_000),
                "GET / HTTP/1.1\r\n" + HOST + "A: " + "x".repeat(17 << 10),
                "GET / HTTP/1.1\r\n" + HOST + "A: 1\r\n".repeat(300) + "\r\n",
                "POST /echo HTTP/1.1\r\n" + JSON + "Content-Length: 999999999999\r\n\r\n",
                "POST /echo HTTP/1.1\r\n" + JSON + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /echo HTTP/1.1\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n" + "x".repeat(5_000),
                "POST /echo HTTP/1.1\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(5_000),
                "POST /bulk HTTP/1.1\r\n" + JSON + "Content-Length: 3000000\r\n\r\n" + "[".repeat(200_000),
                "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n",
                "GET / HTTP/2.0\r\n" + HOST + "\r\n",
                "\0\0\0\0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n");
    }

    /** One that is closed for being slow, since this machine stood still, may try again. */
    private static void assertServes(final EchoServer server) throws IOException {
        for (int attempt = 0; attempt < 20; attempt++) {
            try (RawClient client = server.connect()) {
                assertEquals(
                        "hello",
                        client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n")
                                .receive()
                                .body());
                return;
            } catch (final EOFException | SocketException e) {
                // closed before it could ask
            }
        }
        fail("the server answers nobody");
    }

    @Test
    void shouldServeOthersAndGiveMemoryBackWhenAThousandRequestsAreAtTheirLimits() throws IOException {
        final HttpLimits limits =
                new HttpLimits().bodyBytes(1 << 20).bulkBodyBytes(4 << 20).bufferedBodyBytes(16 << 20);
        try (EchoServer server = EchoServer.start(limits)) {
            final List<String> attacks = atEveryLimit();
            for (int round = 0; round < 1_000 / attacks.size() + 1; round++) {
                final List<RawClient> open = new ArrayList<>();
                for (final String attack : attacks) {
                    final RawClient client = server.connect();
                    open.add(client);
                    client.sendUnlessClosed(attack);
                }
                assertServes(server);
                for (final RawClient client : open) {
                    client.close();
                }
            }
            assertServes(server);
        }
    }

    @Test
    void shouldCloseSlowSendersWhileOthersGoOn() throws IOException {
        final HttpLimits limits = new HttpLimits()
                .headerTime(Duration.ofMillis(300))
                .bodyTime(Duration.ofMillis(300))
                .idleTime(Duration.ofMillis(300));
        try (EchoServer server = EchoServer.start(limits)) {
            final List<RawClient> slow = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                final RawClient client = server.connect();
                slow.add(client);
                switch (i % 3) {
                    case 0 -> client.sendUnlessClosed("GET / HT");
                    case 1 -> client.sendUnlessClosed("POST /echo HTTP/1.1\r\n" + JSON + "Content-Length: 10\r\n\r\n[");
                    default -> client.sendUnlessClosed("");
                }
            }
            assertServes(server);
            for (final RawClient client : slow) {
                client.drain(); // ends only when the server closes
                client.close();
            }
            assertServes(server);
        }
    }

    @Test
    void shouldCloseClientsThatNeverReadWhileOthersGoOn() throws Exception {
        try (EchoServer server = EchoServer.start(new HttpLimits().stallTime(Duration.ofMillis(500)))) {
            final List<RawClient> deaf = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                final RawClient client = server.connect();
                deaf.add(client);
                client.sendUnlessClosed(("GET /large HTTP/1.1\r\n" + HOST + "\r\n").repeat(8));
            }
            assertServes(server);
            final long deadlineNs = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (server.server().connections() > 1) {
                assertTrue(
                        System.nanoTime() < deadlineNs,
                        "open=" + server.server().connections());
                assertServes(server);
            }
            for (final RawClient client : deaf) {
                client.close();
            }
        }
    }
}
