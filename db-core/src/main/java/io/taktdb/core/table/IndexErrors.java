package io.taktdb.core.table;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.json.ValueToJson;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The errors of unique indexes. Threading: none of its own. */
final class IndexErrors {
    private IndexErrors() {}

    /** A row brought values that another has. */
    static DbException violated(
            final TableSchema table,
            final IndexSchema index,
            final IndexKeys keys,
            final RowReader row,
            final long existing) {
        final List<String> values = values(keys, row);
        final String id = Long.toUnsignedString(existing);
        return error("values exist already", table, index, keys, ", values=" + values + ", existing id=" + id)
                .with("values", values)
                .with("existing", id);
    }

    /**
     * Rows have equal values, so that there can be no unique index.
     *
     * @param row the first of them
     */
    static DbException duplicates(
            final TableSchema table,
            final IndexSchema index,
            final IndexKeys keys,
            final RowReader row,
            final List<String> ids) {
        final List<String> values = values(keys, row);
        return error("records have equal values", table, index, keys, ", first values=" + values + ", first ids=" + ids)
                .with("values", values)
                .with("ids", ids);
    }

    private static List<String> values(final IndexKeys keys, final RowReader row) {
        final List<String> values = new ArrayList<>();
        for (int i = 0; i < keys.positions().length; i++) {
            values.add(text(keys.fields().get(i), row, keys.positions()[i]));
        }
        return values;
    }

    private static DbException error(
            final String fact,
            final TableSchema table,
            final IndexSchema index,
            final IndexKeys keys,
            final String rest) {
        final List<String> names = keys.fields().stream().map(Field::name).toList();
        return new DbException(
                        ErrorCode.CONFLICT,
                        fact + ": table=" + table.name() + ", index=" + index.name() + ", fields=" + names + rest
                                + "; the index is unique")
                .with("table", table.name())
                .with("index", index.name())
                .with("fields", names);
    }

    private static String text(final Field field, final RowReader row, final int position) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            new ValueToJson().write(g, field.type(), row.buffer(position), 0, row.length(position), JsonStyle.PLAIN);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        return Names.abbreviate(bytes.toString(StandardCharsets.UTF_8));
    }
}
