package io.taktdb.api.server;

import io.taktdb.api.access.AccessRule;
import io.taktdb.api.http.HttpLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * How the HTTP server listens.
 *
 * @param bind port 0 takes a free one
 * @param eventLoops threads that serve connections, at least 1
 * @param access who is let in
 */
public record HttpServerConfig(InetSocketAddress bind, int eventLoops, HttpLimits limits, AccessRule access) {
    /** Loopback with every default: one event loop per two processors, at most 8. */
    public static HttpServerConfig loopback(final int port) {
        final int loops = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() / 2));
        return new HttpServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                loops,
                new HttpLimits(),
                AccessRule.loopback());
    }

    /** The same with other limits. */
    public HttpServerConfig withLimits(final HttpLimits newLimits) {
        return new HttpServerConfig(bind, eventLoops, newLimits, access);
    }

    /** The same with another rule of who may call. */
    public HttpServerConfig withAccess(final AccessRule newAccess) {
        return new HttpServerConfig(bind, eventLoops, limits, newAccess);
    }

    /** The same with another number of event loops. */
    public HttpServerConfig withEventLoops(final int count) {
        return new HttpServerConfig(bind, count, limits, access);
    }

    /** The same on another address. */
    public HttpServerConfig withBind(final InetAddress address) {
        return new HttpServerConfig(new InetSocketAddress(address, bind.getPort()), eventLoops, limits, access);
    }
}
