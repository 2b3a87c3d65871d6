package io.taktdb.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.http.Role;
import io.taktdb.api.testing.EventClient;
import io.taktdb.api.testing.RawSocketClient;
import io.taktdb.api.testing.TestServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is open when its token is taken away, or no longer for its table. */
final class OpenStreamTest {
    private static final String READER = "Authorization: Bearer " + TestTokens.READ;
    private final AccessRule rule = TestTokens.rule();
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(rule);
        server.send("POST", "/v1/push/unit", "[{\"hp\":1}]", TestTokens.bearer(TestTokens.ADMIN));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void replaceTokens(final String... lines) {
        rule.replaceTokens(new Tokens(Tokens.parse(List.of(lines))));
    }

    @Test
    void shouldEndStreamOfEventsWhenTokenIsTakenAway() throws IOException {
        try (EventClient events = new EventClient(server.api().port(), "/v1/stream/unit", READER)) {
            assertEquals(200, events.status());
            replaceTokens(Token.of("boss", Role.ADMIN, TestTokens.ADMIN).toString());
            final EventClient.Event end = events.next("end");
            assertEquals("UNAUTHORIZED", end.data().get("code").asText(), end.toString());
        }
    }

    @Test
    void shouldEndStreamOfEventsWhenTokenIsForOtherTablesNow() throws IOException {
        try (EventClient events = new EventClient(server.api().port(), "/v1/stream/unit", READER)) {
            replaceTokens(Token.of("reader", Role.READ, TestTokens.READ) + " tables=hero");
            final EventClient.Event end = events.next("end");
            assertEquals("FORBIDDEN", end.data().get("code").asText(), end.toString());
        }
    }

    @Test
    void shouldCloseWebSocketWhenTokenIsTakenAway() throws IOException {
        try (RawSocketClient socket =
                new RawSocketClient(server.api().port(), RawSocketClient.handshake("/ws", READER + "\r\n"))) {
            replaceTokens(Token.of("boss", Role.ADMIN, TestTokens.ADMIN).toString());
            final RawSocketClient.Frame close = socket.closed();
            assertEquals(1008, close.code());
        }
    }

    @Test
    void shouldKeepStreamsOfTokensThatStay() throws IOException {
        try (EventClient events = new EventClient(server.api().port(), "/v1/stream/unit", READER);
                RawSocketClient ending = new RawSocketClient(
                        server.api().port(),
                        RawSocketClient.handshake("/ws", "Authorization: Bearer " + TestTokens.WRITE + "\r\n"))) {
            replaceTokens(
                    Token.of("reader", Role.READ, TestTokens.READ).toString(),
                    Token.of("boss", Role.ADMIN, TestTokens.ADMIN).toString());
            assertEquals(1008, ending.closed().code()); // both were looked at by then
            server.send("POST", "/v1/push/unit", "[{\"hp\":2}]", TestTokens.bearer(TestTokens.ADMIN));
            assertTrue(events.next("change").data().has("inserted"));
        }
    }
}
