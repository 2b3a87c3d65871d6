package io.taktdb.core.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Rows that fulfil conditions, in an order, found the cheapest way that the indexes allow.
 *
 * <pre>{@code
 * RowQuery query = new RowQuery(table).where(filter).orderBy(position, descending).atMost(50);
 * while (query.next()) { query.row(); }
 * }</pre>
 *
 * <pre>
 *   id = ?                     one look-up
 *   an index narrows, or       walk that part of the index, match each row
 *     gives the order
 *   otherwise                  walk all ids, match each row
 *   order not given by that    keep the first rows that are wanted, in memory
 * </pre>
 *
 * Threading: one thread, under one lease (or the tick thread on a {@link Table} that does not change meanwhile).
 */
public final class RowQuery {
    /** The most rows of a query that must be sorted. */
    public static final int MAX_SORTED = 100_000;

    private final TableView table;
    private final RowReader reader;
    private final List<RowFilter> filters = new ArrayList<>();
    private final List<RowOrder.Term> terms = new ArrayList<>();
    private int most = MAX_SORTED;
    private RowOrder order;
    private RowFilter byId;
    private IndexRange range;
    private boolean given;
    private IdWalk walk;
    private List<Long> sorted;
    private boolean started;
    private int at;

    public RowQuery(final TableView table) {
        this.table = table;
        this.reader = table.reader();
    }

    /** Adds a condition; all must hold. */
    public RowQuery where(final RowFilter filter) {
        filters.add(filter);
        return this;
    }

    /**
     * Adds a field to sort by, after those before. Without any, rows come by id; equal ones always do.
     *
     * @param position of the field, or {@link RowFilter#ID}
     */
    public RowQuery orderBy(final int position, final boolean descending) {
        terms.add(new RowOrder.Term(position, descending));
        return this;
    }

    /** The most rows, 1 to {@value #MAX_SORTED}. */
    public RowQuery atMost(final int rows) {
        most = Math.min(rows, MAX_SORTED);
        return this;
    }

    private void plan() {
        order = new RowOrder(table.schema(), terms);
        for (final RowFilter filter : filters) {
            if (filter.position() == RowFilter.ID && filter.op() == RowFilter.Op.EQ && !filter.isNull()) {
                byId = filter;
                given = true;
                return;
            }
        }
        int best = 0;
        for (int i = 0; i < table.schema().indexes().size(); i++) {
            final IndexRange candidate = new IndexRange(table, i, filters);
            final boolean ordered = order.isGivenBy(candidate.keys(), candidate.equal());
            final boolean useful = candidate.score() > 0 || ordered && !order.isById();
            final int score = candidate.score() * 2 + (ordered ? 1 : 0);
            if (useful && score > best) {
                best = score;
                range = candidate;
                given = ordered;
            }
        }
        if (range == null) {
            given = order.isById() && !order.isDescending();
        }
    }

    /** How the rows are found, for people. */
    public String explain() {
        if (order == null) {
            plan();
        }
        final String how =
                byId != null ? "id" : range != null ? range.toString() : "scan of " + table.rowCount() + " rows";
        return how + (filters.isEmpty() ? "" : "; filter " + filters) + (given ? "" : "; sort by " + order);
    }

    /**
     * Goes to the next row.
     *
     * @return false at the end
     */
    public boolean next() {
        if (order == null) {
            plan();
        }
        if (at == most) {
            return false;
        }
        final boolean found = given ? step() : nextSorted();
        at += found ? 1 : 0;
        return found;
    }

    /** The row; the same flyweight each time. */
    public RowReader row() {
        return reader;
    }

    /** Goes to the next row that the plan finds and the filters let through. */
    private boolean step() {
        while (advance()) {
            boolean matches = true;
            for (int i = 0; i < filters.size() && matches; i++) {
                matches = filters.get(i).matches(reader);
            }
            if (matches) {
                return true;
            }
        }
        return false;
    }

    private boolean advance() {
        final boolean first = !started;
        started = true;
        if (byId != null) {
            return first && reader.seek(idOf(byId));
        }
        if (range != null) {
            final boolean backwards = given && order.isDescending();
            return (first ? range.first(table, backwards) : range.next(backwards)) && reader.seek(range.id());
        }
        if (first) {
            walk = table.walk();
        }
        return walk.next() && reader.seekRow(walk.row());
    }

    private static long idOf(final RowFilter filter) {
        return ByteBuffer.wrap(filter.value()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private boolean nextSorted() {
        if (sorted == null) {
            sort();
        }
        return at < sorted.size() && reader.seek(sorted.get(at));
    }

    /** Keeps the first rows of all, the last of them on top. */
    private void sort() {
        final var comparator = order.comparator();
        final PriorityQueue<Found> first = new PriorityQueue<>((one, two) -> comparator.compare(two.key(), one.key()));
        while (step()) {
            first.add(new Found(order.keyOf(reader), reader.id()));
            if (first.size() > most) {
                first.poll();
            }
        }
        sorted = new ArrayList<>(first.size());
        while (!first.isEmpty()) {
            sorted.add(first.poll().id());
        }
        Collections.reverse(sorted);
    }

    /** A row that may be among the first. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Found(byte[][] key, long id) {}
}
