package io.taktdb.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.testing.EchoServer;
import io.taktdb.api.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Answers leave in the order of the requests, whatever the order in which they become ready. */
final class PipeliningTest {
    private static final String END = " HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static Exchange next(final EchoServer server) {
        try {
            final Exchange exchange = server.held().poll(20, TimeUnit.SECONDS);
            assertTrue(exchange != null, "no request arrived");
            return exchange;
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldKeepOrderWhenAnswersBecomeReadyInAnotherOrder() throws IOException {
        final long seed = System.nanoTime();
        try (EchoServer server = EchoServer.start(new HttpLimits());
                RawClient client = server.connect()) {
            final List<Exchange> held = new ArrayList<>();
            final StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                requests.append("GET /held/").append(i).append(END);
                requests.append("GET /items/x").append(i).append(END);
            }
            client.send(requests.toString());
            for (int i = 0; i < 100; i++) {
                held.add(next(server));
            }
            Collections.shuffle(held, new Random(seed));
            held.forEach(EchoServer::answer);
            for (int i = 0; i < 100; i++) {
                assertEquals(Integer.toString(i), client.receive().body(), "seed=" + seed);
                assertEquals("x" + i, client.receive().body(), "seed=" + seed);
            }
        }
    }

    @Test
    void shouldStopReadingWhenTooManyRequestsWait() throws IOException {
        try (EchoServer server = EchoServer.start(new HttpLimits().pipelined(4));
                RawClient client = server.connect();
                RawClient other = server.connect()) {
            final StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                requests.append("GET /held/").append(i).append(END);
            }
            client.send(requests.toString());
            final List<Exchange> held = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                held.add(next(server));
            }
            assertEquals("hello", other.send("GET /" + END).receive().body());
            assertNull(server.held().peek(), "a fifth request was read");
            for (int i = 0; i < 10; i++) {
                EchoServer.answer(held.get(i));
                assertEquals(Integer.toString(i), client.receive().body());
                if (held.size() < 10) {
                    held.add(next(server));
                }
            }
        }
    }

    @Test
    void shouldServeRequestsAfterABodyWhenTheyArriveTogether() throws IOException {
        try (EchoServer server = EchoServer.start(new HttpLimits());
                RawClient client = server.connect()) {
            final String post = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
            client.send(post + "Content-Length: 2\r\n\r\n[]" + post + "Content-Length: 2\r\n\r\n{}GET /" + END);
            assertEquals("[]", client.receive().body());
            assertEquals("{}", client.receive().body());
            assertEquals("hello", client.receive().body());
        }
    }

    @Test
    void shouldAnswerAllWhenClientEndsItsSideAtOnce() throws IOException {
        try (EchoServer server = EchoServer.start(new HttpLimits().pipelined(8));
                RawClient client = server.connect()) {
            client.send(("GET /items/1" + END).repeat(500)).endOutput();
            for (int i = 0; i < 500; i++) {
                assertEquals("1", client.receive().body());
            }
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void shouldIgnoreWhatFollowsWhenRequestClosesTheConnection() throws IOException {
        try (EchoServer server = EchoServer.start(new HttpLimits());
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\nGET /held/never" + END);
            final RawClient.Answer answer = client.receive();
            assertEquals("close", answer.header("connection"));
            assertTrue(client.isClosedByServer());
            assertNull(server.held().peek());
        }
    }

    @Test
    void shouldNotReadMoreThanItCanSendWhenClientDoesNotReadAnswers() throws IOException {
        try (EchoServer server = EchoServer.start(new HttpLimits());
                RawClient client = server.connect()) {
            client.send(("GET /large" + END).repeat(100));
            for (int i = 0; i < 100; i++) {
                assertEquals(4 << 20, client.receive().body().length());
            }
        }
    }
}
