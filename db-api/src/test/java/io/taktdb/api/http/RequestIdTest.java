package io.taktdb.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Names of requests in answers and logs, and the log of administrative acts. */
final class RequestIdTest {
    private static final String ID = "X-Request-Id";
    private final ListAppender<ILoggingEvent> audit = new ListAppender<>();
    private TestServer server;

    @BeforeEach
    void start() {
        audit.start();
        logger("takt.audit").setLevel(Level.INFO);
        logger("takt.audit").addAppender(audit);
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
        logger("takt.audit").detachAppender(audit);
        logger("takt.audit").setLevel(null);
    }

    private static Logger logger(final String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }

    private static List<String> lines(final ListAppender<ILoggingEvent> appender) {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void shouldRepeatTheClientsIdWhenItIsAWord() {
        assertEquals(
                "trace-7.a:b_C",
                server.send("GET", "/v1/status", null, ID, "trace-7.a:b_C").header(ID));
        assertNull(server.get("/v1/status").header(ID));
    }

    @Test
    void shouldGiveItsOwnIdWhenTheClientsIsNoWord() {
        for (final String sent : new String[] {"a b", "x\"y", "a".repeat(65), "<script>"}) {
            final Answer answer = server.send("GET", "/v1/status", null, ID, sent);
            assertEquals(200, answer.status());
            assertNotEquals(sent, answer.header(ID));
            assertTrue(answer.header(ID).matches("[0-9a-f]{8}-\\d+"), answer.header(ID));
        }
    }

    @Test
    void shouldNameEveryRefusedRequestDifferently() {
        final Answer first = server.get("/no/such/route");
        final Answer second = server.get("/no/such/route");
        assertEquals(404, first.status());
        assertNotEquals(first.header(ID), second.header(ID));
    }

    @Test
    void shouldNoteEveryAdministrativeActWithWhoAndWhat() {
        server.send("POST", "/v1/tables", "{\"name\":\"hero\",\"fields\":[]}", ID, "act-1");
        server.send("POST", "/v1/tables", "{\"name\":\"hero\",\"fields\":[]}", ID, "act-2");
        server.send("DELETE", "/v1/tables/hero", null, ID, "act-3");
        server.send("GET", "/v1/tables", null, ID, "only-reads");
        server.send("POST", "/v1/push/loot", "{\"a\":1}", ID, "only-writes");
        final List<String> acts = lines(audit);
        assertEquals(3, acts.size(), acts.toString());
        final String made = "request=act-1, caller=(no token), method=POST, path=/v1/tables, status=201";
        assertTrue(acts.get(0).startsWith(made), acts.get(0));
        assertTrue(acts.get(1).contains("request=act-2") && acts.get(1).contains("status=409"), acts.get(1));
        assertTrue(acts.get(2).contains("method=DELETE, path=/v1/tables/hero, status=204"), acts.get(2));
    }
}
