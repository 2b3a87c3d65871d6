package io.taktdb.api.server;

import io.taktdb.api.access.AccessRule;
import io.taktdb.api.http.HttpLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How the HTTP server listens.
 *
 * @param bind port 0 takes a free one
 * @param eventLoops threads that serve connections, at least 1
 * @param access who is let in
 * @param tls with what connections are encrypted, if they are
 */
public record HttpServerConfig(
        InetSocketAddress bind, int eventLoops, HttpLimits limits, AccessRule access, Optional<Tls> tls) {
    /** Loopback with every default: one event loop per two processors, at most 8. */
    public static HttpServerConfig loopback(final int port) {
        final int loops = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() / 2));
        return new HttpServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                loops,
                new HttpLimits(),
                AccessRule.loopback(),
                Optional.empty());
    }

    /** The same with other limits. */
    public HttpServerConfig withLimits(final HttpLimits newLimits) {
        return new HttpServerConfig(bind, eventLoops, newLimits, access, tls);
    }

    /** The same with another rule of who may call. */
    public HttpServerConfig withAccess(final AccessRule newAccess) {
        return new HttpServerConfig(bind, eventLoops, limits, newAccess, tls);
    }

    /** The same with encryption, or without. */
    public HttpServerConfig withTls(final Optional<Tls> newTls) {
        return new HttpServerConfig(bind, eventLoops, limits, access, newTls);
    }

    /** The same with another number of event loops. */
    public HttpServerConfig withEventLoops(final int count) {
        return new HttpServerConfig(bind, count, limits, access, tls);
    }

    /** The same on another address. */
    public HttpServerConfig withBind(final InetAddress address) {
        return new HttpServerConfig(new InetSocketAddress(address, bind.getPort()), eventLoops, limits, access, tls);
    }
}
