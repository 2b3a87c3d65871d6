package io.taktdb.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.testing.EchoServer;
import io.taktdb.api.testing.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every limit of a request answers before the rest is read. */
final class LimitsTest {
    private static final String HOST = "Host: localhost\r\n";
    private static final String JSON = HOST + "Content-Type: application/json\r\n";
    private static EchoServer server;

    @BeforeAll
    static void start() {
        server = EchoServer.start(
                new HttpLimits().bodyBytes(1000).bulkBodyBytes(100_000).offloadBytes(5_000));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertRefused(final int status, final String code, final String request) throws IOException {
        try (RawClient client = server.connect()) {
            final RawClient.Answer answer = client.send(request).receive();
            assertEquals(status, answer.status(), answer.body());
            assertTrue(answer.body().contains(code), answer.body());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void shouldAnswer414WhenTargetIsTooLong() throws IOException {
        assertRefused(414, "URI_TOO_LONG", "GET /items/" + "x".repeat(8192) + " HTTP/1.1\r\n" + HOST + "\r\n");
    }

    @Test
    void shouldAnswer414WhenTargetDoesNotEnd() throws IOException {
        assertRefused(414, "URI_TOO_LONG", "GET /" + "x".repeat(9000));
    }

    @Test
    void shouldAcceptWhenTargetIsAsLongAsAllowed() throws IOException {
        try (RawClient client = server.connect()) {
            final String id = "x".repeat(8192 - "/items/".length());
            client.send("GET /items/" + id + " HTTP/1.1\r\n" + HOST + "\r\n");
            assertEquals(id, client.receive().body());
        }
    }

    @Test
    void shouldAnswer431WhenHeadersAreTooLarge() throws IOException {
        assertRefused(
                431, "HEADERS_TOO_LARGE", "GET / HTTP/1.1\r\n" + HOST + "A: " + "x".repeat(16 << 10) + "\r\n\r\n");
        assertRefused(431, "HEADERS_TOO_LARGE", "GET / HTTP/1.1\r\n" + HOST + "A: " + "x".repeat(17 << 10));
        assertRefused(
                431, "HEADERS_TOO_LARGE", "GET / HTTP/1.1\r\n" + HOST + ("A: " + "x".repeat(997) + "\r\n").repeat(17));
        assertRefused(431, "HEADERS_TOO_LARGE", "GET / HTTP/1.1\r\n" + HOST + "A:\r\n".repeat(300) + "\r\n");
    }

    @Test
    void shouldAnswer431WhenTrailersAreTooLarge() throws IOException {
        assertRefused(
                431,
                "HEADERS_TOO_LARGE",
                "POST /echo HTTP/1.1\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n0\r\nA: " + "x".repeat(17 << 10));
    }

    @Test
    void shouldAnswer413BeforeTheBodyWhenItIsAnnouncedTooLarge() throws IOException {
        assertRefused(413, "BODY_TOO_LARGE", "POST /echo HTTP/1.1\r\n" + JSON + "Content-Length: 1001\r\n\r\n");
        assertRefused(413, "BODY_TOO_LARGE", "DELETE /items/1 HTTP/1.1\r\n" + HOST + "Content-Length: 1001\r\n\r\n");
    }

    @Test
    void shouldAnswer413WhenChunksBecomeTooLarge() throws IOException {
        final String chunk = "1f4\r\n" + "x".repeat(500) + "\r\n";
        assertRefused(
                413,
                "BODY_TOO_LARGE",
                "POST /echo HTTP/1.1\r\n" + JSON + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "1\r\n");
    }

    @Test
    void shouldGetTheAnswerThroughWhenClientGoesOnSending() throws IOException {
        try (RawClient client = server.connect()) {
            client.send("POST /echo HTTP/1.1\r\n" + JSON + "Content-Length: 3000000\r\n\r\n");
            for (int i = 0; i < 30; i++) {
                client.send("x".repeat(100_000));
            }
            assertEquals(413, client.receive().status());
        }
    }

    @Test
    void shouldTakeLargerBodyWhenRouteIsForBulk() throws IOException {
        final String body = "[" + "1,".repeat(40_000) + "1]";
        try (RawClient client = server.connect()) {
            client.send("POST /bulk HTTP/1.1\r\n" + JSON + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            assertEquals(body, client.receive().body());
        }
    }

    @Test
    void shouldAnswer503WhenTooManyBodiesWaitInMemory() throws IOException {
        final HttpLimits limits = new HttpLimits().bufferedBodyBytes(10_000);
        try (EchoServer small = EchoServer.start(limits);
                RawClient client = small.connect()) {
            client.send("POST /echo HTTP/1.1\r\n" + JSON + "Content-Length: 20000\r\n\r\n" + "x".repeat(15_000));
            final RawClient.Answer answer = client.receive();
            assertEquals(503, answer.status(), answer.body());
            assertEquals("1", answer.header("retry-after"));
        }
    }

    @Test
    void shouldCloseConnectionWhenThereAreTooMany() throws IOException {
        try (EchoServer small = EchoServer.start(new HttpLimits().connections(2));
                RawClient first = small.connect();
                RawClient second = small.connect()) {
            assertEquals(
                    200,
                    first.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").receive().status());
            assertEquals(
                    200,
                    second.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").receive().status());
            try (RawClient third = small.connect()) {
                assertTrue(third.isClosedByServer());
            }
            assertEquals(
                    200,
                    first.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").receive().status());
        }
    }

    @Test
    void shouldKeepServingWhenManyBodiesWereCutShort() throws IOException {
        try (EchoServer small = EchoServer.start(new HttpLimits().bufferedBodyBytes(20_000))) {
            for (int i = 0; i < 50; i++) {
                try (RawClient client = small.connect()) {
                    client.send("POST /echo HTTP/1.1\r\n" + JSON + "Content-Length: 9000\r\n\r\n")
                            .send("x".repeat(1000));
                }
            }
            try (RawClient client = small.connect()) {
                client.send("POST /echo HTTP/1.1\r\n" + JSON + "Content-Length: 19000\r\n\r\n");
                client.send("x".repeat(10_000)).send("x".repeat(9_000));
                assertEquals(200, client.receive().status());
            }
        }
    }
}
