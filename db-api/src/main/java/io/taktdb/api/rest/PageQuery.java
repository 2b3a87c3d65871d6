package io.taktdb.api.rest;

import io.taktdb.api.http.Query;
import io.taktdb.api.http.RequestOptions;
import io.taktdb.api.json.RecordIds;
import io.taktdb.api.query.FilterReader;
import io.taktdb.api.query.RecordQuery;
import io.taktdb.core.table.RowFilter;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.TableSchema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The query parameters of a list route. Threading: none of its own. */
final class PageQuery {
    /** Whether to say how the records are found. */
    static final String EXPLAIN = "explain";

    /** Whether to count all records that fulfil the conditions. */
    static final String COUNT = "count";

    private static final String ORDER = "order";
    private static final String FIELDS = "fields";
    private static final String AFTER = "after";
    private static final String OFFSET = "offset";
    private static final String LIMIT = "limit";
    private static final List<String> PARAMETERS =
            List.of(LIMIT, OFFSET, AFTER, FIELDS, ORDER, COUNT, EXPLAIN, RequestOptions.INT64);

    private PageQuery() {}

    /**
     * What a list route was asked for.
     *
     * @throws DbException INVALID_PARAMETER
     */
    static RecordQuery of(final Query query, final TableSchema table) {
        final RecordQuery wanted = new RecordQuery(table);
        filters(query, table, PARAMETERS).forEach(wanted::where);
        final String after = query.text(AFTER);
        if (after != null && query.text(OFFSET) != null) {
            throw Query.fault("offset and after exclude each other; use one of them", OFFSET);
        }
        return wanted.orderBy(query.text(ORDER))
                .page(
                        (int) query.number(LIMIT, 1, RecordQuery.MAX_LIMIT, RecordQuery.DEFAULT_LIMIT),
                        query.number(OFFSET, 0, Long.MAX_VALUE, 0))
                .after(after == null ? null : parseAfter(after))
                .fields(query.text(FIELDS))
                .style(RequestOptions.style(query));
    }

    /**
     * All parameters that are no options, as conditions.
     *
     * @throws DbException INVALID_PARAMETER
     */
    static List<RowFilter> filters(final Query query, final TableSchema table, final List<String> options) {
        final List<RowFilter> filters = new ArrayList<>();
        for (final String name : query.names()) {
            if (!options.contains(name)) {
                final int dot = name.indexOf('.');
                final String field = dot < 0 ? name : name.substring(0, dot);
                if (!Names.ID.equals(field) && table.indexOf(field) < 0) {
                    throw unknown(name, table, options);
                }
                filters.add(FilterReader.ofText(table, name, query.text(name)));
            }
        }
        return filters;
    }

    private static DbException unknown(final String name, final TableSchema table, final List<String> options) {
        final List<String> known = new ArrayList<>(options);
        table.fields().stream().map(Field::name).forEach(known::add);
        final String shown = Names.abbreviate(name);
        return Query.fault(
                "unknown query parameter: parameter=" + shown + Suggestion.didYouMean(name, known) + "; this route has "
                        + String.join(", ", options) + ", and the fields of " + table.name(),
                name);
    }

    private static long parseAfter(final String after) {
        try {
            return RecordIds.parse(after);
        } catch (final DbException e) {
            throw Query.fault("after is not a record id: after=" + Names.abbreviate(after), AFTER);
        }
    }

    /** The query string of the page after one that ended with a record: what was asked for, but another start. */
    static String next(final RecordQuery query, final long lastId, final Query asked) {
        final boolean byId = asked.text(OFFSET) == null && asked.text(ORDER) == null;
        final StringBuilder text = new StringBuilder("limit=").append(query.limit());
        if (byId) {
            text.append("&after=").append(Long.toUnsignedString(lastId));
        } else {
            text.append("&offset=").append(query.offset() + query.limit());
        }
        for (final String name : asked.names()) {
            if (!List.of(LIMIT, AFTER, OFFSET).contains(name)) {
                text.append('&').append(encode(name)).append('=').append(encode(asked.text(name)));
            }
        }
        return text.toString();
    }

    private static String encode(final String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
    }
}
