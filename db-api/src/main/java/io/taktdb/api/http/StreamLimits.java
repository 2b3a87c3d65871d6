package io.taktdb.api.http;

import java.time.Duration;

/**
 * Every bound of live streams and WebSockets, with its default (DESIGN.md §7).
 *
 * @param outboundBytes the most bytes that wait for one client; beyond, it is cut off
 * @param subscriptions the most subscriptions of one connection
 * @param topics the most different selections (table, filters, fields) that are followed at once
 * @param retainedTicks how many ticks back a stream can be resumed
 * @param retainedBytes the most bytes kept for that, per topic
 * @param messageBytes the largest WebSocket message
 * @param inFlight the most requests of one WebSocket that wait for their answer; beyond, it is not read
 * @param pingTime after so long without a word the server says something, so that dead connections are noticed
 * @param closeTime how long a WebSocket client may take to confirm a close
 */
public record StreamLimits(
        long outboundBytes,
        int subscriptions,
        int topics,
        long retainedTicks,
        long retainedBytes,
        int messageBytes,
        int inFlight,
        Duration pingTime,
        Duration closeTime) {
    /** The defaults. */
    public static final StreamLimits DEFAULT = new StreamLimits(
            8L << 20, 256, 1_000, 600, 16L << 20, 4 << 20, 4_096, Duration.ofSeconds(15), Duration.ofSeconds(2));

    /** The same with another bound for what waits for a client. */
    public StreamLimits withOutboundBytes(final long bytes) {
        return new StreamLimits(
                bytes,
                subscriptions,
                topics,
                retainedTicks,
                retainedBytes,
                messageBytes,
                inFlight,
                pingTime,
                closeTime);
    }

    /** The same with other bounds for resuming. */
    public StreamLimits withRetained(final long ticks, final long bytes) {
        return new StreamLimits(
                outboundBytes, subscriptions, topics, ticks, bytes, messageBytes, inFlight, pingTime, closeTime);
    }

    /** The same with another bound for messages. */
    public StreamLimits withMessageBytes(final int bytes) {
        return new StreamLimits(
                outboundBytes,
                subscriptions,
                topics,
                retainedTicks,
                retainedBytes,
                bytes,
                inFlight,
                pingTime,
                closeTime);
    }

    /** The same with another bound for requests under way. */
    public StreamLimits withInFlight(final int requests) {
        return new StreamLimits(
                outboundBytes,
                subscriptions,
                topics,
                retainedTicks,
                retainedBytes,
                messageBytes,
                requests,
                pingTime,
                closeTime);
    }

    /** The same with other times. */
    public StreamLimits withTimes(final Duration ping, final Duration close) {
        return new StreamLimits(
                outboundBytes,
                subscriptions,
                topics,
                retainedTicks,
                retainedBytes,
                messageBytes,
                inFlight,
                ping,
                close);
    }

    /** The same with other numbers of subscriptions and topics. */
    public StreamLimits withCounts(final int perConnection, final int different) {
        return new StreamLimits(
                outboundBytes,
                perConnection,
                different,
                retainedTicks,
                retainedBytes,
                messageBytes,
                inFlight,
                pingTime,
                closeTime);
    }
}
