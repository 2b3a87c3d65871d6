package io.taktdb.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.testing.EchoServer;
import io.taktdb.api.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ShutdownTest {
    private static final String END = " HTTP/1.1\r\nHost: localhost\r\n\r\n";

    @Test
    void shouldFinishRequestsUnderWayWhenStopped() throws Exception {
        final EchoServer server = EchoServer.start(new HttpLimits());
        try (RawClient busy = server.connect();
                RawClient idle = server.connect()) {
            idle.send("GET /" + END).receive();
            busy.send("GET /held/a" + END);
            final Exchange exchange = server.held().take();
            final Thread stopping = new Thread(server::close);
            stopping.start();
            assertTrue(idle.isClosedByServer());
            EchoServer.answer(exchange);
            final RawClient.Answer answer = busy.receive();
            assertEquals("a", answer.body());
            assertEquals("close", answer.header("connection"));
            assertTrue(busy.isClosedByServer());
            busy.endOutput();
            stopping.join();
            assertThrows(IOException.class, server::connect);
        }
    }

    @Test
    void shouldServeOnThroughThePauseWhenStopped() throws Exception {
        final EchoServer server = EchoServer.start(new HttpLimits().drainPause(Duration.ofMinutes(10)));
        final Thread stopping = new Thread(server::close);
        try (RawClient client = server.connect()) {
            stopping.start();
            while (stopping.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            assertEquals(404, client.send("GET /nothing" + END).receive().status());
            stopping.interrupt(); // ends the pause, not the order of the rest
            assertTrue(client.isClosedByServer());
        }
        stopping.join();
        assertThrows(IOException.class, server::connect);
    }

    @Test
    void shouldStopWhenAClientNeverFinishes() throws Exception {
        final EchoServer server = EchoServer.start(new HttpLimits().drainTime(Duration.ofMillis(50)));
        try (RawClient client = server.connect()) {
            client.send("GET /held/a" + END);
            server.held().take();
            server.close();
            assertTrue(client.isClosedByServer());
        }
    }
}
