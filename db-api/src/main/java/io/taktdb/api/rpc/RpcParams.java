package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.api.json.JsonSlice;
import io.taktdb.api.json.RecordIds;
import io.taktdb.api.query.FilterReader;
import io.taktdb.core.table.RowFilter;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.util.List;

/**
 * The parameters of a built-in method, by position or by name, each still as JSON. Threading: one thread.
 */
final class RpcParams {
    private final List<RpcParam> shape;
    private final JsonSlice[] values;
    private final JsonFaults faults = new JsonFaults();

    private RpcParams(final List<RpcParam> shape) {
        this.shape = shape;
        this.values = new JsonSlice[shape.size()];
    }

    /**
     * Sorts the parameters of a call.
     *
     * @throws RpcError INVALID_PARAMS naming every one that is missing, unknown or too many
     */
    static RpcParams of(final RpcCall call, final List<RpcParam> shape) throws IOException {
        final RpcParams params = new RpcParams(shape);
        if (call.params() != null) {
            try (JsonParser parser = call.params().parser()) {
                params.read(parser, call.params());
            }
        }
        for (int i = 0; i < shape.size(); i++) {
            if (params.values[i] == null && shape.get(i).required()) {
                params.faults.add(shape.get(i).name(), shape.get(i).type() + " (required)", "nothing");
            }
        }
        params.throwFaults();
        return params;
    }

    private void read(final JsonParser parser, final JsonSlice source) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; StrictJson.next(parser) != JsonToken.END_ARRAY; i++) {
                if (i < values.length) {
                    values[i] = source.within(parser);
                } else {
                    faults.add("[" + i + "]", "no more than " + values.length + " parameters", "a value");
                    parser.skipChildren();
                }
            }
            return;
        }
        while (StrictJson.next(parser) == JsonToken.FIELD_NAME) {
            final String name = parser.currentName();
            StrictJson.next(parser);
            final int position = position(name);
            if (position >= 0) {
                values[position] = source.within(parser);
            } else {
                final List<String> known = shape.stream().map(RpcParam::name).toList();
                faults.add(
                        Names.abbreviate(name),
                        "a parameter of the method" + Suggestion.didYouMean(name, known),
                        "a value");
                parser.skipChildren();
            }
        }
    }

    private int position(final String name) {
        for (int i = 0; i < shape.size(); i++) {
            if (shape.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** A parameter as JSON, or null when it is absent. */
    JsonSlice value(final String name) {
        return values[position(name)];
    }

    /** A text. */
    String text(final String name, final String absent) throws IOException {
        final JsonSlice value = value(name);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return absent;
        }
        if (value.token() != JsonToken.VALUE_STRING) {
            throw fault(name, "string", value);
        }
        try (JsonParser parser = value.parser()) {
            return parser.getText();
        }
    }

    /** A u64, as a number or as decimal text; null when it is absent. */
    Long id(final String name) throws IOException {
        final JsonSlice value = value(name);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return null;
        }
        try {
            return RecordIds.parse(value.token() == JsonToken.VALUE_STRING ? text(name, "") : value.text());
        } catch (final DbException e) {
            throw fault(name, "u64 (number or decimal string)", value);
        }
    }

    /** A whole number within bounds, or a default when it is absent. */
    long number(final String name, final long min, final long max, final long absent) {
        final JsonSlice value = value(name);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return absent;
        }
        final String text = value.text();
        if (value.token() == JsonToken.VALUE_NUMBER_INT && text.length() <= 18) {
            final long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw fault(name, "integer " + min + ".." + max, value);
    }

    /** A whole number within bounds that must be there, and not be null. */
    long number(final String name, final long min, final long max) {
        final JsonSlice value = value(name);
        if (value.token() == JsonToken.VALUE_NULL) {
            throw fault(name, "integer " + min + ".." + max, value);
        }
        return number(name, min, max, min);
    }

    /** A boolean, or false when it is absent. */
    boolean flag(final String name) {
        final JsonSlice value = value(name);
        if (value == null || value.token() == JsonToken.VALUE_NULL || value.token() == JsonToken.VALUE_FALSE) {
            return false;
        }
        if (value.token() != JsonToken.VALUE_TRUE) {
            throw fault(name, "boolean", value);
        }
        return true;
    }

    /** An array. */
    JsonSlice array(final String name) {
        final JsonSlice value = value(name);
        if (value.token() != JsonToken.START_ARRAY) {
            throw fault(name, "array", value);
        }
        return value;
    }

    /** Conditions on a table's records; none when the parameter is absent. */
    List<RowFilter> filters(final String name, final TableSchema table) throws IOException {
        final JsonSlice value = value(name);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        try (JsonParser parser = value.parser()) {
            return FilterReader.ofObject(table, parser);
        }
    }

    private RpcError fault(final String name, final String expected, final JsonSlice came) {
        faults.add(name, expected, came.token().isStructStart() ? "another value" : Names.abbreviate(came.text()));
        return new RpcError(RpcError.INVALID_PARAMS, faults.toException("parameter=" + name));
    }

    private void throwFaults() {
        if (!faults.isEmpty()) {
            throw new RpcError(RpcError.INVALID_PARAMS, faults.toException("parameters"));
        }
    }
}
