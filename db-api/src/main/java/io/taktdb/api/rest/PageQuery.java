package io.taktdb.api.rest;

import io.taktdb.api.http.Query;
import io.taktdb.api.http.RequestOptions;
import io.taktdb.api.json.RecordIds;
import io.taktdb.api.json.RecordQuery;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.TableSchema;
import java.util.List;

/** The query parameters of a list route. Threading: none of its own. */
final class PageQuery {
    private static final List<String> PARAMETERS = List.of("limit", "offset", "after", "fields", RequestOptions.INT64);
    private static final String ORDER = "order";

    private PageQuery() {}

    /**
     * What a list route was asked for.
     *
     * @throws DbException INVALID_PARAMETER
     */
    static RecordQuery of(final Query query, final TableSchema table) {
        for (final String name : query.names()) {
            checkName(name, table);
        }
        final String after = query.text("after");
        if (after != null && query.text("offset") != null) {
            throw Query.fault("offset and after exclude each other; use one of them", "offset");
        }
        return new RecordQuery(
                (int) query.number("limit", 1, RecordQuery.MAX_LIMIT, RecordQuery.DEFAULT_LIMIT),
                query.number("offset", 0, Long.MAX_VALUE, 0),
                after == null ? null : parseAfter(after),
                RecordQuery.positions(query.text("fields"), table),
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

    /** The query string of the page after one that ended with a record. */
    static String next(final RecordQuery query, final long lastId, final Query asked) {
        final StringBuilder text = new StringBuilder("limit=").append(query.limit());
        if (asked.text("offset") == null) {
            text.append("&after=").append(Long.toUnsignedString(lastId));
        } else {
            text.append("&offset=").append(query.offset() + query.limit());
        }
        if (asked.text("fields") != null) {
            text.append("&fields=").append(asked.text("fields"));
        }
        if (query.style().int64AsString()) {
            text.append("&int64=string");
        }
        return text.toString();
    }
}
