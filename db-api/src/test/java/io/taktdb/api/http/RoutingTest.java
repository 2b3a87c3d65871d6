package io.taktdb.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.testing.EchoServer;
import io.taktdb.api.testing.RawClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which handler a request reaches, and what is answered when it reaches none. */
final class RoutingTest {
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

    private static RawClient.Answer ask(final String lineAndHeaders) throws IOException {
        try (RawClient client = server.connect()) {
            return client.send(lineAndHeaders + "\r\n").receive();
        }
    }

    private static RawClient.Answer get(final String target) throws IOException {
        return ask("GET " + target + " HTTP/1.1\r\n" + HOST);
    }

    private static RawClient.Answer post(final String headers, final String body) throws IOException {
        return ask("POST /echo HTTP/1.1\r\n" + HOST + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    @ParameterizedTest
    @CsvSource({
        "/items/a%2Fb, a/b",
        "/items/%41, A",
        "/items/%C3%A9, é",
        "/items/.., ..",
        "/items/a+b, a+b",
        "/%69tems/x, x",
        "/items/x?q=1, x"
    })
    @Tag("el_2:test_api_request_handler_registration")
    void shouldDecodeSegmentsAfterSplittingWhenPathIsEncoded(final String target, final String id) throws IOException {
        assertEquals(id, get(target).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items/%", "/items/%4", "/items/%zz", "/items/%FF", "/items/%C0%AF", "/query?q=%ED%A0%80"})
    void shouldAnswer400WhenEscapeIsBad(final String target) throws IOException {
        assertEquals(400, get(target).status());
    }

    @Test
    void shouldDecodeQueryWhenItHasPlusAndEscapes() throws IOException {
        assertEquals("a b&c", get("/query?q=a+b%26c").body());
    }

    @Test
    void shouldAnswer400WhenQueryParameterIsGivenTwice() throws IOException {
        final RawClient.Answer answer = get("/query?q=1&q=2");
        assertEquals(400, answer.status());
        assertTrue(answer.body().contains("INVALID_PARAMETER"), answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/items", "/items/a/b", "//items/a", "/items%2Fa", "/ITEMS/a", "/../items"})
    void shouldAnswer404ProblemWhenThereIsNoRoute(final String target) throws IOException {
        final RawClient.Answer answer = get(target);
        assertEquals(404, answer.status(), answer.body());
        assertEquals("application/problem+json", answer.header("content-type"));
        assertTrue(
                answer.body()
                        .startsWith("{\"type\":\"urn:taktdb:error:ROUTE_NOT_FOUND\",\"title\":\"Route not found\","
                                + "\"status\":404,\"code\":\"ROUTE_NOT_FOUND\",\"detail\":\""),
                answer.body());
    }

    @Test
    void shouldAnswer405WithAllowWhenMethodIsAnother() throws IOException {
        final RawClient.Answer answer = ask("POST /items/1 HTTP/1.1\r\n" + HOST);
        assertEquals(405, answer.status());
        assertEquals("DELETE, GET, HEAD, OPTIONS", answer.header("allow"));
        assertEquals(405, ask("BREW / HTTP/1.1\r\n" + HOST).status());
    }

    @Test
    void shouldListMethodsWhenAskedForOptions() throws IOException {
        final RawClient.Answer answer = ask("OPTIONS /echo HTTP/1.1\r\n" + HOST);
        assertEquals(204, answer.status());
        assertEquals("OPTIONS, POST", answer.header("allow"));
        assertNull(answer.header("content-length"));
        assertEquals(
                "DELETE, GET, HEAD, OPTIONS, POST",
                ask("OPTIONS * HTTP/1.1\r\n" + HOST).header("allow"));
    }

    @Test
    void shouldDescribeButNotSendContentWhenAskedForHead() throws IOException {
        try (RawClient client = server.connect()) {
            final RawClient.Answer head =
                    client.send("HEAD / HTTP/1.1\r\n" + HOST + "\r\n").receiveHead();
            assertEquals("5", head.header("content-length"));
            assertEquals(
                    404,
                    client.send("HEAD /no HTTP/1.1\r\n" + HOST + "\r\n")
                            .receiveHead()
                            .status());
            final RawClient.Answer file =
                    client.send("HEAD /file HTTP/1.1\r\n" + HOST + "\r\n").receiveHead();
            assertEquals("12", file.header("content-length"));
            assertEquals(
                    "hello",
                    client.send("GET / HTTP/1.1\r\n" + HOST + "\r\n").receive().body());
        }
    }

    @Test
    void shouldSendFileAndDeleteItWhenContentIsAFile() throws IOException {
        try (EchoServer own = EchoServer.start(new HttpLimits());
                RawClient client = own.connect()) {
            client.send(("GET /file HTTP/1.1\r\n" + HOST + "\r\n").repeat(2) + "GET / HTTP/1.1\r\n" + HOST + "\r\n");
            assertEquals("file content", client.receive().body());
            assertEquals("file content", client.receive().body());
            assertEquals("hello", client.receive().body());
            assertEquals(2, own.filesGone());
        }
    }

    @Test
    void shouldHoldDateAndTypeWhenItAnswers() throws IOException {
        final RawClient.Answer answer = get("/");
        assertEquals("text/plain; charset=utf-8", answer.header("content-type"));
        assertTrue(
                answer.header("date").matches("\\w{3}, \\d{2} \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"),
                answer.header("date"));
        assertNull(answer.header("connection"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/plain\r\n",
                "Content-Type: application/json; charset=latin1\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n",
                "Content-Type: application/json\r\nContent-Encoding: gzip\r\n"
            })
    void shouldAnswer415WhenContentTypeIsNotJson(final String header) throws IOException {
        assertEquals(415, post(header, "{}").status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "Application/JSON; Charset=\"UTF-8\"", "application/json;charset=utf-8"})
    void shouldAcceptWhenContentTypeIsJson(final String type) throws IOException {
        assertEquals("{}", post("Content-Type: " + type + "\r\n", "{}").body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*|200",
                "text/*;q=0.5|200",
                "text/html, text/plain|200",
                "application/json|406",
                "text/plain;q=0|406",
                "text/plain;q=0, */*|406",
                "image/png, */*;q=0.0|406"
            })
    void shouldHonourAcceptWhenItIsGiven(final String accept, final int status) throws IOException {
        assertEquals(
                status,
                ask("GET / HTTP/1.1\r\n" + HOST + "Accept: " + accept + "\r\n").status());
    }

    @Test
    @Tag("sj_1:test_rest_api_schema_error_handling")
    @Tag("rc_2:test_get_record_corrupted_buffer")
    void shouldTellOnlyTheIncidentWhenHandlerHasADefect() throws IOException {
        final RawClient.Answer answer = get("/defect");
        assertEquals(500, answer.status());
        assertTrue(answer.body().matches(".*\"incident\":\"[0-9a-f]{16}\".*"), answer.body());
        assertFalse(answer.body().contains("secret"), answer.body());
    }

    @Test
    void shouldSendContinueWhenClientWaitsForIt() throws IOException {
        final String head = "POST /echo HTTP/1.1\r\n" + HOST + "Expect: 100-continue\r\nContent-Length: 2\r\n";
        try (RawClient client = server.connect()) {
            assertEquals(
                    100,
                    client.send(head + "Content-Type: application/json\r\n\r\n")
                            .receive()
                            .status());
            assertEquals("{}", client.send("{}").receive().body());
            final RawClient.Answer refused =
                    client.send(head + "Content-Type: text/plain\r\n\r\n").receive();
            assertEquals(415, refused.status());
            assertEquals("close", refused.header("connection"));
        }
    }

    @Test
    void shouldKeepConnectionWhenRefusedBodyIsSmall() throws IOException {
        try (RawClient client = server.connect()) {
            client.send("POST /nothing HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\n\r\n12345GET / HTTP/1.1\r\n" + HOST
                    + "\r\n");
            assertEquals(404, client.receive().status());
            assertEquals("hello", client.receive().body());
        }
    }

    @Test
    void shouldCloseUnlessAskedOtherwiseWhenClientSpeaksHttp10() throws IOException {
        try (RawClient client = server.connect()) {
            final RawClient.Answer kept = client.send("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                    .receive();
            assertEquals("keep-alive", kept.header("connection"));
            assertEquals(
                    "close", client.send("GET / HTTP/1.0\r\n\r\n").receive().header("connection"));
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void shouldListAllRoutesWithTheirRolesWhenRouterIsAsked() {
        final Handler nothing = exchange -> {};
        final Router router =
                new Router(List.of(Route.get("/a", Role.READ, nothing), Route.get("/a/{x}", Role.READ, nothing)));
        assertEquals(2, router.routes().size());
        router.routes().forEach(route -> assertNotNull(route.role()));
    }

    @Test
    void shouldRefuseToBuildWhenARouteIsThereTwice() {
        final Handler nothing = exchange -> {};
        final List<Route> routes =
                List.of(Route.get("/a/{x}", Role.READ, nothing), Route.get("/a/{y}", Role.READ, nothing));
        assertThrows(IllegalArgumentException.class, () -> new Router(routes));
    }
}
