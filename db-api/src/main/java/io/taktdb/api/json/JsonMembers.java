package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Names;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The members of one JSON object, each still as JSON. What does not fit is SCHEMA_MISMATCH and names the member.
 * Threading: one thread.
 */
public final class JsonMembers {
    private final String path;
    private final Map<String, JsonSlice> values = new LinkedHashMap<>();

    private JsonMembers(final String path) {
        this.path = path;
    }

    /**
     * Sorts the members of an object.
     *
     * @param path what faults call the object
     * @throws DbException SCHEMA_MISMATCH it is none, or has a member that is not among the allowed; INVALID_JSON
     */
    public static JsonMembers of(final JsonSlice object, final String path, final List<String> allowed)
            throws IOException {
        final JsonMembers members = new JsonMembers(path);
        if (object.token() != JsonToken.START_OBJECT) {
            throw members.fault("", "object with " + String.join(", ", allowed), object);
        }
        try (JsonParser parser = object.parser()) {
            while (StrictJson.next(parser) == JsonToken.FIELD_NAME) {
                final String name = parser.currentName();
                StrictJson.next(parser);
                final JsonSlice value = object.within(parser);
                if (!allowed.contains(name)) {
                    throw members.fault(
                            Names.abbreviate(name),
                            "one of " + String.join(", ", allowed) + Suggestion.didYouMean(name, allowed),
                            value);
                }
                members.values.put(name, value);
            }
            StrictJson.requireEnd(parser);
        }
        return members;
    }

    /** Names of the members that are there. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** A member, or null when it is absent. */
    public JsonSlice value(final String name) {
        return values.get(name);
    }

    /** A member that must be there. */
    public JsonSlice required(final String name, final String expected) {
        final JsonSlice value = values.get(name);
        if (value == null) {
            throw fault(name, expected + " (required)", null);
        }
        return value;
    }

    /** A text that must be there. */
    public String text(final String name) throws IOException {
        final JsonSlice value = required(name, "string");
        if (value.token() != JsonToken.VALUE_STRING) {
            throw fault(name, "string", value);
        }
        try (JsonParser parser = value.parser()) {
            return parser.getText();
        }
    }

    /** A u64 that must be there, as a number or as decimal text. */
    public long id(final String name) throws IOException {
        final String expected = "u64 (number or decimal string)";
        final JsonSlice value = required(name, expected);
        try {
            return RecordIds.parse(value.token() == JsonToken.VALUE_STRING ? text(name) : value.text());
        } catch (final DbException e) {
            throw fault(name, expected, value);
        }
    }

    /** A whole number within bounds that must be there. */
    public int integer(final String name, final int min, final int max) {
        final String expected = "integer " + min + ".." + max;
        final JsonSlice value = required(name, expected);
        final String text = value.token() == JsonToken.VALUE_NUMBER_INT ? value.text() : "";
        if (!text.isEmpty() && text.length() <= 9) {
            final int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw fault(name, expected, value);
    }

    /** The error for a member that does not fit; null came for one that is absent. */
    public DbException fault(final String name, final String expected, final JsonSlice came) {
        final JsonFaults faults = new JsonFaults();
        faults.add(name.isEmpty() ? path : path + '.' + name, expected, describe(came));
        return faults.toException("request");
    }

    private static String describe(final JsonSlice came) {
        if (came == null) {
            return "nothing";
        }
        return switch (came.token()) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            default -> Names.abbreviate(came.text());
        };
    }
}
