package io.taktdb.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.testing.RawClient;
import io.taktdb.api.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every route and every method of JSON-RPC refuses whoever lacks its role. Generated from the router and from {@code
 * rpc.discover}: what is new is in here by itself, and what is new and open must be listed here.
 */
final class DenialTest {
    private static final Set<String> PUBLIC =
            Set.of("GET /", "GET /health", "GET /ready", "GET /explore", "GET /openapi.json", "GET /openapi.yaml");
    private static final Set<String> READING_METHODS = Set.of(
            "table.get", "table.query", "schema.get", "server.status", "rpc.discover", "subscribe", "unsubscribe");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "ANY");
    private static final String UPGRADE = String.join(
            "\r\n",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "");
    private static final List<String> NO_VALID_TOKEN = List.of(
            "",
            "Authorization: Bearer wrong-wrong-wrong-wrong\r\n",
            "Authorization: Bearer " + TestTokens.EXPIRED + "\r\n",
            "Authorization: Bearer\r\n",
            "Authorization:\r\n",
            "Authorization: " + TestTokens.ADMIN + "\r\n",
            "Authorization: Basic " + TestTokens.ADMIN + "\r\n",
            "Authorization: Bearer " + TestTokens.ADMIN.toUpperCase(java.util.Locale.ROOT) + "\r\n",
            "Authorization: Bearer " + TestTokens.ADMIN + "," + TestTokens.ADMIN + "\r\n",
            "Authorization: Bearer wrong-wrong-wrong\r\nAuthorization: Bearer " + TestTokens.ADMIN + "\r\n",
            "Proxy-Authorization: Bearer " + TestTokens.ADMIN + "\r\nX-Takt-Token: " + TestTokens.ADMIN + "\r\n",
            "Cookie: authorization=" + TestTokens.ADMIN + "\r\nX-HTTP-Method-Override: GET\r\n",
            "X-Forwarded-For: 127.0.0.1\r\nX-Original-URL: /health\r\nX-Rewrite-URL: /health\r\n",
            UPGRADE);

    private static TestServer server;
    private static String schema;

    @BeforeAll
    static void start() {
        server = TestServer.start(TestTokens.rule());
        final String[] admin = TestTokens.bearer(TestTokens.ADMIN);
        server.send("POST", "/v1/push/unit", "[{\"hp\":1},{\"hp\":2}]", admin);
        schema = world();
    }

    /** Nothing of all that was refused may have changed anything. */
    @AfterAll
    static void stop() {
        try {
            assertEquals(schema, world());
        } finally {
            server.close();
        }
    }

    private static String world() {
        final String[] admin = TestTokens.bearer(TestTokens.ADMIN);
        return server.send("GET", "/v1/schema", null, admin).body()
                + server.send("GET", "/v1/tables/unit/records", null, admin).body();
    }

    private static List<Route> routes() {
        return server.api().router().routes();
    }

    private static String path(final Route route) {
        return route.pattern()
                .replace("{table}", "unit")
                .replace("{collection}", "unit")
                .replaceAll("\\{[^}]*}", "1");
    }

    private static String headers(final String secret) {
        return "Authorization: Bearer " + secret + "\r\n";
    }

    /** The status of one request on a connection of its own. */
    private static int status(final String method, final String target, final String headers) throws IOException {
        try (RawClient client = server.connect()) {
            client.send(method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + headers + "Content-Length: 2\r\n\r\n{}");
            return ("HEAD".equals(method) ? client.receiveHead() : client.receive()).status();
        }
    }

    private static boolean isPublic(final String method, final String pattern) {
        return PUBLIC.contains(("HEAD".equals(method) ? "GET" : method) + ' ' + pattern);
    }

    @Test
    void shouldHaveNoOtherPublicRoutesThanThoseListed() {
        final List<String> open = routes().stream()
                .filter(route -> route.role() == Role.PUBLIC)
                .map(route -> route.method() + ' ' + route.pattern())
                .sorted()
                .toList();
        assertEquals(PUBLIC.stream().sorted().toList(), open);
    }

    @Test
    @Tag("rs_2:test_delete_table_permissions")
    @Tag("rc_4:test_delete_with_authentication")
    @Tag("re_1:test_rest_api_load_with_authentication")
    void shouldAnswer401OnEveryRouteWhenThereIsNoValidToken() throws IOException {
        for (final Route route : routes()) {
            for (final String headers : NO_VALID_TOKEN) {
                final int status = status(route.method(), path(route), headers);
                final boolean isOpen = route.role() == Role.PUBLIC;
                assertEquals(isOpen ? 200 : 401, status, route.method() + ' ' + route.pattern() + '\n' + headers);
            }
            final String inQuery = path(route) + "?access_token=" + TestTokens.ADMIN + "&token=" + TestTokens.ADMIN;
            assertTrue(route.role() == Role.PUBLIC || status(route.method(), inQuery, "") == 401, inQuery);
        }
    }

    @Test
    void shouldAnswer403OnEveryRouteWhenRoleIsTooLow() throws IOException {
        int denied = 0;
        for (final Route route : routes()) {
            if (route.role().compareTo(Role.READ) > 0) {
                assertEquals(403, status(route.method(), path(route), headers(TestTokens.READ)), route.pattern());
                denied++;
            }
            if (route.role().compareTo(Role.WRITE) > 0) {
                assertEquals(403, status(route.method(), path(route), headers(TestTokens.WRITE)), route.pattern());
                denied++;
            }
        }
        assertTrue(denied > 20, "denied=" + denied);
    }

    @Test
    void shouldAnswer401WhateverTheMethodWhenThereIsNoToken() throws IOException {
        for (final Route route : routes()) {
            for (final String method : METHODS) {
                final int status = status(method, path(route), "");
                final int expected = isPublic(method, route.pattern()) ? 200 : 401;
                assertEquals(expected, status, method + ' ' + route.pattern());
            }
        }
        assertEquals(401, status("GET", "/no/such/route", ""));
        assertEquals(401, status("OPTIONS", "*", ""));
    }

    @Test
    void shouldLetNobodyThroughWhenPathPlaysTricks() throws IOException {
        for (final Route route : routes()) {
            for (final String target : tricks(path(route))) {
                final int anonymous = status(route.method(), target, "");
                final boolean isRoot = route.role() == Role.PUBLIC;
                assertTrue(anonymous >= 400 || isRoot, route.method() + ' ' + target + " -> " + anonymous);
                if (route.role() == Role.ADMIN) {
                    final int writer = status(route.method(), target, headers(TestTokens.WRITE));
                    assertTrue(writer >= 400, route.method() + ' ' + target + " -> " + writer);
                }
            }
        }
    }

    private static List<String> tricks(final String path) {
        final List<String> tricks = new ArrayList<>(List.of(
                path + '/',
                path + "//",
                path + "/.",
                path + "/..",
                path + "/../",
                path + ";role=admin",
                path + "%00",
                path + "%20",
                path + "?",
                path + "?/health",
                "/" + path,
                "/." + path,
                "/health/.." + path,
                "/health%2f.." + path,
                "/health;" + path,
                "/%2e" + path,
                path.replace("/", "%2F"),
                path.replace("/", "%5C"),
                path.replace("/", "//"),
                path.toUpperCase(java.util.Locale.ROOT),
                path.replace("1", "%31").replace("v", "%76"),
                "http://localhost" + path,
                "http://127.0.0.1:1" + path,
                "http://evil.example" + path));
        if (path.length() > 1) {
            tricks.add("/" + path.substring(1).replace("/", "%2F"));
            tricks.add("/" + path.substring(1).replace("/", "%252F"));
        }
        return tricks;
    }

    @Test
    void shouldRefuseEveryWritingMethodOfRpcWhenTokenOnlyReads() {
        final JsonNode document = call("rpc.discover");
        final List<String> methods = new ArrayList<>();
        document.at("/result/methods")
                .forEach(one -> methods.add(one.get("name").asText()));
        assertTrue(methods.size() > READING_METHODS.size(), methods.toString());
        for (final String method : methods) {
            final boolean isForbidden =
                    "FORBIDDEN".equals(call(method).at("/error/data/code").asText());
            assertEquals(!READING_METHODS.contains(method), isForbidden, method);
        }
    }

    private static JsonNode call(final String method) {
        return server.send("POST", "/rpc", request(method, 1), TestTokens.bearer(TestTokens.READ))
                .json();
    }

    private static String request(final String method, final int id) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"" + (id == 0 ? "" : ",\"id\":" + id) + "}";
    }

    @Test
    void shouldRefuseEachOfABatchForItselfWhenTokenOnlyReads() {
        final String push = "{\"jsonrpc\":\"2.0\",\"method\":\"table.push\",\"params\":[\"unit\",{\"hp\":9}]";
        final JsonNode answers = server.send(
                        "POST",
                        "/rpc",
                        "[" + request("server.status", 1) + "," + push + "}," + push + ",\"id\":2}]",
                        TestTokens.bearer(TestTokens.READ))
                .json();
        assertEquals(2, answers.size(), answers.toString());
        assertTrue(answers.get(0).has("result"), answers.toString());
        assertEquals("FORBIDDEN", answers.at("/1/error/data/code").asText());
    }
}
