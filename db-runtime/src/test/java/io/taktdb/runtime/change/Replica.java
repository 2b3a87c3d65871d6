package io.taktdb.runtime.change;

import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.types.error.DbException;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A copy of one table that lives on changes alone, and compares itself with the real one after every tick. */
final class Replica implements ChangeListener {
    final CompletableFuture<Long> started = new CompletableFuture<>();
    final CompletableFuture<Map<Long, String>> reached = new CompletableFuture<>();
    final CompletableFuture<Void> restarted = new CompletableFuture<>();
    final CompletableFuture<DbException> ended = new CompletableFuture<>();
    final AtomicInteger ticks = new AtomicInteger();
    private final Map<Long, String> rows = new TreeMap<>();
    private final String until;
    private TableState now;
    private long tick;

    /**
     * @param until text of a row after whose arrival {@link #reached} gets the rows
     */
    Replica(final String until) {
        this.until = until;
    }

    @Override
    public void started(final HeldState state, final TableState table) {
        rows.putAll(content(table));
        tick = state.state().tick();
        look();
        started.complete(tick);
    }

    @Override
    public void restarted(final HeldState state, final TableState table) {
        rows.clear();
        rows.putAll(content(table));
        look();
        restarted.complete(null);
    }

    @Override
    public void tickBegins(final long newTick, final long commit, final TableState table) {
        if (newTick <= tick) {
            reached.completeExceptionally(new AssertionError("tick went back: from=" + tick + ", to=" + newTick));
        }
        tick = newTick;
        now = table;
    }

    @Override
    public void inserted(final long id, final RowReader after) {
        if (rows.put(id, text(after)) != null) {
            reached.completeExceptionally(new AssertionError("inserted twice: id=" + id));
        }
    }

    @Override
    public void updated(final long id, final RowReader before, final RowReader after, final BitSet fields) {
        if (!text(before).equals(rows.put(id, text(after)))) {
            reached.completeExceptionally(new AssertionError("another row before: id=" + id));
        }
    }

    @Override
    public void deleted(final long id, final RowReader before) {
        if (!text(before).equals(rows.remove(id))) {
            reached.completeExceptionally(new AssertionError("another row before: id=" + id));
        }
    }

    @Override
    public void tickEnds() {
        ticks.incrementAndGet();
        final Map<Long, String> real = content(now);
        if (!real.equals(rows)) {
            reached.completeExceptionally(new AssertionError("tick " + tick + ": real=" + real + ", replica=" + rows));
        }
        look();
    }

    private void look() {
        if (rows.containsValue(until)) {
            reached.complete(new TreeMap<>(rows));
        }
    }

    @Override
    public void ended(final DbException why) {
        ended.complete(why);
    }

    static Map<Long, String> content(final TableState table) {
        final Map<Long, String> rows = new TreeMap<>();
        final RowReader reader = table.reader();
        final IdWalk walk = table.walk();
        while (walk.next()) {
            reader.seekRow(walk.row());
            rows.put(walk.id(), text(reader));
        }
        return rows;
    }

    static String text(final RowReader row) {
        return String.valueOf(row.getString(0));
    }
}
