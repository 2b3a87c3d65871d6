package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.RowWriter;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * Reads a record as a JSON object into a row's byte form, field ids instead of names.
 *
 * <p>Absent fields are not written: their default, or their old value, is the engine's to fill in. The key {@code id}
 * is not part of the row: {@link #hasId()} and {@link #id()} say what the last object brought. Threading: one thread.
 */
public final class RowFromJson {
    private final JsonToValue values = new JsonToValue();
    private final IntegerText integer = new IntegerText();
    private final BitSet seen = new BitSet();
    private final JsonFaults ownFaults = new JsonFaults();
    private boolean hasId;
    private boolean hasPatch;
    private long id;

    /** Whether a value of the object that was read last is a patch ({@code ValueKind#PATCH}); only with MERGE. */
    public boolean hasPatch() {
        return hasPatch;
    }

    /** Whether the object that was read last had an {@code id}. */
    public boolean hasId() {
        return hasId;
    }

    /** The id that the last object brought, as u64; 0 if none. */
    public long id() {
        return id;
    }

    /**
     * Reads one record.
     *
     * @param parser on the record's first token; on its last one afterwards
     * @param addressedId the id that REPLACE and MERGE are for, which an {@code id} in the object must equal
     * @param row wrapped; its count and end are the caller's to {@link RowWriter#finish()}
     * @throws DbException SCHEMA_MISMATCH naming every field at fault, INVALID_JSON, LIMIT_EXCEEDED
     */
    public void read(
            final JsonParser parser,
            final TableSchema table,
            final RowMode mode,
            final long addressedId,
            final RowWriter row) {
        ownFaults.clear();
        read(parser, table, mode, addressedId, row, ownFaults);
        if (!ownFaults.isEmpty()) {
            throw ownFaults.toException("table=" + table.name()).with("table", table.name());
        }
    }

    /** The same for a caller that collects the faults of many records; see {@link JsonFaults#atRecord}. */
    public void read(
            final JsonParser parser,
            final TableSchema table,
            final RowMode mode,
            final long addressedId,
            final RowWriter row,
            final JsonFaults faults) {
        hasId = false;
        hasPatch = false;
        id = 0;
        seen.clear();
        try {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                faults.add("", "object", JsonCame.describe(parser));
                parser.skipChildren();
                return;
            }
            int keys = 0;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                StrictJson.checkKeys(++keys);
                final String key = parser.currentName();
                parser.nextToken();
                final int position = table.indexOf(key);
                if (position >= 0) {
                    field(parser, mode, table.fields().get(position), row, faults);
                    seen.set(position);
                } else if (Names.ID.equals(key)) {
                    id(parser, mode, addressedId, faults);
                } else {
                    unknown(parser, table, key, faults);
                }
            }
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        if (mode != RowMode.MERGE) {
            requireAll(table.fields(), faults);
        }
    }

    private void field(
            final JsonParser parser,
            final RowMode mode,
            final Field field,
            final RowWriter row,
            final JsonFaults faults) {
        row.field(field.id());
        final boolean merges = field.type() == VariableType.JSON || field.type() instanceof CompositeType;
        if (mode == RowMode.MERGE && merges && parser.currentToken() == JsonToken.START_OBJECT) {
            hasPatch = true;
            row.position(values.encodePatch(parser, field.type(), row.buffer(), row.position(), field.name(), faults));
            return;
        }
        row.position(values.encode(
                parser, field.type(), field.mayBeNull(), row.buffer(), row.position(), field.name(), faults));
    }

    private void requireAll(final List<Field> fields, final JsonFaults faults) {
        for (int i = seen.nextClearBit(0); i < fields.size(); i = seen.nextClearBit(i + 1)) {
            final Field field = fields.get(i);
            if (field.isRequired()) {
                faults.add(field.name(), field.type().spelling() + " (required)", JsonFaults.ABSENT);
            }
        }
    }

    private void id(final JsonParser parser, final RowMode mode, final long addressedId, final JsonFaults faults)
            throws IOException {
        final JsonToken token = parser.currentToken();
        final boolean readable = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
        if (!readable
                || !integer.read(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength())
                || !integer.fits(ScalarType.U64)) {
            faults.add(Names.ID, "u64 (number or decimal string)", JsonCame.describe(parser));
            parser.skipChildren();
            return;
        }
        hasId = true;
        id = integer.bits();
        if (mode != RowMode.INSERT && id != addressedId) {
            final String expected = Long.toUnsignedString(addressedId) + " (the record's id never changes)";
            faults.add(Names.ID, expected, JsonCame.describe(parser));
        }
    }

    private static void unknown(
            final JsonParser parser, final TableSchema table, final String key, final JsonFaults faults)
            throws IOException {
        final String near = faults.suggestion(
                key, () -> table.fields().stream().map(Field::name).toList());
        faults.add(Names.abbreviate(key), "a field of " + table.name() + near, JsonCame.describe(parser));
        parser.skipChildren();
    }
}
