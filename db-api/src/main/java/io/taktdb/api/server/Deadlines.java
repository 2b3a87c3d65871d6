package io.taktdb.api.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/**
 * What a connection is waiting for, and since when.
 *
 * <p>Waiting for the engine has no limit here. Threading: one event loop.
 */
final class Deadlines {
    private final HttpLimits limits;
    /** The clock may be one sweep behind, and the next look is one sweep ahead: a limit is never exceeded. */
    private final long slackNs;

    private final Channel channel;
    private Phase phase = Phase.FIRST_REQUEST;
    private long sinceNs;
    private long lastOutput;
    private long lastOutputNs;

    /** What is waited for. */
    enum Phase {
        /** The client has sent nothing so far. */
        FIRST_REQUEST,
        /** The client may send another request or not. */
        IDLE,
        /** A head has begun. */
        HEAD,
        /** A head is complete, its body is not. */
        BODY,
        /** Requests are being handled. */
        ANSWERS,
        /** An answer handed the connection over; only stalling ends it here. */
        TAKEN,
        /** The last answer was sent; the client should close. */
        LINGERING
    }

    /** What to do. */
    enum Verdict {
        WAIT,
        /** Answer that the request timed out, then close. */
        ANSWER,
        /** Close without a word. */
        CLOSE
    }

    Deadlines(final HttpLimits limits, final Channel channel, final long nowNs) {
        this.limits = limits;
        this.slackNs = 2 * LoopContext.sweepNs(limits);
        this.channel = channel;
        this.sinceNs = nowNs;
        this.lastOutputNs = nowNs;
    }

    /** The phase that follows from what has arrived and what is not answered. */
    static Phase phaseOf(final RequestFramer framer, final ResponseQueue answers) {
        if (answers.isClosing()) {
            return Phase.LINGERING;
        }
        if (framer.isInBody()) {
            return Phase.BODY;
        }
        if (!framer.isBetweenRequests()) {
            return Phase.HEAD;
        }
        return answers.isEmpty() ? Phase.IDLE : Phase.ANSWERS;
    }

    /** Says what is waited for from now on; the clock goes on if it is what was waited for before. */
    void phase(final Phase next, final long nowNs) {
        if (next != phase && !(phase == Phase.FIRST_REQUEST && next == Phase.IDLE)) {
            phase = next;
            sinceNs = nowNs;
        }
    }

    /** Has the next call of {@link #phase} start the clock anew, since a request has made progress. */
    void restart() {
        phase = null;
    }

    /** Looks at the clock. */
    Verdict check(final long nowNs) {
        if (isStalled(nowNs)) {
            return Verdict.CLOSE;
        }
        final long waitedNs = nowNs - sinceNs + slackNs;
        return switch (phase) {
            case FIRST_REQUEST -> waitedNs > limits.headerTime().toNanos() ? Verdict.CLOSE : Verdict.WAIT;
            case IDLE -> waitedNs > limits.idleTime().toNanos() ? Verdict.CLOSE : Verdict.WAIT;
            case HEAD -> waitedNs > limits.headerTime().toNanos() ? Verdict.ANSWER : Verdict.WAIT;
            case BODY -> waitedNs > limits.bodyTime().toNanos() ? Verdict.ANSWER : Verdict.WAIT;
            case LINGERING -> waitedNs > limits.lingerTime().toNanos() ? Verdict.CLOSE : Verdict.WAIT;
            case ANSWERS, TAKEN -> Verdict.WAIT;
        };
    }

    /** Whether there is output that the client has taken nothing of for too long. */
    private boolean isStalled(final long nowNs) {
        final ChannelOutboundBuffer output = channel.unsafe().outboundBuffer();
        final long pending = output == null ? 0 : output.totalPendingWriteBytes();
        final long state = pending == 0 ? 0 : pending * 31 + output.currentProgress();
        if (state == 0 || state != lastOutput) {
            lastOutput = state;
            lastOutputNs = nowNs;
        }
        return nowNs - lastOutputNs > limits.stallTime().toNanos();
    }

    /** The answer when a head or body took too long. */
    DbException timedOut() {
        final boolean inBody = phase == Phase.BODY;
        return new DbException(
                ErrorCode.REQUEST_TIMEOUT,
                "request took too long to arrive: part=" + (inBody ? "body" : "head") + ", limit="
                        + (inBody ? limits.bodyTime() : limits.headerTime()).toMillis() + " ms");
    }
}
