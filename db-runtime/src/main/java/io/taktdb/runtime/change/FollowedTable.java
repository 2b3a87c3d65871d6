package io.taktdb.runtime.change;

import io.taktdb.core.state.State;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table that somebody listens to: compared once per tick, told to all of its listeners.
 *
 * <p>A listener that throws is ended; the others go on. Threading: the feed's thread.
 */
final class FollowedTable implements ChangeSink {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedTable.class);

    private final int tableId;
    private final List<ChangeListener> listeners = new ArrayList<>();
    private final Consumer<ChangeListener> whenEnded;
    private State to;
    private TableState after;
    private boolean hasBegun;

    FollowedTable(final int tableId, final Consumer<ChangeListener> whenEnded) {
        this.tableId = tableId;
        this.whenEnded = whenEnded;
    }

    /** The table in a state, or null. */
    static TableState find(final State state, final int tableId) {
        final TableSchema schema = state.schema().tableById(tableId);
        return schema == null ? null : state.table(schema);
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    boolean remove(final ChangeListener listener) {
        return listeners.remove(listener);
    }

    /** Lets a listener in at a state. */
    void add(final ChangeListener listener, final HeldState state) {
        listeners.add(listener);
        final TableState table = find(state.state(), tableId);
        if (table == null) {
            end(listener, gone());
        } else {
            tell(listener, one -> one.started(state, table));
        }
    }

    /** Tells what lies between two states. */
    void advance(final State from, final HeldState held) {
        final TableState before = find(from, tableId);
        to = held.state();
        after = find(to, tableId);
        if (after == null) {
            endAll(gone());
        } else if (before == null || !TableDiff.isComparable(before, after)) {
            tellAll(one -> one.restarted(held, after));
        } else if (before != after) {
            hasBegun = false;
            new TableDiff(before, after).report(this);
            if (hasBegun) {
                tellAll(ChangeListener::tickEnds);
            }
        }
    }

    /** Tells that a state is complete. */
    void passed(final HeldState held) {
        tellAll(one -> one.tickPassed(held));
    }

    private static DbException gone() {
        return new DbException(ErrorCode.TABLE_NOT_FOUND, "the table was dropped; nothing more will change in it");
    }

    void endAll(final DbException why) {
        for (final ChangeListener listener : List.copyOf(listeners)) {
            end(listener, why);
        }
    }

    private void end(final ChangeListener listener, final DbException why) {
        listeners.remove(listener);
        whenEnded.accept(listener);
        try {
            listener.ended(why);
        } catch (final RuntimeException e) {
            LOG.error("a listener failed at its end: table id={}", tableId, e);
        }
    }

    private void begin() {
        if (!hasBegun) {
            hasBegun = true;
            tellAll(one -> one.tickBegins(to.tick(), to.commit(), after));
        }
    }

    private void tellAll(final Consumer<ChangeListener> what) {
        for (int i = listeners.size() - 1; i >= 0; i--) {
            tell(listeners.get(i), what);
        }
    }

    private void tell(final ChangeListener listener, final Consumer<ChangeListener> what) {
        try {
            what.accept(listener);
        } catch (final RuntimeException | StackOverflowError e) {
            LOG.error("a listener failed and hears nothing more: table id={}", tableId, e);
            end(listener, new DbException(ErrorCode.INTERNAL, "the listener failed: cause=" + e, e));
        }
    }

    @Override
    public void inserted(final long id, final RowReader row) {
        begin();
        tellAll(one -> one.inserted(id, row));
    }

    @Override
    public void updated(final long id, final RowReader before, final RowReader row, final BitSet fields) {
        begin();
        tellAll(one -> one.updated(id, before, row, fields));
    }

    @Override
    public void deleted(final long id, final RowReader before) {
        begin();
        tellAll(one -> one.deleted(id, before));
    }
}
