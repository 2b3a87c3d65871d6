package io.taktdb.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import io.taktdb.testrunner.plan.InvalidPlanException;
import io.taktdb.testrunner.plan.ServerSettings;
import io.taktdb.testrunner.report.Outcome;
import io.taktdb.testrunner.report.Report;
import io.taktdb.testrunner.run.PlanRunner;
import io.taktdb.testrunner.server.ServerProvider;
import io.taktdb.testrunner.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plans find what is broken: a server with one fault makes those behaviours red that the fault concerns. */
class BrokenServerTest {
    private static final Path PLANS = Path.of(System.getProperty("taktdb.home"), "test-plans/plans");
    private static final Set<String> NOT_SENT = Set.of("host", "connection", "content-length", "expect", "upgrade");

    @TempDir
    private Path folder;

    /** What is wrong with a server, the behaviours that show it, and some that do not concern it. */
    enum Fault {
        NONE(Set.of(), Set.of("rc_4/test_delete_existing_record", "rc_5/list_records_with_limit_offset")),
        FORGETS_DELETES(
                Set.of("rc_4/test_delete_nonexistent_record"),
                Set.of("rc_1/test_insert_record_success", "rc_5/list_records_with_limit_offset")),
        PAGES_ARE_TOO_LONG(
                Set.of("rc_5/list_records_with_limit_offset"),
                Set.of("rc_1/test_insert_record_success", "rc_4/test_delete_existing_record")),
        PATCH_REPLACES(
                Set.of("rc_3/test_update_partial_fields"),
                Set.of("rc_1/test_insert_record_success", "rc_5/list_records_with_limit_offset"));

        private final String red;
        private final String green;

        Fault(final Set<String> red, final Set<String> green) {
            this.red = String.join(" ", red);
            this.green = String.join(" ", green);
        }

        private static Set<String> names(final String joined) {
            return joined.isEmpty() ? Set.of() : Set.of(joined.split(" ", -1));
        }

        /** Behaviours that fail. */
        Set<String> red() {
            return names(red);
        }

        /** Behaviours that pass beside them. */
        Set<String> green() {
            return names(green);
        }

        String method(final String method) {
            return this == PATCH_REPLACES && method.equals("PATCH") ? "PUT" : method;
        }

        String target(final String target) {
            return this == PAGES_ARE_TOO_LONG && target.contains("limit=2")
                    ? target.replace("limit=2", "limit=3")
                    : target;
        }

        boolean swallows(final String method, final String target) {
            return this == FORGETS_DELETES && method.equals("DELETE") && target.matches("/v1/tables/\\w+/records/\\d+");
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void shouldTurnTheRightBehavioursRed(final Fault fault) throws InvalidPlanException {
        final List<Path> plans = List.of(PLANS.resolve("records.yaml"), PLANS.resolve("paging.yaml"));
        final Report report = PlanRunner.run(plans, servers(fault));
        final Set<String> red = new TreeSet<>();
        for (final Map.Entry<String, Outcome> one : report.behaviours().entrySet()) {
            if (one.getValue() == Outcome.FAILED) {
                red.add(one.getKey());
            }
        }
        assertTrue(red.containsAll(fault.red()), () -> "not all are red: expected=" + fault.red() + ", red=" + red);
        for (final String name : fault.green()) {
            assertEquals(Outcome.PASSED, report.behaviours().get(name), () -> name + " beside " + red);
        }
        assertEquals(fault.red().isEmpty(), report.isGreen(), () -> report.summary() + ", red=" + red);
    }

    private ServerProvider servers(final Fault fault) {
        return new ServerProvider() {
            private int started;

            @Override
            public boolean givesOwnServers() {
                return true;
            }

            @Override
            public TestServer start(final ServerSettings settings) throws IOException {
                return new Broken(fault, Files.createDirectory(folder.resolve("data" + started++)));
            }
        };
    }

    /** A server behind a door that changes what goes through. */
    private static final class Broken implements TestServer {
        private final HttpClient client = HttpClient.newHttpClient();
        private final Fault fault;
        private final TaktServer server;
        private final HttpServer door;

        Broken(final Fault fault, final Path data) throws IOException {
            this.fault = fault;
            server = TaktServer.start(ServerConfig.of(data).withPort(0), List.of());
            door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            door.createContext("/", this::pass);
            door.start();
        }

        private void pass(final HttpExchange exchange) throws IOException {
            final String method = exchange.getRequestMethod();
            final String target = exchange.getRequestURI().toString();
            final byte[] body = exchange.getRequestBody().readAllBytes();
            if (fault.swallows(method, target)) {
                exchange.sendResponseHeaders(204, -1);
                exchange.close();
                return;
            }
            final HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.port() + fault.target(target)))
                    .method(fault.method(method), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!NOT_SENT.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            answer(exchange, request.build());
        }

        private void answer(final HttpExchange exchange, final HttpRequest request) throws IOException {
            try {
                final HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                response.headers().map().forEach((name, values) -> {
                    if (!NOT_SENT.contains(name)) {
                        exchange.getResponseHeaders().put(name, values);
                    }
                });
                final boolean isEmpty = response.body().length == 0;
                exchange.sendResponseHeaders(response.statusCode(), isEmpty ? -1 : response.body().length);
                if (!isEmpty) {
                    exchange.getResponseBody().write(response.body());
                }
                exchange.close();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public URI url() {
            return URI.create("http://127.0.0.1:" + door.getAddress().getPort());
        }

        @Override
        public void restart() {
            throw new IllegalStateException("not restarted here");
        }

        @Override
        public void kill() {
            throw new IllegalStateException("not killed here");
        }

        @Override
        public String log() {
            return "";
        }

        @Override
        public void close() {
            door.stop(0);
            server.close();
        }
    }
}
