package io.taktdb.api.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.api.json.RecordWriter;
import io.taktdb.core.table.RowFilter;
import io.taktdb.core.table.RowReader;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.ValueToJson;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which rows of a table a stream brings, and which of their fields. Threading: one thread.
 */
final class RowSelection {
    private final List<RowFilter> filters;
    private final int[] positions;
    private final JsonStyle style;
    private final RecordWriter writer;

    private RowSelection(
            final TableSchema table, final List<RowFilter> filters, final int[] positions, final JsonStyle style) {
        this.filters = filters;
        this.positions = positions;
        this.style = style;
        this.writer = new RecordWriter(table, style);
    }

    /**
     * What was asked for, on a table as it is now.
     *
     * @throws io.taktdb.types.error.DbException INVALID_PARAMETER
     */
    static RowSelection of(final StreamSpec spec, final TableSchema table) {
        return new RowSelection(table, spec.filters(table), spec.positions(table), spec.style());
    }

    /** Whether the row is among those selected. */
    boolean matches(final RowReader row) {
        for (int i = 0; i < filters.size(); i++) {
            if (!filters.get(i).matches(row)) {
                return false;
            }
        }
        return true;
    }

    /** Writes the selected fields of a row. */
    void write(final JsonGenerator json, final RowReader row) throws IOException {
        writer.write(json, row, positions);
    }

    /** Whether any of the given fields is selected. */
    boolean selectsAny(final BitSet fields) {
        if (positions == null) {
            return true;
        }
        for (final int position : positions) {
            if (fields.get(position)) {
                return true;
            }
        }
        return false;
    }

    /** Writes those selected fields of a row that are among the given ones. */
    void writeChanged(final JsonGenerator json, final RowReader row, final BitSet fields) throws IOException {
        final int[] changed = positions == null
                ? fields.stream().toArray()
                : Arrays.stream(positions).filter(fields::get).toArray();
        writer.write(json, row, changed);
    }

    /** Writes an id. */
    void writeId(final JsonGenerator json, final long id) throws IOException {
        ValueToJson.u64(json, id, style);
    }
}
