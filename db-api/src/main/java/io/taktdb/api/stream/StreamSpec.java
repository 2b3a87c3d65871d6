package io.taktdb.api.stream;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.api.http.Query;
import io.taktdb.api.http.RequestOptions;
import io.taktdb.api.query.FilterReader;
import io.taktdb.api.query.RecordQuery;
import io.taktdb.core.table.RowFilter;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client asked to follow, as it said it: read again whenever the table's fields change.
 *
 * @param conditions filters of a query string by name, sorted
 * @param filterJson filters as a JSON object, or null
 * @param fields names of the wanted fields, or null for all
 */
public record StreamSpec(Map<String, String> conditions, String filterJson, String fields, JsonStyle style) {
    private static final List<String> OPTIONS = List.of("snapshot", "fields", RequestOptions.INT64);

    /** What a query string says: every parameter that is no option is a filter. */
    static StreamSpec of(final Query query) {
        final Map<String, String> conditions = new TreeMap<>();
        for (final String name : query.names()) {
            if (!OPTIONS.contains(name)) {
                conditions.put(name, query.text(name));
            }
        }
        return new StreamSpec(conditions, null, query.text("fields"), RequestOptions.style(query));
    }

    /**
     * What a JSON object says.
     *
     * @param filterJson may be null
     * @param fields may be null
     */
    public static StreamSpec of(final String filterJson, final String fields) {
        return new StreamSpec(Map.of(), filterJson, fields, JsonStyle.PLAIN);
    }

    /** The conditions on a table. */
    List<RowFilter> filters(final TableSchema table) {
        final List<RowFilter> filters = new ArrayList<>();
        conditions.forEach((name, value) -> filters.add(FilterReader.ofText(table, name, value)));
        if (filterJson != null) {
            final byte[] json = filterJson.getBytes(StandardCharsets.UTF_8);
            try (JsonParser parser = StrictJson.parser(json, 0, json.length)) {
                StrictJson.next(parser);
                filters.addAll(FilterReader.ofObject(table, parser));
            } catch (final IOException e) {
                throw StrictJson.translate(e);
            }
        }
        return filters;
    }

    /** Positions of the wanted fields, null for all. */
    int[] positions(final TableSchema table) {
        return RecordQuery.positions(fields, table);
    }
}
