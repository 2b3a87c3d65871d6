package io.taktdb.api.testing;

import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.FileContent;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.MediaType;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.http.Router;
import io.taktdb.api.server.HttpServer;
import io.taktdb.api.server.HttpServerConfig;
import io.taktdb.api.socket.Handshake;
import io.taktdb.runtime.command.Submission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The real server with routes that only repeat what they were sent. */
public final class EchoServer implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<Exchange> held = new LinkedBlockingQueue<>();
    private final AtomicInteger filesGone = new AtomicInteger();

    private EchoServer(final HttpServerConfig config, final Consumer<Submission> engine) {
        server = new HttpServer(config, new Router(routes()), engine).listen();
    }

    public static EchoServer start(final HttpLimits limits) {
        return start(HttpServerConfig.loopback(0).withLimits(limits).withEventLoops(1), submission -> {});
    }

    public static EchoServer start(final HttpServerConfig config, final Consumer<Submission> engine) {
        return new EchoServer(config, engine);
    }

    private List<Route> routes() {
        return List.of(
                Route.get("/", Role.PUBLIC, "text/plain", exchange -> text(exchange, "hello")),
                Route.post("/echo", Role.WRITE, BodyRule.JSON, EchoServer::echo),
                Route.post("/bulk", Role.WRITE, BodyRule.BULK_JSON, EchoServer::echo),
                Route.get("/items/{id}", Role.READ, "text/plain", exchange -> text(exchange, exchange.path("id"))),
                Route.delete("/items/{id}", Role.WRITE, exchange -> exchange.respond(Response.of(204))),
                Route.get(
                        "/query",
                        Role.READ,
                        "text/plain",
                        exchange -> text(exchange, exchange.query().text("q"))),
                Route.get("/held/{name}", Role.READ, "text/plain", held::add),
                Route.get("/large", Role.READ, "text/plain", exchange -> text(exchange, "x".repeat(4 << 20))),
                Route.get("/file", Role.READ, "text/plain", this::file),
                Route.get("/socket", Role.READ, exchange -> Handshake.accept(exchange, EchoSocket.session())),
                Route.get("/defect", Role.READ, exchange -> {
                    throw new IllegalStateException("secret");
                }));
    }

    private static void text(final Exchange exchange, final String text) {
        exchange.respond(Response.of(200).text("text/plain; charset=utf-8", text, exchange.allocator()));
    }

    private static void echo(final Exchange exchange) {
        exchange.respond(
                Response.of(200).content(MediaType.JSON, exchange.newContent().writeBytes(exchange.body())));
    }

    private void file(final Exchange exchange) throws IOException {
        final Path path = Files.createTempFile("takt-echo", ".txt");
        Files.writeString(path, "file content", StandardCharsets.UTF_8);
        exchange.respond(Response.of(200).file("text/plain", FileContent.of(path, filesGone::incrementAndGet)));
    }

    /** Requests for {@code /held/…} that have no answer yet, in the order of their arrival. */
    public BlockingQueue<Exchange> held() {
        return held;
    }

    /** How many files were sent and deleted. */
    public int filesGone() {
        return filesGone.get();
    }

    /** Answers a held request with its name. */
    public static void answer(final Exchange exchange) {
        text(exchange, exchange.path("name"));
    }

    public HttpServer server() {
        return server;
    }

    public RawClient connect() throws IOException {
        return new RawClient(server.port());
    }

    @Override
    public void close() {
        server.close();
    }
}
