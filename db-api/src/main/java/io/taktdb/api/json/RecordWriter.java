package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.core.table.RowReader;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.ValueToJson;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.RowCursor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Records as JSON objects: {@code id} first, then the fields in declared order.
 *
 * <p>Threading: one thread.
 */
public final class RecordWriter {
    private final ValueToJson values = new ValueToJson();
    private final RowCursor row = new RowCursor();
    private final TableSchema table;
    private final JsonStyle style;

    public RecordWriter(final TableSchema table, final JsonStyle style) {
        this.table = table;
        this.style = style;
    }

    /**
     * Writes the row that a reader stands on.
     *
     * @param positions fields to write, in this order; null for all
     */
    public void write(final JsonGenerator json, final RowReader reader, final int[] positions) throws IOException {
        final List<Field> fields = table.fields();
        json.writeStartObject();
        writeId(json, reader.id());
        final int count = positions == null ? fields.size() : positions.length;
        for (int i = 0; i < count; i++) {
            final int position = positions == null ? i : positions[i];
            final Field field = fields.get(position);
            json.writeFieldName(field.name());
            if (reader.isNull(position)) {
                json.writeNull();
            } else {
                final DirectBuffer value = reader.buffer(position);
                values.write(json, field.type(), value, reader.offset(position), reader.length(position), style);
            }
        }
        json.writeEndObject();
    }

    /**
     * Writes the record at an index of a command's reply: {@code id u64, row}.
     *
     * @return the first index after it
     */
    public int write(final JsonGenerator json, final DirectBuffer reply, final int index, final int limit)
            throws IOException {
        json.writeStartObject();
        writeId(json, reply.getLong(index, ByteOrder.LITTLE_ENDIAN));
        row.wrap(reply, index + Long.BYTES, limit);
        int expected = 0;
        while (row.next()) {
            expected = positionOf(row.fieldId(), expected);
            final Field field = table.fields().get(expected++);
            json.writeFieldName(field.name());
            values.write(json, field.type(), row.value(), style);
        }
        json.writeEndObject();
        return row.end();
    }

    private void writeId(final JsonGenerator json, final long id) throws IOException {
        json.writeFieldName(Names.ID);
        ValueToJson.u64(json, id, style);
    }

    /** Replies bring fields in declared order, so the first guess is right. */
    private int positionOf(final int fieldId, final int guess) {
        final List<Field> fields = table.fields();
        for (int i = 0; i < fields.size(); i++) {
            final int position = (guess + i) % fields.size();
            if (fields.get(position).id() == fieldId) {
                return position;
            }
        }
        throw new IllegalStateException(
                "reply has a field that its schema lacks: table=" + table.name() + ", fieldId=" + fieldId);
    }
}
