package io.taktdb.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.testing.EchoServer;
import io.taktdb.api.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page of another origin cannot use the visitor's browser to reach a server on loopback. */
final class OriginTest {
    private static EchoServer server;

    @BeforeAll
    static void start() {
        server = EchoServer.start(new HttpLimits());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, , 200",
        "localhost:1, , 200",
        "LOCALHOST, , 200",
        "127.0.0.1:7777, , 200",
        "[::1]:7777, , 200",
        "evil.example, , 403",
        "localhost.evil.example, , 403",
        "127.0.0.1.evil.example:7777, , 403",
        "10.0.0.1, , 403",
        "localhost:7777, http://localhost:7777, 200",
        "localhost:7777, http://localhost:3000, 403",
        "localhost:7777, http://evil.example, 403",
        "localhost:7777, null, 403"
    })
    void shouldLetInOnlyItsOwnOriginWhenBoundToLoopback(final String host, final String origin, final int status)
            throws IOException {
        try (RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n"
                    + (origin == null ? "" : "Origin: " + origin + "\r\n") + "\r\n");
            final RawClient.Answer answer = client.receive();
            assertEquals(status, answer.status(), answer.body());
        }
    }
}
