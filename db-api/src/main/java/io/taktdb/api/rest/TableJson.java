package io.taktdb.api.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.api.json.StatusJson;
import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.table.PageSet;
import io.taktdb.core.table.TableState;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.Schema;
import java.io.IOException;

/**
 * A table with its figures.
 *
 * <pre>
 *   {name, fields, groups, maxRows, rows, bytes, rowBytes, memory: {rows, heap, ids, indexes},
 *    layout: {rowsPerChunk, fields: [{name, group, offset, stride, bytes}]}}
 * </pre>
 *
 * {@code bytes} are the pages as a snapshot stores them, {@code memory} is what they take here: each page exists twice.
 * A value lies at {@code page + offset + rowInChunk * stride}. Threading: none of its own, under the table's lease.
 */
final class TableJson {
    private TableJson() {}

    static void write(final JsonGenerator json, final Schema schema, final TableState table) throws IOException {
        final TableLayout layout = table.layout();
        json.writeStartObject();
        SchemaJson.writeTableProperties(json, schema, table.schema());
        json.writeNumberField("rows", table.rowCount());
        json.writeNumberField("bytes", pageBytes(table));
        json.writeNumberField("rowBytes", layout.rowBytes());
        StatusJson.memory(json, table.memory());
        json.writeObjectFieldStart("layout");
        json.writeNumberField("rowsPerChunk", layout.rowsPerChunk());
        json.writeArrayFieldStart("fields");
        for (final FieldPlace place : layout.fields()) {
            json.writeStartObject();
            json.writeStringField("name", place.field().name());
            json.writeStringField("group", layout.groups().get(place.group()).name());
            json.writeNumberField("offset", place.offset());
            json.writeNumberField("stride", place.stride());
            json.writeNumberField("bytes", place.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Bytes of all pages that the table shows: rows, values of variable length, ids. */
    private static long pageBytes(final TableState table) {
        long bytes = 0;
        for (final PageSet set : PageSet.of(table)) {
            for (int page = 0; page < set.count(); page++) {
                bytes += Math.max(0, set.bytes(page));
            }
        }
        return bytes;
    }
}
