package io.taktdb.testrunner.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taktdb.testrunner.plan.ServerSettings;
import io.taktdb.testrunner.server.ServerProvider;
import io.taktdb.testrunner.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Servers with canned answers; each request counts as a tick. Keeps what happened in {@link #events()}. */
final class StubServers implements ServerProvider {
    record Canned(int status, String type, String body) {}

    private final Map<String, Canned> answers = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    private final AtomicLong tick = new AtomicLong();
    private boolean own = true;

    StubServers json(final String line, final int status, final String body) {
        answers.put(line, new Canned(status, "application/json; charset=utf-8", body));
        return this;
    }

    StubServers other(final String line, final int status, final String type, final String body) {
        answers.put(line, new Canned(status, type, body));
        return this;
    }

    StubServers given() {
        own = false;
        return this;
    }

    List<String> events() {
        return events;
    }

    @Override
    public boolean givesOwnServers() {
        return own;
    }

    @Override
    public TestServer start(final ServerSettings settings) throws IOException {
        final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        events.add("start " + settings.tickRate());
        return new TestServer() {
            @Override
            public URI url() {
                return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            }

            @Override
            public void restart() {
                events.add("restart");
            }

            @Override
            public void kill() {
                events.add("kill");
            }

            @Override
            public String log() {
                return "the log";
            }

            @Override
            public void close() {
                events.add("close");
                server.stop(0);
            }
        };
    }

    private void answer(final HttpExchange exchange) throws IOException {
        final String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        final String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (!line.equals("GET /v1/status")) {
            events.add(body.isEmpty() ? line : line + " " + body);
        }
        final Canned canned = answers.getOrDefault(line, new Canned(200, "application/json", "{}"));
        exchange.getResponseHeaders().set("Takt-Tick", Long.toString(tick.incrementAndGet()));
        if (!canned.type().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", canned.type());
        }
        final byte[] bytes = canned.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(canned.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
