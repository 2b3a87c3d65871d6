package io.taktdb.api.push;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.JsonToValue;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Names;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/**
 * From an object, or an array of objects, of any shape to a PUSH command, in one pass over the JSON.
 *
 * <p>The keys stand before the rows in the command but are only known after them: rows go into a buffer of their own
 * first. A key {@code id} is the record's id. Threading: one thread, one use.
 */
public final class PushFromJson {
    /** The most columns that a push may bring. */
    public static final int MAX_COLUMNS = 1000;

    /** The most keys of one push, those counted that are only ever null. */
    static final int MAX_KEYS = StrictJson.MAX_KEYS;

    private static final int ROW_HEAD_BYTES = 1 + Long.BYTES;

    private final JsonToValue values = new JsonToValue();
    private final JsonFaults faults = new JsonFaults();
    private final ExpandableArrayBuffer rows = new ExpandableArrayBuffer(512);
    private final RowWriter row = new RowWriter();
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Boolean> hasValue = new ArrayList<>();
    private int columns;
    private int length;
    private int count;

    /**
     * Reads the pushed value.
     *
     * @param parser on the value's first token; on its last one afterwards
     * @throws DbException INVALID_NAME a key that can be no column; LIMIT_EXCEEDED too many; SCHEMA_MISMATCH not
     * objects;
     *     INVALID_JSON
     */
    public CommandWriter read(final JsonParser parser, final String collection) throws IOException {
        Names.require("collection", collection);
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (StrictJson.next(parser) != JsonToken.END_ARRAY) {
                faults.atRecord(count);
                readRow(parser);
            }
        } else {
            readRow(parser);
        }
        faults.throwIfAny("collection=" + collection);
        final CommandWriter command = new CommandWriter(64 + length);
        command.beginPush(collection, keys, count);
        command.putRows(rows, length);
        return command;
    }

    private void readRow(final JsonParser parser) throws IOException {
        count++;
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            faults.add("", "object", "another value");
            parser.skipChildren();
            return;
        }
        final int head = length;
        rows.putByte(head, (byte) 0);
        rows.putLong(head + 1, 0, ByteOrder.LITTLE_ENDIAN);
        row.wrap(rows, head + ROW_HEAD_BYTES);
        int keysOfRow = 0;
        while (StrictJson.next(parser) == JsonToken.FIELD_NAME) {
            StrictJson.checkKeys(++keysOfRow);
            final String key = parser.currentName();
            StrictJson.next(parser);
            if (Names.ID.equals(key)) {
                readId(parser, head);
            } else {
                readValue(parser, key);
            }
        }
        length = row.finish();
    }

    /** A u64, as a number or as decimal text; null is none. */
    private void readId(final JsonParser parser, final int head) throws IOException {
        final JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING) {
            try {
                final String text = parser.getText();
                rows.putLong(head + 1, Long.parseUnsignedLong(text), ByteOrder.LITTLE_ENDIAN);
                rows.putByte(head, (byte) 1);
                return;
            } catch (final NumberFormatException e) {
                // said below
            }
        }
        faults.add(Names.ID, "u64 (number or decimal string)", "another value");
        parser.skipChildren();
    }

    private void readValue(final JsonParser parser, final String key) {
        final int position = positionOf(key);
        row.field(position);
        final int valueStart = row.position();
        row.position(values.encodeNatural(parser, rows, valueStart, key, faults));
        if (rows.getByte(valueStart) != ValueKind.NULL && !hasValue.get(position)) {
            hasValue.set(position, true);
            if (++columns > MAX_COLUMNS) {
                throw tooMany("columns", MAX_COLUMNS);
            }
        }
    }

    private int positionOf(final String key) {
        final Integer known = positions.get(key);
        if (known != null) {
            return known;
        }
        if (!Names.isValid(key) || Names.ID.equals(Names.fold(key))) {
            throw invalidKey(key);
        }
        if (keys.size() == MAX_KEYS) {
            throw tooMany("keys", MAX_KEYS);
        }
        positions.put(key, keys.size());
        keys.add(key);
        hasValue.add(false);
        return keys.size() - 1;
    }

    private static DbException invalidKey(final String key) {
        final String shown = Names.abbreviate(key);
        return new DbException(
                        ErrorCode.INVALID_NAME,
                        "key can be no column: key=\"" + shown
                                + "\"; use [A-Za-z_][A-Za-z0-9_]{0,254} and not another spelling of id")
                .with("key", shown);
    }

    private static DbException tooMany(final String what, final int limit) {
        return new DbException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "push brings too many " + what + ": limit=" + limit + "; nest the values, or declare the table")
                .with("limit", limit);
    }
}
