package io.taktdb.api.rest;

import io.taktdb.api.http.Query;
import io.taktdb.types.error.DbException;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.TableSchema;
import java.util.Arrays;
import java.util.List;

/**
 * Which records of a table are wanted, in ascending order of ids. Threading: immutable.
 */
public final class PageQuery {
    public static final int MAX_LIMIT = 1000;
    public static final int DEFAULT_LIMIT = 50;

    private static final List<String> PARAMETERS = List.of("limit", "offset", "after", "fields", RequestOptions.INT64);
    private static final String ORDER = "order";

    private final int limit;
    private final long offset;
    private final Long after;
    private final int[] fields;
    private final JsonStyle style;

    /**
     * @param limit the most records, 1 to {@value #MAX_LIMIT}
     * @param offset records to pass over first
     * @param after only ids above this one, as u64; null for all
     * @param fields positions of the wanted fields, null for all; the id is always written
     */
    public PageQuery(final int limit, final long offset, final Long after, final int[] fields, final JsonStyle style) {
        this.limit = limit;
        this.offset = offset;
        this.after = after;
        this.fields = fields == null ? null : fields.clone();
        this.style = style;
    }

    /**
     * The query that a list route was asked with.
     *
     * @throws DbException INVALID_PARAMETER
     */
    static PageQuery of(final Query query, final TableSchema table) {
        for (final String name : query.names()) {
            checkName(name, table);
        }
        final String after = query.text("after");
        if (after != null && query.text("offset") != null) {
            throw Query.fault("offset and after exclude each other; use one of them", "offset");
        }
        return new PageQuery(
                (int) query.number("limit", 1, MAX_LIMIT, DEFAULT_LIMIT),
                query.number("offset", 0, Long.MAX_VALUE, 0),
                after == null ? null : parseAfter(after),
                positions(query.text("fields"), table),
                RequestOptions.style(query));
    }

    private static void checkName(final String name, final TableSchema table) {
        if (PARAMETERS.contains(name)) {
            return;
        }
        final int dot = name.indexOf('.');
        final String field = dot < 0 ? name : name.substring(0, dot);
        if (ORDER.equals(name) || Names.ID.equals(field) || table.indexOf(field) >= 0) {
            throw Query.fault(
                    "filters and orders are not supported yet: parameter=" + name + "; walk with after= and pick",
                    name);
        }
        throw Query.unknown(name, PARAMETERS);
    }

    private static long parseAfter(final String after) {
        try {
            return RecordIds.parse(after);
        } catch (final DbException e) {
            throw Query.fault("after is not a record id: after=" + Names.abbreviate(after), "after");
        }
    }

    /**
     * Positions of the fields that a list names.
     *
     * @param names separated by commas; null for all
     * @return null for all
     * @throws DbException INVALID_PARAMETER
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

    int limit() {
        return limit;
    }

    long offset() {
        return offset;
    }

    Long after() {
        return after;
    }

    int[] fields() {
        return fields;
    }

    JsonStyle style() {
        return style;
    }

    /** The query string of the page after this one. */
    String next(final long lastId, final Query asked) {
        final StringBuilder text = new StringBuilder("limit=").append(limit);
        if (asked.text("offset") == null) {
            text.append("&after=").append(Long.toUnsignedString(lastId));
        } else {
            text.append("&offset=").append(offset + limit);
        }
        if (asked.text("fields") != null) {
            text.append("&fields=").append(asked.text("fields"));
        }
        if (style.int64AsString()) {
            text.append("&int64=string");
        }
        return text.toString();
    }
}
