package io.taktdb.server;

import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.LimitTable;
import io.taktdb.core.memory.MemoryBudget;
import java.io.PrintWriter;

/** What a server would run with, one {@code name = value} a line; tokens are not shown. Threading: any. */
final class ConfigText {
    private ConfigText() {}

    static void print(final ServerConfig config, final PrintWriter out) {
        line(out, "bind", config.bind().getHostAddress());
        line(out, "port", config.port());
        line(out, "tick-rate", config.loop().tickRate());
        line(out, "max-memory", config.maxMemory() == MemoryBudget.UNLIMITED ? "unlimited" : config.maxMemory());
        line(out, "tokens", config.network().access().hasTokens() ? "needed" : "none");
        line(out, "tls", config.network().tls().isPresent() ? config.network().tlsFiles() : "off");
        line(out, "rate-limit", config.network().access().requestsPerSecond());
        line(out, "store", config.store());
        final HttpLimits limits = config.network().limits();
        line(out, "http.uri-bytes", limits.uriBytes());
        line(out, "http.header-bytes", limits.headerBytes());
        line(out, "http.body-bytes", limits.bodyBytes());
        line(out, "http.bulk-body-bytes", limits.bulkBodyBytes());
        line(out, "http.buffered-body-bytes", limits.bufferedBodyBytes());
        line(out, "http.pipelined", limits.pipelined());
        line(out, "http.connections", limits.connections());
        line(out, "http.idempotency-keys", limits.idempotencyKeys());
        line(out, "http.idempotency-bytes", limits.idempotencyBytes());
        line(out, "http.header-time", limits.headerTime());
        line(out, "http.body-time", limits.bodyTime());
        line(out, "http.idle-time", limits.idleTime());
        line(out, "http.drain-time", limits.drainTime());
        LimitTable.of(limits).forEach((name, value) -> line(out, "limit." + name, value));
        out.flush();
    }

    private static void line(final PrintWriter out, final String name, final Object value) {
        out.println(name + " = " + value);
    }
}
