package io.taktdb.runtime.change;

import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.types.error.DbException;
import java.util.BitSet;

/** Passes everything on; tests override what they need. */
class ForwardingListener implements ChangeListener {
    private final ChangeListener to;

    ForwardingListener(final ChangeListener to) {
        this.to = to;
    }

    @Override
    public void started(final HeldState state, final TableState table) {
        to.started(state, table);
    }

    @Override
    public void restarted(final HeldState state, final TableState table) {
        to.restarted(state, table);
    }

    @Override
    public void tickBegins(final long tick, final long commit, final TableState table) {
        to.tickBegins(tick, commit, table);
    }

    @Override
    public void inserted(final long id, final RowReader after) {
        to.inserted(id, after);
    }

    @Override
    public void updated(final long id, final RowReader before, final RowReader after, final BitSet fields) {
        to.updated(id, before, after, fields);
    }

    @Override
    public void deleted(final long id, final RowReader before) {
        to.deleted(id, before);
    }

    @Override
    public void tickEnds() {
        to.tickEnds();
    }

    @Override
    public void ended(final DbException why) {
        to.ended(why);
    }
}
