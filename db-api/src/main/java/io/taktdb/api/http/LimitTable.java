package io.taktdb.api.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** All limits of the front end by name, as metrics and the printed configuration show them. Threading: pure. */
public final class LimitTable {
    private LimitTable() {}

    /** Names and values; times in milliseconds. */
    public static Map<String, Long> of(final HttpLimits limits) {
        final Map<String, Long> table = new LinkedHashMap<>();
        table.put("uriBytes", (long) limits.uriBytes());
        table.put("headerBytes", (long) limits.headerBytes());
        table.put("bodyBytes", limits.bodyBytes());
        table.put("bulkBodyBytes", limits.bulkBodyBytes());
        table.put("bufferedBodyBytes", limits.bufferedBodyBytes());
        table.put("offloadBytes", (long) limits.offloadBytes());
        table.put("pipelined", (long) limits.pipelined());
        table.put("connections", (long) limits.connections());
        table.put("repliesPerLoop", (long) limits.repliesPerLoop());
        table.put("idempotencyKeys", (long) limits.idempotencyKeys());
        table.put("idempotencyBytes", limits.idempotencyBytes());
        table.put("headerTimeMs", limits.headerTime().toMillis());
        table.put("bodyTimeMs", limits.bodyTime().toMillis());
        table.put("idleTimeMs", limits.idleTime().toMillis());
        table.put("stallTimeMs", limits.stallTime().toMillis());
        table.put("lingerTimeMs", limits.lingerTime().toMillis());
        table.put("drainTimeMs", limits.drainTime().toMillis());
        final StreamLimits streams = limits.streams();
        table.put("outboundBytes", streams.outboundBytes());
        table.put("subscriptions", (long) streams.subscriptions());
        table.put("topics", (long) streams.topics());
        table.put("retainedTicks", streams.retainedTicks());
        table.put("retainedBytes", streams.retainedBytes());
        table.put("messageBytes", (long) streams.messageBytes());
        table.put("inFlight", (long) streams.inFlight());
        table.put("pingTimeMs", streams.pingTime().toMillis());
        table.put("closeTimeMs", streams.closeTime().toMillis());
        return table;
    }
}
