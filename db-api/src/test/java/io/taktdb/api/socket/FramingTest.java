package io.taktdb.api.socket;

import static io.taktdb.api.testing.RawSocketClient.BINARY;
import static io.taktdb.api.testing.RawSocketClient.CLOSE;
import static io.taktdb.api.testing.RawSocketClient.CONTINUATION;
import static io.taktdb.api.testing.RawSocketClient.FIN;
import static io.taktdb.api.testing.RawSocketClient.PING;
import static io.taktdb.api.testing.RawSocketClient.PONG;
import static io.taktdb.api.testing.RawSocketClient.TEXT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.StreamLimits;
import io.taktdb.api.testing.EchoServer;
import io.taktdb.api.testing.RawSocketClient;
import io.taktdb.api.testing.RawSocketClient.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 on the wire: what is understood, and what ends the connection, with which code. */
class FramingTest {
    private static final int LIMIT = 100_000;

    private static EchoServer server;

    @BeforeAll
    static void start() {
        server = EchoServer.start(new HttpLimits().streams(StreamLimits.DEFAULT.withMessageBytes(LIMIT)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RawSocketClient open() throws IOException {
        return RawSocketClient.open(server.server().port(), "/socket");
    }

    private static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void shouldAnswerTheHandshakeOfTheRfc() throws Exception {
        try (RawSocketClient client = open()) {
            assertEquals(101, client.status());
            assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", client.header("sec-websocket-accept"));
            assertEquals("websocket", client.header("upgrade"));
            assertEquals("upgrade", client.header("connection"));
            assertNull(client.header("content-length"));
            assertEquals("hello", client.text("hello").next().text());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade: websocket, Upgrade: h2c, 426",
        "Upgrade: websocket, X-No: upgrade, 426",
        "Connection: Upgrade, Connection: keep-alive, 426",
        "Version: 13, Version: 8, 426",
        "dGhlIHNhbXBsZSBub25jZQ==, dG9vIHNob3J0, 400",
        "dGhlIHNhbXBsZSBub25jZQ==, ***, 400",
        "Sec-WebSocket-Key, X-Key, 400",
        "Host: localhost, Host: evil.example, 403",
        "Host: localhost, Host: localhost~Origin: http://evil.example, 403",
        "HTTP/1.1, HTTP/1.0, 426",
        "GET, POST, 405",
    })
    void shouldRefuseWhatIsNoHandshake(final String what, final String instead, final int status) throws Exception {
        final String request = RawSocketClient.handshake("/socket").replace(what, instead.replace("~", "\r\n"));
        try (RawSocketClient client = new RawSocketClient(server.server().port(), request)) {
            assertEquals(status, client.status());
            assertEquals(status == 426 ? "13" : null, client.header("sec-websocket-version"));
        }
    }

    @Test
    void shouldTakeFramesThatComeWithTheHandshake() throws Exception {
        final byte[] frame = RawSocketClient.frameBytes(FIN | TEXT, utf8("early"));
        final byte[] head = RawSocketClient.handshake("/socket").getBytes(StandardCharsets.US_ASCII);
        final byte[] both = Arrays.copyOf(head, head.length + frame.length);
        System.arraycopy(frame, 0, both, head.length, frame.length);
        try (RawSocketClient client = new RawSocketClient(server.server().port(), both)) {
            assertEquals(101, client.status());
            assertEquals("early", client.next().text());
        }
    }

    @Test
    void shouldTakeFramesByteByByte() throws Exception {
        try (RawSocketClient client = open()) {
            for (final byte b : RawSocketClient.frameBytes(FIN | TEXT, utf8("gr\u00fc\u00df dich \uD83D\uDC4B"))) {
                client.raw(b);
            }
            assertEquals("gr\u00fc\u00df dich \uD83D\uDC4B", client.next().text());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, LIMIT})
    void shouldEchoMessagesOfEveryFormOfLength(final int length) throws Exception {
        try (RawSocketClient client = open()) {
            assertEquals(
                    "x".repeat(length), client.text("x".repeat(length)).next().text());
            final byte[] binary = new byte[length];
            Arrays.fill(binary, (byte) 0xFE);
            final Frame echoed = client.frame(FIN | BINARY, binary).next();
            assertEquals(BINARY, echoed.opcode());
            assertArrayEquals(binary, echoed.payload());
        }
    }

    @Test
    void shouldPutFragmentsTogetherAndAnswerPingsBetweenThem() throws Exception {
        try (RawSocketClient client = open()) {
            final byte[] text = utf8("\uD83D\uDC4B\u00e4b");
            client.frame(TEXT, Arrays.copyOfRange(text, 0, 2));
            client.frame(FIN | PING, utf8("are you there"));
            client.frame(CONTINUATION, Arrays.copyOfRange(text, 2, 5));
            client.frame(CONTINUATION, new byte[0]);
            client.frame(FIN | PONG, utf8("nobody asked"));
            client.frame(FIN | CONTINUATION, Arrays.copyOfRange(text, 5, text.length));
            final Frame pong = client.next();
            assertEquals(PONG, pong.opcode());
            assertEquals("are you there", pong.text());
            assertEquals("\uD83D\uDC4B\u00e4b", client.next().text());
            client.text("next");
            assertEquals("next", client.next().text());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "C1 80 37fa213d,                 1002, reserved bit 1",
        "A1 80 37fa213d,                 1002, reserved bit 2",
        "91 80 37fa213d,                 1002, reserved bit 3",
        "83 80 37fa213d,                 1002, data opcode 3",
        "87 80 37fa213d,                 1002, data opcode 7",
        "8B 80 37fa213d,                 1002, control opcode 11",
        "8F 80 37fa213d,                 1002, control opcode 15",
        "81 01 41,                       1002, no mask",
        "89 00,                          1002, ping without mask",
        "09 80 37fa213d,                 1002, ping in fragments",
        "08 80 37fa213d,                 1002, close in fragments",
        "89 FE 007E 37fa213d,            1002, ping too long",
        "80 80 37fa213d,                 1002, nothing to continue",
        "00 80 37fa213d,                 1002, nothing to continue (not final)",
        "01 80 37fa213d 81 80 37fa213d,  1002, text within text",
        "01 80 37fa213d 82 80 37fa213d,  1002, binary within text",
        "81 FE 007D 37fa213d,            1002, 125 in two bytes",
        "81 FF 000000000000FFFF 37fa213d,1002, 65535 in eight bytes",
        "81 FF 8000000000000000 37fa213d,1002, negative length",
        "81 FF 00000000000186A1 37fa213d,1009, larger than the limit",
        "82 FF 7FFFFFFFFFFFFFFF 37fa213d,1009, as large as can be said",
        "88 81 00000000 03,              1002, close code cut short",
        "88 82 00000000 03EC,            1002, close code 1004",
        "88 82 00000000 03ED,            1002, close code 1005",
        "88 82 00000000 03EE,            1002, close code 1006",
        "88 82 00000000 03F7,            1002, close code 1015",
        "88 82 00000000 0000,            1002, close code 0",
        "88 82 00000000 07D0,            1002, close code 2000",
        "88 82 00000000 1388,            1002, close code 5000",
        "88 83 00000000 03E8 FF,         1007, close reason no UTF-8",
        "81 81 00000000 FF,              1007, no UTF-8",
        "81 82 00000000 C080,            1007, overlong",
        "81 83 00000000 EDA080,          1007, surrogate",
        "81 84 00000000 F4908080,        1007, beyond Unicode",
        "81 82 00000000 E282,            1007, character cut short",
        "01 82 00000000 E228,            1007, at once within a fragment",
        "01 81 00000000 E2 80 81 00000000 28, 1007, across fragments",
    })
    void shouldEndTheConnectionWhenTheProtocolIsBroken(final String hex, final int code, final String why)
            throws Exception {
        try (RawSocketClient client = open()) {
            client.raw(HexFormat.of().parseHex(hex.replace(" ", "")));
            assertEquals(code, client.closed().code(), why);
        }
    }

    @Test
    void shouldRefuseAMessageWhoseFragmentsAreTooLargeTogether() throws Exception {
        try (RawSocketClient client = open()) {
            client.frame(TEXT, new byte[LIMIT / 2]);
            client.frame(CONTINUATION, new byte[LIMIT / 2]);
            client.frame(FIN | CONTINUATION, new byte[1]);
            assertEquals(1009, client.closed().code());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1014, 3000, 4999})
    void shouldConfirmACloseOnce(final int code) throws Exception {
        try (RawSocketClient client = open()) {
            client.text("last");
            client.frame(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code, 'b', 'y', 'e'});
            client.text("too late");
            assertEquals("last", client.next().text());
            final Frame close = client.next();
            assertEquals(CLOSE, close.opcode());
            assertEquals(code, close.code());
            assertNull(client.next());
        }
    }

    @Test
    void shouldConfirmACloseWithoutACode() throws Exception {
        try (RawSocketClient client = open()) {
            client.frame(FIN | CLOSE, new byte[0]);
            assertEquals(1000, client.next().code());
            assertNull(client.next());
        }
    }

    @Test
    void shouldPingAndGiveUpOnAClientThatIsSilent() throws Exception {
        final StreamLimits limits = StreamLimits.DEFAULT.withTimes(Duration.ofMillis(50), Duration.ofSeconds(30));
        try (EchoServer quick = EchoServer.start(new HttpLimits().streams(limits));
                RawSocketClient client = RawSocketClient.open(quick.server().port(), "/socket")) {
            assertEquals(PING, client.next().opcode());
            assertEquals(1001, client.closed().code());
        }
    }

    @Test
    void shouldSayGoodbyeWhenTheServerStops() throws Exception {
        final EchoServer stopping = EchoServer.start(new HttpLimits());
        try (RawSocketClient client = RawSocketClient.open(stopping.server().port(), "/socket")) {
            assertEquals("hello", client.text("hello").next().text());
            final Thread closing = new Thread(stopping::close);
            closing.start();
            assertEquals(1001, client.closed().code());
            client.hangUp();
            closing.join();
        }
    }
}
