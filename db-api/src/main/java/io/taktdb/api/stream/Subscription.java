package io.taktdb.api.stream;

import io.taktdb.core.table.TableState;
import io.taktdb.runtime.change.HeldState;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One client's hold on a topic: rows first, then every event of the topic, in order and no faster than the client
 * reads.
 *
 * <p>What the client does not take waits here, shared with all others who wait for it, up to the limit; then the client
 * is cut off. Threading: the connection's event loop.
 */
public final class Subscription {
    /** How many pieces of rows are made before others on the event loop get their turn. */
    private static final int STEPS_PER_TURN = 8;

    private final Sink sink;
    private final Topic topic;
    private final StreamSpec spec;
    private final Queue<StreamFrame> waiting = new ArrayDeque<>();
    private LoopGroup group;
    private RowPump pump;
    private boolean isClosed;

    Subscription(final Sink sink, final Topic topic, final StreamSpec spec) {
        this.sink = sink;
        this.topic = topic;
        this.spec = spec;
    }

    Sink sink() {
        return sink;
    }

    /** Lets the subscription in; it is a member of the group from now on. */
    void admit(final LoopGroup joined, final Start start) {
        if (isClosed) {
            start.release();
            return;
        }
        group = joined;
        group.members().add(this);
        begin(start);
    }

    /** Begins, or begins anew: what still waits is of no use any more. */
    void begin(final Start start) {
        dropWaiting();
        closePump();
        if (start.notice() != null) {
            sink.send(this, start.notice());
        }
        if (start.rows() != null) {
            openPump(start.rows());
        }
        for (final StreamFrame frame : start.frames()) {
            deliver(frame);
        }
        advance();
    }

    private void openPump(final HeldState rows) {
        final TableSchema schema = rows.state().schema().tableById(topic.tableId());
        final TableState table = rows.state().table(schema);
        pump = new RowPump(rows, table, RowSelection.of(spec, schema));
    }

    /** Takes an event of the topic. */
    void deliver(final StreamFrame frame) {
        if (isClosed) {
            return;
        }
        if (pump == null && waiting.isEmpty() && sink.link().isWritable()) {
            sink.send(this, frame);
            return;
        }
        waiting.add(frame);
        if (!sink.waits(frame.length())) {
            end(tooSlow("limit=" + sink.link().limits().streams().outboundBytes() + " bytes waiting for it"));
        }
    }

    private DbException tooSlow(final String fact) {
        topic.noteCutOff();
        return new DbException(
                ErrorCode.LIMIT_EXCEEDED, "client is too slow: " + fact + "; read faster, or follow less");
    }

    /** The client takes more. */
    public void writable() {
        advance();
    }

    private void advance() {
        int steps = 0;
        while (pump != null && sink.link().isWritable() && !isClosed) {
            if (steps++ == STEPS_PER_TURN) {
                sink.link().executor().execute(this::advance);
                return;
            }
            if (pump.isTooOld()) {
                end(tooSlow("the rows took longer than " + RowPump.MAX_HOLD.toSeconds() + " s"));
                return;
            }
            final StreamFrame frame = pump.step();
            if (frame != null) {
                sink.send(this, frame);
            }
            if (pump.isDone()) {
                closePump();
            }
        }
        while (pump == null && !waiting.isEmpty() && sink.link().isWritable()) {
            final StreamFrame next = waiting.remove();
            sink.waits(-next.length());
            sink.send(this, next);
        }
    }

    /** Nothing follows: tells the client. */
    void end(final DbException why) {
        if (!isClosed) {
            close();
            sink.ended(this, why);
        }
    }

    /** Ends the subscription without a word; again is harmless. */
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        dropWaiting();
        closePump();
        if (group != null) {
            group.members().remove(this);
        }
        topic.left();
    }

    private void dropWaiting() {
        long bytes = 0;
        for (final StreamFrame frame : waiting) {
            bytes += frame.length();
        }
        waiting.clear();
        sink.waits(-bytes);
    }

    private void closePump() {
        if (pump != null) {
            pump.close();
            pump = null;
        }
    }
}
