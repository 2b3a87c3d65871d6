package io.taktdb.runtime.command;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.JsonToValue;
import io.taktdb.types.json.MergePatch;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.json.ValueToJson;
import io.taktdb.types.schema.Field;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.agrona.ExpandableArrayBuffer;

/**
 * Merges the patches of an update into the values that are there (RFC 7396), so that two clients that change different
 * members of one document do not undo each other's change.
 *
 * <p>Threading: tick thread.
 */
final class PatchApplier {
    /** The longest document that is merged on the tick thread; a longer one can be replaced whole. */
    static final int MAX_DOCUMENT_BYTES = 1024 * 1024;

    private final ExpandableArrayBuffer resolved = new ExpandableArrayBuffer();
    private final ExpandableArrayBuffer merged = new ExpandableArrayBuffer();
    private final RowWriter writer = new RowWriter();
    private final RowCursor result = new RowCursor();
    private final MergePatch merge = new MergePatch();
    private final JsonToValue fromJson = new JsonToValue();
    private final ValueToJson toJson = new ValueToJson();
    private final JsonFaults faults = new JsonFaults();

    /**
     * The row with whole values in the place of its patches.
     *
     * @return a cursor on its start, overwritten by the next call
     * @throws DbException RECORD_NOT_FOUND; LIMIT_EXCEEDED the document is longer than {@link #MAX_DOCUMENT_BYTES};
     *     SCHEMA_MISMATCH the merged value does not fit its field
     */
    RowCursor resolve(final Table table, final long id, final RowCursor row) {
        final RowReader current = table.reader().require(id);
        writer.wrap(resolved, 0);
        faults.clear();
        while (row.next()) {
            final ValueCursor value = row.value();
            final Field field = table.schema().fieldById(row.fieldId());
            writer.field(row.fieldId());
            if (value.kind() == ValueKind.PATCH && field != null) {
                patch(table, current, field, value);
            } else {
                final int start = row.valueStart();
                resolved.putBytes(writer.position(), value.buffer(), start, value.end() - start);
                writer.position(writer.position() + value.end() - start);
            }
        }
        faults.throwIfAny("table=" + table.schema().name());
        return result.wrap(resolved, 0, writer.finish());
    }

    private void patch(final Table table, final RowReader current, final Field field, final ValueCursor value) {
        final int position = table.schema().indexOf(field.name());
        try (JsonParser target = document(table, current, position, field);
                JsonParser patch = parser(bytes(value))) {
            final int length = merge.merge(target, patch, merged, 0);
            final byte[] text = new byte[length];
            merged.getBytes(0, text);
            try (JsonParser whole = parser(text)) {
                writer.position(fromJson.encode(
                        whole, field.type(), field.mayBeNull(), resolved, writer.position(), field.name(), faults));
            }
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    private JsonParser document(final Table table, final RowReader current, final int position, final Field field)
            throws IOException {
        if (current.isNull(position)) {
            return parser(new byte[] {'{', '}'});
        }
        if (current.length(position) > MAX_DOCUMENT_BYTES) {
            throw new DbException(
                            ErrorCode.LIMIT_EXCEEDED,
                            "document is too long to be merged: table="
                                    + table.schema().name() + ", field="
                                    + field.name() + ", bytes=" + current.length(position) + ", limit="
                                    + MAX_DOCUMENT_BYTES + "; replace the record with PUT")
                    .with("limit", MAX_DOCUMENT_BYTES);
        }
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(text)) {
            toJson.write(
                    g,
                    field.type(),
                    current.buffer(position),
                    current.offset(position),
                    current.length(position),
                    JsonStyle.PLAIN);
        }
        return parser(text.toByteArray());
    }

    private static byte[] bytes(final ValueCursor value) {
        final byte[] bytes = new byte[value.length()];
        value.buffer().getBytes(value.offset(), bytes);
        return bytes;
    }

    private static JsonParser parser(final byte[] text) {
        final JsonParser parser = StrictJson.parser(text, 0, text.length);
        StrictJson.next(parser);
        return parser;
    }
}
