package io.taktdb.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.testing.EchoServer;
import io.taktdb.api.testing.RawClient;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not HTTP/1.1 to the letter is answered with 400 and the connection ends. */
final class StrictnessTest {
    private static final String HOST = "Host: localhost\r\n";
    private static EchoServer server;

    @BeforeAll
    static void start() {
        server = EchoServer.start(new HttpLimits());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> malformed() {
        return Stream.concat(malformedHeads(), malformedBodies());
    }

    private static Stream<Arguments> malformedHeads() {
        return Stream.of(
                Arguments.of("no host", "GET / HTTP/1.1\r\n\r\n"),
                Arguments.of("two hosts", "GET / HTTP/1.1\r\n" + HOST + HOST + "\r\n"),
                Arguments.of("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
                Arguments.of("host with a path", "GET / HTTP/1.1\r\nHost: localhost/x\r\n\r\n"),
                Arguments.of("host with a user", "GET / HTTP/1.1\r\nHost: a@localhost\r\n\r\n"),
                Arguments.of("no version", "GET /\r\n" + HOST + "\r\n"),
                Arguments.of("version 2", "GET / HTTP/2.0\r\n" + HOST + "\r\n"),
                Arguments.of("version 9.9", "GET / HTTP/9.9\r\n" + HOST + "\r\n"),
                Arguments.of("lower-case version", "GET / http/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("version with more digits", "GET / HTTP/1.10\r\n" + HOST + "\r\n"),
                Arguments.of("two spaces", "GET  / HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("space in the target", "GET /a b HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("tab instead of space", "GET\t/\tHTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("fragment in the target", "GET /#x HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("letters over ASCII in the target", "GET /\u00e9 HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("target that is no path", "GET items HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("asterisk for GET", "GET * HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("method that is no token", "G{}T / HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("space before the method", " GET / HTTP/1.1\r\n" + HOST + "\r\n"),
                Arguments.of("line ends with LF", "GET / HTTP/1.1\n" + HOST + "\r\n"),
                Arguments.of("header line ends with LF", "GET / HTTP/1.1\r\nHost: localhost\n\r\n"),
                Arguments.of("head ends with LF", "GET / HTTP/1.1\r\n" + HOST + "\n"),
                Arguments.of("CR within a value", "GET / HTTP/1.1\r\n" + HOST + "A: b\rc\r\n\r\n"),
                Arguments.of("NUL within a value", "GET / HTTP/1.1\r\n" + HOST + "A: b\0c\r\n\r\n"),
                Arguments.of("folded line", "GET / HTTP/1.1\r\n" + HOST + "A: b\r\n c\r\n\r\n"),
                Arguments.of("folded first line", "GET / HTTP/1.1\r\n " + HOST + "\r\n"),
                Arguments.of("space before the colon", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n"),
                Arguments.of("no colon", "GET / HTTP/1.1\r\n" + HOST + "nonsense\r\n\r\n"),
                Arguments.of("empty name", "GET / HTTP/1.1\r\n" + HOST + ": x\r\n\r\n"),
                Arguments.of("name that is no token", "GET / HTTP/1.1\r\n" + HOST + "X[]: x\r\n\r\n"));
    }

    private static Stream<Arguments> malformedBodies() {
        return Stream.of(
                Arguments.of("negative length", "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n\r\n"),
                Arguments.of("signed length", "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: +2\r\n\r\n{}"),
                Arguments.of("length in hex", "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 0x2\r\n\r\n{}"),
                Arguments.of("empty length", "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length:\r\n\r\n"),
                Arguments.of(
                        "length beyond any",
                        "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: " + "9".repeat(30) + "\r\n\r\n"),
                Arguments.of("list of lengths", "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 2, 2\r\n\r\n{}"),
                Arguments.of(
                        "two lengths",
                        "POST /echo HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
                Arguments.of(
                        "length and chunked",
                        "POST /echo HTTP/1.1\r\n" + HOST
                                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "other coding",
                        "POST /echo HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunked twice",
                        "POST /echo HTTP/1.1\r\n" + HOST
                                + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunked in HTTP/1.0",
                        "POST /echo HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("chunk size that is no number", chunked("zz\r\n{}\r\n0\r\n\r\n")),
                Arguments.of("empty chunk size", chunked("\r\n{}\r\n0\r\n\r\n")),
                Arguments.of("negative chunk size", chunked("-2\r\n{}\r\n0\r\n\r\n")),
                Arguments.of("chunk size with 0x", chunked("0x2\r\n{}\r\n0\r\n\r\n")),
                Arguments.of("chunk size line ends with LF", chunked("2\n{}\r\n0\r\n\r\n")),
                Arguments.of("chunk longer than its size", chunked("2\r\n{} \r\n0\r\n\r\n")),
                Arguments.of("chunk without its end", chunked("2\r\n{}0\r\n\r\n")),
                Arguments.of("folded trailer", chunked("2\r\n{}\r\n0\r\n a: b\r\n\r\n")),
                Arguments.of("unknown expectation", "GET / HTTP/1.1\r\n" + HOST + "Expect: miracles\r\n\r\n"),
                Arguments.of("empty lines without end", "\r\n\r\n\r\n\r\n\r\n\r\n"));
    }

    private static String chunked(final String body) {
        return "POST /echo HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + body;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void shouldAnswer400AndCloseWhenRequestIsMalformed(final String name, final String request) throws IOException {
        try (RawClient client = server.connect()) {
            final RawClient.Answer answer = client.send(request).receive();
            assertEquals(400, answer.status(), answer.body());
            assertEquals("application/problem+json", answer.header("content-type"));
            assertEquals("close", answer.header("connection"));
            assertTrue(answer.body().contains("\"code\":\"INVALID_REQUEST\""), answer.body());
            assertTrue(client.isClosedByServer());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void shouldAnswerEarlierRequestsFirstWhenALaterOneIsMalformed(final String name, final String request)
            throws IOException {
        try (RawClient client = server.connect()) {
            client.send("GET /items/1 HTTP/1.1\r\n" + HOST + "\r\n" + request);
            assertEquals("1", client.receive().body());
            assertEquals(400, client.receive().status());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void shouldAcceptWhenHeaderIsUnusualButRight() throws IOException {
        try (RawClient client = server.connect()) {
            client.send("\r\nGET / HTTP/1.1\r\nhOsT:\tlocalhost:80 \r\nEmpty:\r\nX-Latin: \u00e9\r\n\r\n");
            assertEquals("hello", client.receive().body());
            client.send("GET http://127.0.0.1:1/items/7?x HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals("7", client.receive().body());
            client.send("GET http://[::1] HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals("hello", client.receive().body());
            client.send("GET / HTTP/1.3\r\nHost: localhost\r\n\r\n");
            assertEquals("hello", client.receive().body());
        }
    }

    @Test
    void shouldReadBodyWhenItIsChunkedWithExtensionsAndTrailers() throws IOException {
        try (RawClient client = server.connect()) {
            client.send(chunked("1;a=b\r\n[\r\n00a;c\r\n0123456789\r\n1\r\n]\r\n000\r\nX-Sum: 1\r\nY: 2\r\n\r\n"));
            assertEquals("[0123456789]", client.receive().body());
            client.send("GET /items/next HTTP/1.1\r\n" + HOST + "\r\n");
            assertEquals("next", client.receive().body());
        }
    }

    @Test
    void shouldUnderstandTheSameWhenBytesArriveInAnyTwoPieces() throws IOException {
        final String both = chunked("3\r\n[1,\r\n2\r\n2]\r\n0\r\nA: b\r\n\r\n") + "POST /echo HTTP/1.1\r\n" + HOST
                + "Content-Type: application/json\r\nContent-Length: 3\r\n\r\n[3]";
        for (int cut = 1; cut < both.length(); cut++) {
            try (RawClient client = server.connect()) {
                client.send(both.substring(0, cut)).send(both.substring(cut));
                assertEquals("[1,2]", client.receive().body(), "cut=" + cut);
                assertEquals("[3]", client.receive().body(), "cut=" + cut);
            }
        }
    }

    @Test
    void shouldUnderstandTheSameWhenBytesArriveOneByOne() throws IOException {
        final String request = chunked("3\r\n[1,\r\n2\r\n2]\r\n0\r\n\r\n");
        try (RawClient client = server.connect()) {
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
            }
            assertEquals("[1,2]", client.receive().body());
        }
    }
}
