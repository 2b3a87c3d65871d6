package io.taktdb.api.query;

import io.taktdb.api.http.Query;
import io.taktdb.core.table.RowFilter;
import io.taktdb.core.table.RowQuery;
import io.taktdb.core.table.TableView;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.TableSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which records of a table are wanted, in which order, and how they are written.
 *
 * <p>Threading: filled and used by one thread.
 */
public final class RecordQuery {
    public static final int MAX_LIMIT = 1000;
    public static final int DEFAULT_LIMIT = 50;

    /** The most fields to order by. */
    public static final int MAX_ORDER = 8;

    /** A query may walk this many rows on an event loop; larger tables are walked by worker threads. */
    static final int WALK_ON_EVENT_LOOP = 10_000;

    private final TableSchema table;
    private final List<RowFilter> filters = new ArrayList<>();
    private final List<Term> order = new ArrayList<>();
    private int limit = DEFAULT_LIMIT;
    private long offset;
    private Long after;
    private int[] fields;
    private JsonStyle style = JsonStyle.PLAIN;

    /**
     * @param position of a field, or {@link RowFilter#ID}
     */
    private record Term(int position, boolean descending) {}

    /** All records, by id. */
    public RecordQuery(final TableSchema table) {
        this.table = table;
    }

    /** Adds a condition; all must hold. */
    public RecordQuery where(final RowFilter filter) {
        filters.add(filter);
        return this;
    }

    /**
     * Sets the order.
     *
     * @param names of fields, separated by commas, those with a minus before them downwards; null for none
     * @throws io.taktdb.types.error.DbException INVALID_PARAMETER
     */
    public RecordQuery orderBy(final String names) {
        if (names == null) {
            return this;
        }
        for (final String name : names.split(",", -1)) {
            final boolean descending = name.startsWith("-");
            final String field = descending ? name.substring(1) : name;
            final int position = Names.ID.equals(field) ? RowFilter.ID : table.indexOf(field);
            if (position < 0 && !Names.ID.equals(field)) {
                throw Query.fault(table.fieldNotFound(field).getMessage(), "order");
            }
            if (position >= 0
                    && !IndexRules.isIndexable(table.fields().get(position).type())) {
                throw Query.fault(
                        "values of this type have no order: field=" + field + ", type="
                                + table.fields().get(position).type().spelling(),
                        "order");
            }
            order.add(new Term(position, descending));
        }
        if (order.size() > MAX_ORDER) {
            throw Query.fault("too many fields to order by: limit=" + MAX_ORDER, "order");
        }
        return this;
    }

    /** Sets the page: the most records, and how many to pass over. */
    public RecordQuery page(final int mostRecords, final long passedOver) {
        limit = mostRecords;
        offset = passedOver;
        return this;
    }

    /**
     * Sets where to go on.
     *
     * @param id only ids above this one, as u64; null for all
     * @throws io.taktdb.types.error.DbException INVALID_PARAMETER the order is not by id
     */
    public RecordQuery after(final Long id) {
        if (id != null && !order.isEmpty() && !order.equals(List.of(new Term(RowFilter.ID, false)))) {
            throw Query.fault("after goes by id and order does not; use offset, or filter by the field", "after");
        }
        after = id;
        return this;
    }

    /**
     * Sets the fields to write; the id is always written.
     *
     * @param names separated by commas; null for all
     * @throws io.taktdb.types.error.DbException INVALID_PARAMETER
     */
    public RecordQuery fields(final String names) {
        fields = positions(names, table);
        return this;
    }

    /** Sets how values are written. */
    public RecordQuery style(final JsonStyle newStyle) {
        style = newStyle;
        return this;
    }

    /**
     * Positions of the fields that a list names.
     *
     * @param names separated by commas; null for all
     * @return null for all
     * @throws io.taktdb.types.error.DbException INVALID_PARAMETER
     */
    public static int[] positions(final String names, final TableSchema table) {
        if (names == null) {
            return null;
        }
        final String[] wanted = names.split(",", -1);
        final int[] positions = new int[wanted.length];
        int count = 0;
        for (final String name : wanted) {
            final int position = table.indexOf(name);
            if (position >= 0) {
                positions[count++] = position;
            } else if (!Names.ID.equals(name)) {
                throw Query.fault(table.fieldNotFound(name).getMessage(), "fields");
            }
        }
        return Arrays.copyOf(positions, count);
    }

    /** The rows that this asks for, without those before {@link #after} and from the first of the offset on. */
    RowQuery rows(final TableView view) {
        final RowQuery rows = new RowQuery(view);
        filters.forEach(rows::where);
        order.forEach(term -> rows.orderBy(term.position(), term.descending()));
        if (after != null) {
            final byte[] id = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(after)
                    .array();
            rows.where(new RowFilter(table, RowFilter.ID, RowFilter.Op.GT, List.of(id)));
        }
        return rows;
    }

    /** How many records fulfil the conditions, on whatever page. */
    public long total(final TableView view) {
        final RowQuery rows = new RowQuery(view);
        filters.forEach(rows::where);
        return rows.count();
    }

    /** How the records are found, for people. */
    public String explain(final TableView view) {
        return rows(view).explain();
    }

    /** Whether finding the records may take so long that no event loop should do it. */
    public boolean isHeavy(final TableView view) {
        return !isPlain() && view.rowCount() > WALK_ON_EVENT_LOOP && !rows(view).isCheap();
    }

    /** Whether all records are wanted, by id. */
    boolean isPlain() {
        return filters.isEmpty() && order.isEmpty();
    }

    /** The conditions. */
    public List<RowFilter> filters() {
        return filters;
    }

    public int limit() {
        return limit;
    }

    public long offset() {
        return offset;
    }

    Long after() {
        return after;
    }

    int[] fields() {
        return fields;
    }

    public JsonStyle style() {
        return style;
    }
}
