package io.taktdb.api.server;

import io.taktdb.api.http.CommandPort;
import io.taktdb.runtime.command.CommandSource;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.ReplyTo;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the engine leaves the replies for one event loop.
 *
 * <p>The tick thread puts every reply into a queue and wakes the event loop once per commit; the event loop hands out
 * all of them and flushes each connection once. A wake-up per reply costs 15 µs each, one per commit next to nothing.
 *
 * <p>Invariant: {@code waiting} counts the commands that were handed over and not answered; it never exceeds the
 * queue's capacity, so that the tick thread always finds room.
 *
 * <p>Threading: {@link #submit} from any thread, replies and {@link #wake} from the engine's threads, the rest on the
 * event loop.
 */
final class ReplyMailbox implements CommandPort {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyMailbox.class);

    private final EventLoopTurn turn;
    private final Consumer<Submission> engine;
    private final int capacity;
    private final Queue<Waiting> arrived;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean isAwake = new AtomicBoolean();

    /**
     * @param engine takes a command or throws OVERLOADED
     */
    ReplyMailbox(final EventLoopTurn turn, final Consumer<Submission> engine, final int capacity) {
        this.turn = turn;
        this.engine = engine;
        this.capacity = capacity;
        this.arrived = new MpscVarHandleArrayQueue<>(capacity);
    }

    /** The way in of one more sender, which takes turns with the others. */
    CommandPort newSender() {
        final CommandSource source = new CommandSource();
        return (command, whenDone) -> submit(command.source(source), whenDone);
    }

    @Override
    public void submit(final CommandWriter command, final Consumer<Submission> whenDone) {
        if (waiting.incrementAndGet() > capacity) {
            waiting.decrementAndGet();
            throw new DbException(
                    ErrorCode.OVERLOADED,
                    "too many commands wait for their reply: limit=" + capacity + "; try again later");
        }
        try {
            engine.accept(command.toSubmission(new Waiting(whenDone)));
        } catch (final Throwable e) {
            waiting.decrementAndGet();
            throw e;
        }
    }

    /** How many commands wait for their reply. */
    int waiting() {
        return waiting.get();
    }

    /** Has the event loop hand out what arrived, if anything did. */
    void wake() {
        if (!arrived.isEmpty() && isAwake.compareAndSet(false, true)) {
            turn.run(this::handOut);
        }
    }

    private void handOut() {
        isAwake.set(false);
        for (Waiting one = arrived.poll(); one != null; one = arrived.poll()) {
            waiting.decrementAndGet();
            one.handOut();
        }
    }

    /** A command's place in the mailbox. */
    private final class Waiting implements ReplyTo {
        private final Consumer<Submission> whenDone;
        private Submission reply;

        Waiting(final Consumer<Submission> whenDone) {
            this.whenDone = whenDone;
        }

        @Override
        public void onReply(final Submission submission) {
            reply = submission;
            if (!arrived.offer(this)) {
                LOG.error("a command was answered twice: waiting={}, capacity={}", waiting, capacity);
            }
        }

        void handOut() {
            try {
                whenDone.accept(reply);
            } catch (final Throwable e) {
                LOG.error("a reply could not be handed out", e);
            }
        }
    }
}
