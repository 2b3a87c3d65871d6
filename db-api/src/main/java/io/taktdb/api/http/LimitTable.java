package io.taktdb.api.http;

import io.taktdb.types.error.Suggestion;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All limits of the front end by name, as metrics and the printed configuration show them. Threading: pure. */
public final class LimitTable {
    /** Those that may be larger than an int. */
    private static final Set<String> LONGS = Set.of(
            "bodyBytes",
            "bulkBodyBytes",
            "bufferedBodyBytes",
            "idempotencyBytes",
            "outboundBytes",
            "retainedTicks",
            "retainedBytes");

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
        table.put("drainPauseMs", limits.drainPause().toMillis());
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

    /**
     * Changes a limit.
     *
     * @param name as in {@link #of}
     * @param value in bytes, milliseconds or pieces
     * @throws IllegalArgumentException there is no such limit, or the value is out of its range
     */
    public static void set(final HttpLimits limits, final String name, final long value) {
        final Long before = of(limits).get(name);
        if (before == null) {
            throw new IllegalArgumentException("no such limit: limit=" + name
                    + Suggestion.didYouMean(name, List.copyOf(of(limits).keySet())) + "; --print-config lists them");
        }
        final boolean mayBeZero = "drainPauseMs".equals(name) || "idempotencyKeys".equals(name);
        if (value < (mayBeZero ? 0 : 1) || (value > Integer.MAX_VALUE && !LONGS.contains(name))) {
            throw new IllegalArgumentException("limit out of range: limit=" + name + ", value=" + value + ", range="
                    + (mayBeZero ? 0 : 1) + ".." + (LONGS.contains(name) ? Long.MAX_VALUE : Integer.MAX_VALUE));
        }
        final Duration time = Duration.ofMillis(value);
        final StreamLimits streams = limits.streams();
        switch (name) {
            case "bodyBytes" -> limits.bodyBytes(value);
            case "bulkBodyBytes" -> limits.bulkBodyBytes(value);
            case "bufferedBodyBytes" -> limits.bufferedBodyBytes(value);
            case "idempotencyBytes" -> limits.idempotencyBytes(value);
            case "headerTimeMs" -> limits.headerTime(time);
            case "bodyTimeMs" -> limits.bodyTime(time);
            case "idleTimeMs" -> limits.idleTime(time);
            case "stallTimeMs" -> limits.stallTime(time);
            case "lingerTimeMs" -> limits.lingerTime(time);
            case "drainPauseMs" -> limits.drainPause(time);
            case "drainTimeMs" -> limits.drainTime(time);
            case "outboundBytes" -> limits.streams(streams.withOutboundBytes(value));
            case "retainedTicks" -> limits.streams(streams.withRetained(value, streams.retainedBytes()));
            case "retainedBytes" -> limits.streams(streams.withRetained(streams.retainedTicks(), value));
            case "pingTimeMs" -> limits.streams(streams.withTimes(time, streams.closeTime()));
            case "closeTimeMs" -> limits.streams(streams.withTimes(streams.pingTime(), time));
            default -> setCount(limits, name, (int) value);
        }
    }

    private static void setCount(final HttpLimits limits, final String name, final int value) {
        final StreamLimits streams = limits.streams();
        switch (name) {
            case "uriBytes" -> limits.uriBytes(value);
            case "headerBytes" -> limits.headerBytes(value);
            case "offloadBytes" -> limits.offloadBytes(value);
            case "pipelined" -> limits.pipelined(value);
            case "connections" -> limits.connections(value);
            case "repliesPerLoop" -> limits.repliesPerLoop(value);
            case "idempotencyKeys" -> limits.idempotencyKeys(value);
            case "subscriptions" -> limits.streams(streams.withCounts(value, streams.topics()));
            case "topics" -> limits.streams(streams.withCounts(streams.subscriptions(), value));
            case "messageBytes" -> limits.streams(streams.withMessageBytes(value));
            case "inFlight" -> limits.streams(streams.withInFlight(value));
            default -> throw new IllegalArgumentException("limit is not to be set: limit=" + name);
        }
    }
}
