package io.taktdb.testrunner.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A stand-in for the server's process: keeps the contract of starting, listening and ending; counts its starts. */
final class ChildMain {
    private ChildMain() {}

    /** First argument: what goes wrong, or {@code fine}; then those of the server. */
    public static void main(final String[] args) throws IOException {
        System.out.println("arguments " + String.join(" ", args));
        if (args[0].equals("dies")) {
            System.out.println("cannot start: reason=test");
            System.exit(3);
        }
        final Path data = Path.of(args[List.of(args).indexOf("--data") + 1]);
        Files.createDirectories(data);
        Files.writeString(data.resolve("starts"), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/starts", exchange -> {
            final byte[] body = Files.readAllBytes(data.resolve("starts"));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/exit", exchange -> Runtime.getRuntime().halt(5));
        server.start();
        if (args[0].equals("unclean")) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(7)));
        }
        System.out.println(
                "listening on http://127.0.0.1:" + server.getAddress().getPort());
    }
}
