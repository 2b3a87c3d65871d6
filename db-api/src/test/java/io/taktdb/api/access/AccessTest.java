package io.taktdb.api.access;

import static io.taktdb.api.access.TestTokens.bearer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.http.Role;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What holders of tokens may do, over REST and JSON-RPC, and what pages of other origins may. */
final class AccessTest {
    private static final String UNIT = "{\"name\":\"unit\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"}]}";
    private static final String RECORDS = "/v1/tables/unit/records";
    private AccessRule rule;
    private TestServer server;

    @BeforeEach
    void start() {
        rule = TestTokens.rule();
        server = TestServer.start(rule);
        assertEquals(
                201,
                server.send("POST", "/v1/tables", UNIT, bearer(TestTokens.ADMIN))
                        .status());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer rpc(final String secret, final String method, final String params) {
        return server.send(
                "POST",
                "/rpc",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}",
                bearer(secret));
    }

    private static String problem(final Answer answer) {
        return answer.json().at("/error/data/code").asText();
    }

    @Test
    void shouldServeEachRoleUpToItsRights() {
        assertEquals(
                201,
                server.send("POST", RECORDS, "{\"hp\":5}", bearer(TestTokens.WRITE))
                        .status());
        assertEquals(
                200,
                server.send("GET", RECORDS + "/1", null, bearer(TestTokens.READ))
                        .status());
        assertEquals(
                200,
                server.send("GET", "/v1/status", null, "Authorization", "bEaReR  " + TestTokens.READ)
                        .status());
        assertEquals(200, server.get("/health").status());
        assertEquals(
                200,
                server.send("GET", "/health", null, bearer("wrong-wrong-wrong")).status());
        final Answer denied = server.send("POST", RECORDS, "{\"hp\":6}", bearer(TestTokens.READ));
        assertEquals(403, denied.status());
        assertEquals("FORBIDDEN", denied.code());
        assertTrue(
                denied.json().get("detail").asText().contains("token=reader, role=read, needed=write"), denied.body());
        assertEquals(
                "1", server.send("GET", RECORDS, null, bearer(TestTokens.READ)).header("x-total-count"));
    }

    @Test
    void shouldChallengeWhenTokenIsMissingUnknownOrExpired() {
        final Answer none = server.get("/v1/status");
        assertEquals(401, none.status());
        assertEquals("UNAUTHORIZED", none.code());
        assertEquals("Bearer realm=\"taktdb\"", none.header("www-authenticate"));
        final Answer unknown = server.send("GET", "/v1/status", null, bearer(TestTokens.READ + "x"));
        assertEquals(401, unknown.status());
        assertEquals("Bearer realm=\"taktdb\", error=\"invalid_token\"", unknown.header("www-authenticate"));
        final Answer expired = server.send("GET", "/v1/status", null, bearer(TestTokens.EXPIRED));
        assertEquals(401, expired.status());
        assertEquals("expired", expired.json().get("token").asText());
    }

    @Test
    void shouldTakeTheNewTokensWhenTheyAreReplacedUnderAConnection() {
        assertEquals(
                200,
                server.send("GET", "/v1/status", null, bearer(TestTokens.READ)).status());
        rule.replaceTokens(new Tokens(List.of(Token.of("new", Role.READ, "another-secret-123"))));
        assertEquals(
                401,
                server.send("GET", "/v1/status", null, bearer(TestTokens.READ)).status());
        assertEquals(
                200,
                server.send("GET", "/v1/status", null, bearer("another-secret-123"))
                        .status());
    }

    @Test
    void shouldTouchOnlyItsTablesWhenTokenNamesThem() {
        final String secret = TestTokens.UNIT_ONLY;
        assertEquals(
                201, server.send("POST", RECORDS, "{\"hp\":5}", bearer(secret)).status());
        assertEquals(200, server.send("GET", RECORDS, null, bearer(secret)).status());
        for (final String path :
                List.of("/v1/tables/hero/records", "/v1/status", "/v1/schema", "/v1/tables", "/none")) {
            final int status = server.send("GET", path, null, bearer(secret)).status();
            assertEquals("/none".equals(path) ? 404 : 403, status, path);
        }
        assertEquals(
                403, server.send("POST", "/v1/push/hero", "{}", bearer(secret)).status());
        assertEquals(
                403, server.send("POST", "/v1/push/UNIT", "{}", bearer(secret)).status());
        assertEquals(
                403,
                server.send("POST", "/v1/transactions", "{\"operations\":[]}", bearer(secret))
                        .status());
        assertEquals(
                1,
                rpc(secret, "table.query", "{\"table\":\"unit\"}")
                        .json()
                        .at("/result/total")
                        .asInt());
        assertEquals("FORBIDDEN", problem(rpc(secret, "table.query", "[\"hero\"]")));
        assertEquals("FORBIDDEN", problem(rpc(secret, "transaction.run", "{\"operations\":[]}")));
        assertEquals("FORBIDDEN", problem(rpc(secret, "server.status", "{}")));
        assertEquals("FORBIDDEN", problem(rpc(secret, "test.nothing", "{}")));
    }

    @Test
    @Tag("rp_1:cors_headers")
    @Tag("rc_2:test_get_record_headers")
    void shouldAnswerPagesOfConfiguredOriginsOnly() throws IOException {
        final String line = "OPTIONS /v1/tables HTTP/1.1\r\nHost: localhost\r\nOrigin: ";
        final String asks = String.join(
                "\r\n",
                "",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization",
                "",
                "");
        try (var client = server.connect()) {
            final var preflight =
                    client.send(line + TestTokens.OTHER_ORIGIN + asks).receive();
            assertEquals(204, preflight.status());
            assertEquals(TestTokens.OTHER_ORIGIN, preflight.header("access-control-allow-origin"));
            assertTrue(preflight.header("access-control-allow-methods").contains("PATCH"));
            assertTrue(preflight.header("access-control-allow-headers").contains("authorization"));
            assertEquals("origin", preflight.header("vary"));
            final var denied = client.send("GET /v1/status HTTP/1.1\r\nHost: localhost\r\nOrigin: "
                            + TestTokens.OTHER_ORIGIN + "\r\n\r\n")
                    .receive();
            assertEquals(401, denied.status());
            assertEquals(TestTokens.OTHER_ORIGIN, denied.header("access-control-allow-origin"));
        }
        for (final String origin : List.of("https://evil.example", "https://game.example.evil.example", "null")) {
            try (var client = server.connect()) {
                final var refused = client.send(line + origin + asks).receive();
                assertEquals(403, refused.status(), origin);
                assertNull(refused.header("access-control-allow-origin"));
            }
        }
    }
}
