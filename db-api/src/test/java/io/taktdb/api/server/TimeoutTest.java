package io.taktdb.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.testing.EchoServer;
import io.taktdb.api.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client that is slow, silent or deaf is let go; each test waits for that and fails only if it never comes. */
final class TimeoutTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final String HOST = "Host: localhost\r\n";

    @Test
    void shouldAnswer408WhenHeadDoesNotEnd() throws IOException {
        try (EchoServer server = EchoServer.start(new HttpLimits().headerTime(SHORT));
                RawClient client = server.connect()) {
            final RawClient.Answer answer = client.send("GET / HTTP/1.1\r\nHos").receive();
            assertEquals(408, answer.status());
            assertTrue(answer.body().contains("part=head"), answer.body());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void shouldAnswer408WhenHeadTricklesForTooLong() throws IOException {
        try (EchoServer server = EchoServer.start(new HttpLimits().headerTime(SHORT));
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\n" + HOST);
            assertThrows(IOException.class, () -> {
                for (int i = 0; ; i++) {
                    client.send("X" + i + ": y\r\n");
                    Thread.onSpinWait();
                }
            });
        }
    }

    @Test
    void shouldAnswer408WhenBodyDoesNotEnd() throws IOException {
        try (EchoServer server = EchoServer.start(new HttpLimits().bodyTime(SHORT));
                RawClient client = server.connect()) {
            client.send(
                    "POST /echo HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
            final RawClient.Answer answer = client.receive();
            assertEquals(408, answer.status());
            assertTrue(answer.body().contains("part=body"), answer.body());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void shouldCloseSilentlyWhenConnectionIsIdle() throws IOException {
        try (EchoServer server = EchoServer.start(new HttpLimits().idleTime(SHORT));
                RawClient client = server.connect()) {
            assertEquals(
                    200,
                    client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").receive().status());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void shouldCloseSilentlyWhenNothingWasEverSent() throws IOException {
        try (EchoServer server = EchoServer.start(new HttpLimits().headerTime(SHORT));
                RawClient client = server.connect()) {
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void shouldCloseWhenClientTakesNothingOfItsAnswers() throws Exception {
        try (EchoServer server = EchoServer.start(new HttpLimits().stallTime(SHORT));
                RawClient client = server.connect()) {
            assertEquals(
                    200,
                    client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").receive().status());
            client.send(("GET /large HTTP/1.1\r\n" + HOST + "\r\n").repeat(20));
            while (server.server().connections() > 0) {
                Thread.onSpinWait();
            }
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 20; i++) {
                    client.receive();
                }
            });
        }
    }

    @Test
    void shouldWaitWhenItIsTheServerThatTakesLong() throws Exception {
        final HttpLimits limits = new HttpLimits()
                .headerTime(SHORT)
                .bodyTime(SHORT)
                .idleTime(SHORT)
                .stallTime(SHORT);
        try (EchoServer server = EchoServer.start(limits);
                RawClient client = server.connect();
                RawClient idle = server.connect()) {
            client.send("GET /held/1 HTTP/1.1\r\n" + HOST + "\r\n");
            final var exchange = server.held().take();
            assertTrue(idle.isClosedByServer());
            EchoServer.answer(exchange);
            assertEquals("1", client.receive().body());
        }
    }
}
