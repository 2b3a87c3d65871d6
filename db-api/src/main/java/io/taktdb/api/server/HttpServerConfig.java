package io.taktdb.api.server;

import io.taktdb.api.access.OriginRule;
import io.taktdb.api.http.HttpLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * How the HTTP server listens.
 *
 * @param bind port 0 takes a free one
 * @param eventLoops threads that serve connections, at least 1
 */
public record HttpServerConfig(InetSocketAddress bind, int eventLoops, HttpLimits limits, OriginRule originRule) {
    /** Loopback with every default: one event loop per two processors, at most 8. */
    public static HttpServerConfig loopback(final int port) {
        final int loops = Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() / 2));
        return new HttpServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                loops,
                new HttpLimits(),
                OriginRule.loopback());
    }

    /** The same with other limits. */
    public HttpServerConfig withLimits(final HttpLimits newLimits) {
        return new HttpServerConfig(bind, eventLoops, newLimits, originRule);
    }

    /** The same with another number of event loops. */
    public HttpServerConfig withEventLoops(final int count) {
        return new HttpServerConfig(bind, count, limits, originRule);
    }
}
