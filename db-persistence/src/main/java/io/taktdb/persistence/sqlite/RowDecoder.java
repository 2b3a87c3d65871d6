package io.taktdb.persistence.sqlite;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueForm;
import io.taktdb.types.value.ValueKind;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/**
 * Turns the rows that SQL shows of one table into rows in their byte form: the way back of {@link RowBinder}.
 *
 * <p>Threading: one thread.
 */
final class RowDecoder {
    private final TableSchema table;
    private final int ownColumns;
    private final boolean hasRest;
    private final ExactLookup exact;
    private final SqlToValue values = new SqlToValue();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final RowWriter writer = new RowWriter();
    private final RowCursor cursor = new RowCursor();
    private final ValueCursor read = new ValueCursor();
    private long id;

    RowDecoder(final TableSchema table, final boolean hasRest, final ExactLookup exact) {
        this.table = table;
        this.hasRest = hasRest;
        this.ownColumns = hasRest ? DumpTable.MAX_OWN_COLUMNS : table.fields().size();
        this.exact = exact;
    }

    /** What SELECT asks for: the id, the fields with a column of their own, the rest. */
    String selectList(final String restColumn) {
        // with the table before it, since SQLite takes the name of a column that is missing for a text
        final StringBuilder list = new StringBuilder("t.").append(DumpNames.quote(Names.ID));
        for (int i = 0; i < ownColumns; i++) {
            list.append(", t.").append(DumpNames.quote(table.fields().get(i).name()));
        }
        return hasRest ? list.append(", t.").append(DumpNames.quote(restColumn)).toString() : list.toString();
    }

    /** The id of the row that was decoded last. */
    long id() {
        return id;
    }

    /**
     * Decodes the row that a result stands on.
     *
     * @throws DbException SCHEMA_MISMATCH a value does not fit
     */
    RowCursor decode(final ResultSet row) throws SQLException {
        id = id(row.getObject(1));
        final Map<Integer, byte[]> exactValues = exact.of(id);
        writer.wrap(buffer, 0);
        for (int i = 0; i < ownColumns; i++) {
            final Field field = table.fields().get(i);
            final Object shown = row.getObject(i + 2);
            writer.field(field.id());
            if (shown == null) {
                putNull(field);
            } else {
                end(field, values.encode(field.type(), shown, buffer, writer.position()), shown, exactValues);
            }
        }
        if (hasRest) {
            rest(row.getString(ownColumns + 2), exactValues);
        }
        return cursor.wrap(buffer, 0, writer.finish());
    }

    private long id(final Object shown) {
        if (shown instanceof Number number && number.longValue() >= 0) {
            return number.longValue();
        }
        try {
            return Long.parseUnsignedLong(String.valueOf(shown));
        } catch (final NumberFormatException e) {
            throw new DbException(
                            ErrorCode.SCHEMA_MISMATCH,
                            "id is no u64: table=" + table.name() + ", came=" + Names.abbreviate(String.valueOf(shown)))
                    .with("table", table.name());
        }
    }

    private void putNull(final Field field) {
        if (!field.mayBeNull()) {
            throw mismatch(field, "null");
        }
        writer.putNull();
    }

    /** Ends a field whose value was written, with the exact one in its place if there is one. */
    private void end(
            final Field field, final int position, final Object shown, final Map<Integer, byte[]> exactValues) {
        if (position == SqlToValue.MISMATCH) {
            throw mismatch(field, shown instanceof byte[] ? "blob" : String.valueOf(shown));
        }
        final byte[] bytes = exactValues.get(field.id());
        final int start = writer.position();
        if (bytes == null || !exact.isShownBy(field.type(), bytes, read.wrap(buffer, start, position))) {
            writer.position(position);
            return;
        }
        int at = start + 1;
        if (!ValueKind.isScalar(ValueKind.of(field.type()))) {
            at = ValueForm.putHead(buffer, start, ValueKind.of(field.type()), bytes.length);
        }
        buffer.putBytes(at, bytes);
        writer.position(at + bytes.length);
    }

    private void rest(final String json, final Map<Integer, byte[]> exactValues) {
        final BitSet seen = new BitSet();
        try (JsonParser parser = StrictJson.parser(json == null ? "{}" : json)) {
            if (StrictJson.next(parser) != JsonToken.START_OBJECT) {
                throw mismatch(table.fields().get(ownColumns), json);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                final Field field = table.requireField(parser.currentName());
                StrictJson.next(parser);
                writer.field(field.id());
                seen.set(table.indexOf(field.name()));
                end(field, values.json(field.type(), parser, buffer, writer.position()), json, exactValues);
            }
            StrictJson.requireEnd(parser);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        for (int i = seen.nextClearBit(ownColumns); i < table.fields().size(); i = seen.nextClearBit(i + 1)) {
            writer.field(table.fields().get(i).id());
            putNull(table.fields().get(i));
        }
    }

    private DbException mismatch(final Field field, final String came) {
        return new DbException(
                        ErrorCode.SCHEMA_MISMATCH,
                        "value does not fit the field: table=" + table.name() + ", id=" + Long.toUnsignedString(id)
                                + ", field=" + field.name() + ", expected="
                                + field.type().spelling() + (field.mayBeNull() ? " or null" : "") + ", came="
                                + Names.abbreviate(came))
                .with("table", table.name())
                .with("field", field.name());
    }
}
