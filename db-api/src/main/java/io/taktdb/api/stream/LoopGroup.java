package io.taktdb.api.stream;

import io.taktdb.types.error.DbException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A topic's subscriptions on one event loop: one task per tick serves them all.
 *
 * <p>Threading: asked by the feed's thread, {@link #members} the event loop.
 */
final class LoopGroup {
    private final Executor executor;
    private final List<Subscription> members = new ArrayList<>();

    LoopGroup(final Executor executor) {
        this.executor = executor;
    }

    List<Subscription> members() {
        return members;
    }

    void admit(final Subscription subscription, final Start start) {
        if (!run(() -> subscription.admit(this, start))) {
            start.release();
        }
    }

    void deliver(final StreamFrame frame) {
        run(() -> {
            for (int i = members.size() - 1; i >= 0; i--) {
                members.get(i).deliver(frame);
            }
        });
    }

    /** Makes all begin anew. */
    void restart(final Start start) {
        final boolean runs = run(() -> {
            for (int i = members.size() - 1; i >= 0; i--) {
                start.rows().retain();
                members.get(i).begin(start);
            }
            start.release();
        });
        if (!runs) {
            start.release();
        }
    }

    void end(final DbException why) {
        run(() -> List.copyOf(members).forEach(member -> member.end(why)));
    }

    /** Returns whether the event loop still takes tasks. */
    private boolean run(final Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (final RejectedExecutionException e) {
            return false; // the server has stopped: nobody is there to be told
        }
    }
}
