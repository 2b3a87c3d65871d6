package io.taktdb.core.table;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
 *   id = ?, id in (?)          look-ups
 *   an index narrows, or       walk that part of the index, match each row
 *     gives the order
 *   otherwise                  walk all ids, or those within bounds, match each row
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
    private long most = Long.MAX_VALUE;
    private RowOrder order;
    private List<Long> ids;
    private int nextId;
    private IndexRange range;
    private boolean given;
    private IdWalk walk;
    private List<Long> sorted;
    private boolean started;
    private long at;
    private long examined;

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

    /** The most rows, 1 or more; {@value #MAX_SORTED} where they must be sorted. */
    public RowQuery atMost(final long rows) {
        most = rows;
        return this;
    }

    private void plan() {
        order = new RowOrder(table.schema(), terms);
        for (final RowFilter filter : filters) {
            if (filter.position() == RowFilter.ID
                    && (filter.op() == RowFilter.Op.EQ || filter.op() == RowFilter.Op.IN)) {
                ids = idsOf(filter);
                given = order.isById() || ids.size() <= 1;
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
                ids != null ? "id" : range != null ? range.toString() : "scan of " + table.rowCount() + " rows";
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

    /** How many rows there are in all; the query is used up by it. */
    public long count() {
        if (filters.isEmpty()) {
            return table.rowCount();
        }
        terms.clear();
        plan();
        long count = 0;
        while (step()) {
            count++;
        }
        return count;
    }

    /** How many rows were looked at so far. */
    public long examined() {
        return examined;
    }

    /** Whether few rows will be looked at for each that is found; else the query may walk the whole table. */
    public boolean isCheap() {
        if (order == null) {
            plan();
        }
        return ids != null || given && (filters.isEmpty() || range != null && range.isOne());
    }

    /** The row; the same flyweight each time. */
    public RowReader row() {
        return reader;
    }

    /** Goes to the next row that the plan finds and the filters let through. */
    private boolean step() {
        while (advance()) {
            examined++;
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
        if (ids != null) {
            return nextId();
        }
        if (range != null) {
            final boolean backwards = given && order.isDescending();
            return (first ? range.first(table, backwards) : range.next(backwards)) && reader.seek(range.id());
        }
        if (first) {
            walk = table.walk();
            startWalk();
        }
        return walk.next() && reader.seekRow(walk.row());
    }

    /** Passes over the ids that are too low for a filter. */
    private void startWalk() {
        long from = 0;
        for (final RowFilter filter : filters) {
            final boolean isLow = filter.op() == RowFilter.Op.GE || filter.op() == RowFilter.Op.GT;
            if (filter.position() == RowFilter.ID && isLow && !filter.isNull()) {
                final long id = idOf(filter.value());
                from = Long.compareUnsigned(id, from) > 0 ? id : from;
            }
        }
        if (from != 0) {
            walk.from(from);
        }
    }

    /** Goes to the next of a few ids that exists. */
    private boolean nextId() {
        final boolean backwards = given && order.isById() && order.isDescending();
        while (nextId < ids.size()) {
            final int place = backwards ? ids.size() - 1 - nextId : nextId;
            nextId++;
            if (reader.seek(ids.get(place))) {
                return true;
            }
        }
        return false;
    }

    private static List<Long> idsOf(final RowFilter filter) {
        return filter.values().stream()
                .filter(Objects::nonNull)
                .map(RowQuery::idOf)
                .sorted(Long::compareUnsigned)
                .distinct()
                .toList();
    }

    private static long idOf(final byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private boolean nextSorted() {
        if (sorted == null) {
            sort();
        }
        return at < sorted.size() && reader.seek(sorted.get((int) at));
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
            if (first.size() > MAX_SORTED) {
                throw tooMany();
            }
        }
        sorted = new ArrayList<>(first.size());
        while (!first.isEmpty()) {
            sorted.add(first.poll().id());
        }
        Collections.reverse(sorted);
    }

    private DbException tooMany() {
        return new DbException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "too many rows to sort: table=" + table.schema().name() + ", order=" + order + ", limit="
                                + MAX_SORTED + "; ask for fewer rows, or make an index of the order")
                .with("limit", MAX_SORTED);
    }

    /** A row that may be among the first. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Found(byte[][] key, long id) {}
}
