package io.taktdb.testrunner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

final class PlansCommandTest {
    private record Run(int code, String out, String err) {}

    @TempDir
    private Path folder;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            final byte[] body = "{\"a\":\"\\u0001<&\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static Run run(final String... args) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final int code = PlansCommand.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void plan(final String name, final String title, final int expectedStatus) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "title: " + title + "\ncovers: [rs_1/test_create_table_success]\nsteps:\n"
                        + "  - {request: {method: GET, path: /v1/x}, expect: {status: " + expectedStatus + "}}\n");
    }

    @Test
    void shouldEndWithZeroAndCountsWhenAllPass() throws IOException {
        plan("a.yaml", "First", 200);
        plan("b.yaml", "Second", 200);
        final Run run = run(folder.toString(), "--server", url());
        assertEquals(0, run.code(), run::err);
        assertTrue(run.out().startsWith("passed  a.yaml  First  (1 steps, "), run::out);
        assertTrue(run.out().endsWith("\n2 passed, 0 failed, 0 skipped\n"), run::out);
    }

    @Test
    void shouldEndWithOneAndWriteReportsWhenSomeFail() throws IOException, ParserConfigurationException, SAXException {
        plan("a.yaml", "First", 200);
        plan("b.yaml", "Second", 201);
        final Path junit = folder.resolve("junit.xml");
        final Path json = folder.resolve("out.result");
        final Run run =
                run(folder.toString(), "--server", url(), "--junit", junit.toString(), "--json", json.toString());
        assertEquals(1, run.code(), run::err);
        assertTrue(run.out().contains("failed: GET /v1/x  (" + folder.resolve("b.yaml") + ":4)"), run::out);
        assertTrue(run.out().contains("    $.status: expected 201, got 200"), run::out);
        assertTrue(run.out().endsWith("\n1 passed, 1 failed, 0 skipped\n"), run::out);

        final JsonNode report = new JsonMapper().readTree(json.toFile());
        assertEquals("1 1 0", report.get("passed") + " " + report.get("failed") + " " + report.get("skipped"));
        assertEquals(
                "{\"rs_1/test_create_table_success\":\"failed\"}",
                report.get("behaviours").toString());
        final Element suites = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(junit.toFile())
                .getDocumentElement();
        assertEquals(2, suites.getElementsByTagName("testcase").getLength());
        final Element failure = (Element) suites.getElementsByTagName("failure").item(0);
        assertEquals("$.status: expected 201, got 200", failure.getAttribute("message"));
    }

    @Test
    void shouldRunOnlyWhatMatchesWhenFilterIsGiven() throws IOException {
        plan("a.yaml", "First", 200);
        plan("b.yaml", "Second", 201);
        assertEquals(
                0,
                run(folder.toString(), "--server", url(), "--filter", "FIRST").code());
        assertEquals(
                1,
                run(folder.toString(), "--server", url(), "--filter", "rs_1/").code());
        assertEquals(
                2,
                run(folder.toString(), "--server", url(), "--filter", "third").code());
    }

    @Test
    void shouldEndWithTwoAndAllFaultsWhenFileIsNoPlan() throws IOException {
        plan("a.yaml", "First", 200);
        Files.writeString(folder.resolve("b.yaml"), "title: t\nstep: []\n");
        final Run run = run(folder.toString(), "--server", url());
        assertEquals(2, run.code());
        assertTrue(run.err().contains("b.yaml:2: unknown key: key=step; did you mean steps?"), run::err);
        assertEquals("", run.out(), "nothing was run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nope", "missing.yaml", "--server nonsense .", "--server ftp://x .", "--junit"})
    void shouldEndWithTwoWhenArgumentsAreWrong(final String line) {
        final Run run = run(line.split(" ", -1));
        assertEquals(2, run.code(), run::err);
        assertTrue(run.err().startsWith("error: "), run::err);
    }
}
