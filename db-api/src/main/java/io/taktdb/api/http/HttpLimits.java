package io.taktdb.api.http;

import java.time.Duration;

/**
 * Every bound of the HTTP layer, each with its default (DESIGN.md §7) and a setter of the same name.
 *
 * <p>Threading: set before the server starts, read only afterwards.
 */
public final class HttpLimits {
    private int uriBytes = 8 << 10;
    private int headerBytes = 16 << 10;
    private long bodyBytes = 4L << 20;
    private long bulkBodyBytes = 64L << 20;
    private long bufferedBodyBytes = 512L << 20;
    private int offloadBytes = 256 << 10;
    private int pipelined = 256;
    private int connections = 20_000;
    private int repliesPerLoop = 65_536;
    private StreamLimits streams = StreamLimits.DEFAULT;
    private int idempotencyKeys = 10_000;
    private long idempotencyBytes = 32L << 20;
    private Duration headerTime = Duration.ofSeconds(10);
    private Duration bodyTime = Duration.ofSeconds(30);
    private Duration idleTime = Duration.ofMinutes(2);
    private Duration stallTime = Duration.ofSeconds(5);
    private Duration lingerTime = Duration.ofSeconds(2);
    private Duration drainPause = Duration.ZERO;
    private Duration drainTime = Duration.ofSeconds(10);

    /** The longest request target. */
    public int uriBytes() {
        return uriBytes;
    }

    public HttpLimits uriBytes(final int bytes) {
        uriBytes = bytes;
        return this;
    }

    /** The most bytes of all header lines of a request; of its trailers, too. */
    public int headerBytes() {
        return headerBytes;
    }

    public HttpLimits headerBytes(final int bytes) {
        headerBytes = bytes;
        return this;
    }

    /** How many idempotency keys are remembered; older ones are forgotten. */
    public int idempotencyKeys() {
        return idempotencyKeys;
    }

    public HttpLimits idempotencyKeys(final int keys) {
        idempotencyKeys = keys;
        return this;
    }

    /** The most bytes of answers kept for idempotency keys; one may take a quarter of them. */
    public long idempotencyBytes() {
        return idempotencyBytes;
    }

    public HttpLimits idempotencyBytes(final long bytes) {
        idempotencyBytes = bytes;
        return this;
    }

    /** The largest body of an ordinary request. */
    public long bodyBytes() {
        return bodyBytes;
    }

    public HttpLimits bodyBytes(final long bytes) {
        bodyBytes = bytes;
        return this;
    }

    /** The largest body of a bulk insert or push. */
    public long bulkBodyBytes() {
        return bulkBodyBytes;
    }

    public HttpLimits bulkBodyBytes(final long bytes) {
        bulkBodyBytes = bytes;
        return this;
    }

    /** The most bytes of all bodies together that wait in memory. */
    public long bufferedBodyBytes() {
        return bufferedBodyBytes;
    }

    public HttpLimits bufferedBodyBytes(final long bytes) {
        bufferedBodyBytes = bytes;
        return this;
    }

    /** From this size on, a body is parsed by a worker thread, so that other connections do not wait for it. */
    public int offloadBytes() {
        return offloadBytes;
    }

    public HttpLimits offloadBytes(final int bytes) {
        offloadBytes = bytes;
        return this;
    }

    /** The most requests of one connection that wait for their answer; beyond, it is not read. */
    public int pipelined() {
        return pipelined;
    }

    public HttpLimits pipelined(final int requests) {
        pipelined = requests;
        return this;
    }

    /** The most connections at once. */
    public int connections() {
        return connections;
    }

    public HttpLimits connections(final int count) {
        connections = count;
        return this;
    }

    /** The most commands that one event loop has handed to the engine and not got back. */
    public int repliesPerLoop() {
        return repliesPerLoop;
    }

    public HttpLimits repliesPerLoop(final int count) {
        repliesPerLoop = count;
        return this;
    }

    /** The bounds of live streams and WebSockets. */
    public StreamLimits streams() {
        return streams;
    }

    public HttpLimits streams(final StreamLimits limits) {
        streams = limits;
        return this;
    }

    /** How long a request's head may take, from its first byte (or from the connection's start). */
    public Duration headerTime() {
        return headerTime;
    }

    public HttpLimits headerTime(final Duration time) {
        headerTime = time;
        return this;
    }

    /** How long a request's body may take, from the end of its head. */
    public Duration bodyTime() {
        return bodyTime;
    }

    public HttpLimits bodyTime(final Duration time) {
        bodyTime = time;
        return this;
    }

    /** How long a connection may stay open between requests. */
    public Duration idleTime() {
        return idleTime;
    }

    public HttpLimits idleTime(final Duration time) {
        idleTime = time;
        return this;
    }

    /** How long a client may take nothing of what is ready for it. */
    public Duration stallTime() {
        return stallTime;
    }

    public HttpLimits stallTime(final Duration time) {
        stallTime = time;
        return this;
    }

    /** How long a connection that is being closed still swallows what the client sends. */
    public Duration lingerTime() {
        return lingerTime;
    }

    public HttpLimits lingerTime(final Duration time) {
        lingerTime = time;
        return this;
    }

    /** How long a stopping server still serves after it has said that it is not ready; for those who balance load. */
    public Duration drainPause() {
        return drainPause;
    }

    public HttpLimits drainPause(final Duration time) {
        drainPause = time;
        return this;
    }

    /** How long a stopping server waits for requests under way. */
    public Duration drainTime() {
        return drainTime;
    }

    public HttpLimits drainTime(final Duration time) {
        drainTime = time;
        return this;
    }
}
