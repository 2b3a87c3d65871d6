package io.taktdb.api.server;

import io.netty.channel.EventLoop;
import io.taktdb.api.access.AccessRule;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.RequestCounts;
import io.taktdb.api.http.Router;
import io.taktdb.runtime.command.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What the connections of one event loop share: the mailbox, scratch memory, the clock of the timeouts.
 *
 * <p>The clock is read once per sweep, so that a request costs no call for the time; a timeout is early by at
 * most two sweeps. Threading: one event loop, except where it says otherwise.
 */
final class LoopContext {
    private static final long MAX_SWEEP_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long MIN_SWEEP_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final EventLoop loop;
    private final HttpLimits limits;
    private final Router router;
    private final AccessRule access;
    private final Executor workers;
    private final RequestCounts counts;
    private final EventLoopTurn turn;
    private final ReplyMailbox mailbox;
    private final BodyBudget budget;
    private final ResponseEncoder encoder = new ResponseEncoder();
    private final LineRoom lineRoom;
    private final List<Connection> connections = new ArrayList<>();
    private volatile boolean isDraining;
    private long nowNs = System.nanoTime();

    LoopContext(
            final EventLoop loop,
            final HttpServerConfig config,
            final Router router,
            final Executor workers,
            final RequestCounts counts,
            final Consumer<Submission> engine) {
        this.counts = counts;
        this.loop = loop;
        this.limits = config.limits();
        this.router = router;
        this.access = config.access();
        this.workers = workers;
        this.turn = new EventLoopTurn(loop);
        this.mailbox = new ReplyMailbox(turn, engine, limits.repliesPerLoop());
        this.budget = new BodyBudget(limits.bufferedBodyBytes() / config.eventLoops());
        this.lineRoom = RequestFramer.lineRoom(limits);
    }

    /** Starts the clock and the sweeps. Any thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loop
    void start() {
        final long periodNs = sweepNs(limits);
        loop.scheduleWithFixedDelay(this::sweep, periodNs, periodNs, TimeUnit.NANOSECONDS);
    }

    /** Has idle connections close and the others close after what is under way. Any thread. */
    void drain() {
        isDraining = true;
        loop.execute(() -> List.copyOf(connections).forEach(Connection::drain));
    }

    private void sweep() {
        nowNs = System.nanoTime();
        mailbox.wake(); // nothing may get stuck, even if the tick thread ended without a last commit
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (i < connections.size()) {
                connections.get(i).checkTime(nowNs);
            }
        }
    }

    /** How often connections are looked at. */
    static long sweepNs(final HttpLimits limits) {
        long shortest =
                Math.min(limits.headerTime().toNanos(), limits.bodyTime().toNanos());
        shortest = Math.min(
                shortest,
                Math.min(limits.idleTime().toNanos(), limits.stallTime().toNanos()));
        shortest = Math.min(shortest, limits.lingerTime().toNanos());
        return Math.min(MAX_SWEEP_NS, Math.max(MIN_SWEEP_NS, shortest / 4));
    }

    void add(final Connection connection) {
        connection.slot = connections.size();
        connections.add(connection);
    }

    void remove(final Connection connection) {
        final Connection last = connections.remove(connections.size() - 1);
        if (last != connection) {
            last.slot = connection.slot;
            connections.set(last.slot, last);
        }
    }

    /** Whether the server is stopping. Any thread. */
    boolean isDraining() {
        return isDraining;
    }

    /** The time of the last sweep. */
    long nowNs() {
        return nowNs;
    }

    EventLoop loop() {
        return loop;
    }

    HttpLimits limits() {
        return limits;
    }

    Router router() {
        return router;
    }

    AccessRule access() {
        return access;
    }

    /** Where answers are counted. */
    RequestCounts counts() {
        return counts;
    }

    /** Threads for bodies that are too large for an event loop. */
    Executor workers() {
        return workers;
    }

    EventLoopTurn turn() {
        return turn;
    }

    ReplyMailbox mailbox() {
        return mailbox;
    }

    BodyBudget budget() {
        return budget;
    }

    ResponseEncoder encoder() {
        return encoder;
    }

    LineRoom lineRoom() {
        return lineRoom;
    }
}
