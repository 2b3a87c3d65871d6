package io.taktdb.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.testing.JdkSocket;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.time.InstantSource;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rate of one client, by a clock of the test's own, and once over HTTP. */
final class RateLimitTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private static DbException refused(final RateLimit limit, final String client, final long nowNs) {
        return assertThrows(DbException.class, () -> limit.take(client, nowNs));
    }

    @Test
    void shouldLetThroughOneSecondsWorthAndThenAsMuchAsTheRate() {
        final RateLimit limit = RateLimit.perSecond(4);
        for (int i = 0; i < 4; i++) {
            limit.take("a", 100);
        }
        final DbException first = refused(limit, "a", 100);
        assertEquals(ErrorCode.RATE_LIMITED, first.code());
        assertEquals(1L, first.attributes().get("retryAfter"));
        limit.take("b", 100);
        limit.take("a", 100 + SECOND_NS / 4);
        refused(limit, "a", 100 + SECOND_NS / 4);
        for (int i = 0; i < 4; i++) {
            limit.take("a", 100 + 10 * SECOND_NS);
        }
        refused(limit, "a", 100 + 10 * SECOND_NS);
    }

    @Test
    void shouldForgetTheClientsThatCameLeastRecently() {
        final RateLimit limit = RateLimit.perSecond(1);
        limit.take("first", 0);
        refused(limit, "first", 0);
        for (int i = 0; i < RateLimit.MAX_CLIENTS; i++) {
            limit.take("other " + i, 0);
        }
        limit.take("first", 0);
    }

    @Test
    @Tag("rp_2:test_rpc_rate_limiting")
    void shouldAnswer429WithTheTimeToWait() {
        final AccessRule rule =
                new AccessRule(OriginRule.loopback(), Tokens.NONE, InstantSource.system(), RateLimit.perSecond(1));
        try (TestServer server = TestServer.start(rule)) {
            Answer last = server.get("/v1/tables");
            assertEquals(200, last.status(), last.toString());
            for (int i = 0; i < 1000 && last.status() == 200; i++) {
                last = server.get("/v1/tables");
            }
            assertEquals(429, last.status(), last.toString());
            assertEquals("RATE_LIMITED", last.code());
            assertTrue(Integer.parseInt(last.header("retry-after")) >= 1, last.toString());
        }
    }

    /** One call a second, and far fewer seconds than calls. */
    @Test
    void shouldCountEachCallOfABatchAndOfAWebSocket() throws Exception {
        final String call = "{\"jsonrpc\":\"2.0\",\"method\":\"server.status\",\"id\":1}";
        try (TestServer server = TestServer.start(rule(1))) {
            final String batch = "[" + String.join(",", Collections.nCopies(500, call)) + "]";
            final JsonNode answers = server.rpc(batch).json();
            assertEquals(500, answers.size());
            assertEquals("RATE_LIMITED", answers.at("/499/error/data/code").asText(), answers.toString());
        }
        try (TestServer server = TestServer.start(rule(1));
                JdkSocket socket = new JdkSocket(server.api().port())) {
            String code = "";
            for (int i = 0; i < 500 && code.isEmpty(); i++) {
                code = socket.send(call).next().at("/error/data/code").asText();
            }
            assertEquals("RATE_LIMITED", code);
        }
    }

    private static AccessRule rule(final int perSecond) {
        return new AccessRule(
                OriginRule.loopback(), Tokens.NONE, InstantSource.system(), RateLimit.perSecond(perSecond));
    }
}
