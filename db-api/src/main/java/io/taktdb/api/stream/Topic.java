package io.taktdb.api.stream;

import io.taktdb.api.http.StreamLimits;
import io.taktdb.core.state.State;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.change.ChangeFeed;
import io.taktdb.runtime.change.ChangeListener;
import io.taktdb.runtime.change.HeldState;
import io.taktdb.runtime.change.RetainedTicks;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One selection of one table: encodes each tick's changes once, keeps them for a while, hands them to all who follow.
 *
 * <p>Goes on without followers for as long as a stream can be resumed. Threading: the feed's thread, except
 * {@link #join} and {@link #left}.
 */
final class Topic implements ChangeListener {
    /** What a client gets that is too late to be resumed, or from which something else was kept. */
    private static final long NO_TICK = -1;

    private final Topics topics;
    private final TopicKey key;
    private final StreamSpec spec;
    private final StreamLimits limits;
    private final RetainedTicks<StreamFrame> retained;
    private final ChangeEncoder encoder;
    private final Queue<Joining> joining = new ConcurrentLinkedQueue<>();
    private final AtomicInteger followers = new AtomicInteger();
    private final IdentityHashMap<Executor, LoopGroup> groups = new IdentityHashMap<>();
    private ChangeFeed.Subscription feed;
    private RowSelection selection;
    private long tick;
    private long commit;
    private long lastFollowedTick;

    /**
     * One who wants to follow.
     *
     * @param since the tick that it has seen, or -1
     * @param wantsRows whether it wants the rows first
     */
    private record Joining(Subscription subscription, long since, boolean wantsRows) {}

    Topic(final Topics topics, final TopicKey key, final StreamSpec spec, final StreamLimits limits) {
        this.topics = topics;
        this.key = key;
        this.spec = spec;
        this.limits = limits;
        this.retained = new RetainedTicks<>(limits.retainedTicks(), limits.retainedBytes(), frame -> {});
        this.encoder = new ChangeEncoder(limits.outboundBytes());
    }

    int tableId() {
        return key.tableId();
    }

    /** Says how to stop listening; before the first event. */
    void follow(final ChangeFeed.Subscription subscription) {
        feed = subscription;
    }

    /** Lets one in at the end of the next tick. Threading: under the topics' lock. */
    Subscription join(final Sink sink, final long since, final boolean wantsRows) {
        final Subscription subscription = new Subscription(sink, this, spec);
        followers.incrementAndGet();
        joining.add(new Joining(subscription, since, wantsRows));
        return subscription;
    }

    /** One has left. Any thread. */
    void left() {
        followers.decrementAndGet();
    }

    void noteCutOff() {
        topics.noteCutOff();
    }

    int followers() {
        return followers.get();
    }

    boolean hasFollowers() {
        return followers.get() > 0;
    }

    @Override
    public void started(final HeldState state, final TableState table) {
        selection = RowSelection.of(spec, table.schema());
        retained.restart(state.state().tick());
        lastFollowedTick = state.state().tick();
    }

    @Override
    public void restarted(final HeldState state, final TableState table) {
        final RowSelection renewed;
        try {
            renewed = RowSelection.of(spec, table.schema());
        } catch (final DbException e) {
            topics.forget(this);
            feed.close();
            ended(e);
            return;
        }
        selection = renewed;
        retained.restart(state.state().tick());
        final StreamFrame notice = reset(state.state(), "the table's fields have changed");
        for (final LoopGroup group : groups.values()) {
            group.restart(new Start(notice, state.retain(), List.of()));
        }
    }

    @Override
    public void tickBegins(final long newTick, final long newCommit, final TableState table) {
        tick = newTick;
        commit = newCommit;
        encoder.reset();
    }

    @Override
    public void inserted(final long id, final RowReader after) {
        encoder.inserted(selection, after);
    }

    @Override
    public void updated(final long id, final RowReader before, final RowReader after, final BitSet fields) {
        encoder.updated(selection, before, after, fields);
    }

    @Override
    public void deleted(final long id, final RowReader before) {
        encoder.deleted(selection, id, before);
    }

    @Override
    public void tickEnds() {
        if (encoder.isTooLarge()) {
            retained.restart(tick);
            groups.values()
                    .forEach(group -> group.end(new DbException(
                            ErrorCode.LIMIT_EXCEEDED,
                            "one tick changed more than a client is sent: tick=" + tick + ", limit="
                                    + limits.outboundBytes() + " bytes; follow fewer rows or fields")));
            return;
        }
        final StreamFrame frame = encoder.finish(tick, commit);
        if (frame != null) {
            retained.add(tick, frame, frame.length());
            groups.values().forEach(group -> group.deliver(frame));
        }
    }

    @Override
    public void tickPassed(final HeldState state) {
        final long now = state.state().tick();
        retained.advance(now);
        for (Joining next = joining.poll(); next != null; next = joining.poll()) {
            admit(next, state);
        }
        if (hasFollowers()) {
            lastFollowedTick = now;
        } else if (now - lastFollowedTick > limits.retainedTicks() && topics.forgetIfLeft(this)) {
            feed.close();
        }
    }

    private void admit(final Joining one, final HeldState state) {
        final Executor executor = one.subscription().sink().link().executor();
        groups.computeIfAbsent(executor, LoopGroup::new).admit(one.subscription(), start(one, state));
    }

    private Start start(final Joining one, final HeldState state) {
        if (one.since() != NO_TICK && retained.knows(one.since())) {
            final List<StreamFrame> missed = new ArrayList<>();
            retained.after(one.since(), missed::add);
            return new Start(null, null, missed);
        }
        final HeldState rows = one.wantsRows() ? state.retain() : null;
        if (one.since() == NO_TICK) {
            return new Start(null, rows, List.of());
        }
        return new Start(
                reset(state.state(), "what followed tick " + one.since() + " is not retained any more"),
                rows,
                List.of());
    }

    private static StreamFrame reset(final State state, final String reason) {
        return StreamFrame.of("reset", NO_TICK, json -> {
            json.writeStartObject();
            json.writeNumberField("tick", state.tick());
            json.writeNumberField("commit", state.commit());
            json.writeStringField("reason", reason);
            json.writeEndObject();
        });
    }

    @Override
    public void ended(final DbException why) {
        topics.forget(this);
        for (final LoopGroup group : groups.values()) {
            group.end(why);
        }
        for (Joining next = joining.poll(); next != null; next = joining.poll()) {
            final Subscription subscription = next.subscription();
            subscription.sink().link().executor().execute(() -> subscription.end(why));
        }
    }
}
