package io.taktdb.testrunner.match;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** The kinds of JSON values, as {@code $type} names them in lower case. */
enum ValueType {
    NUMBER,
    INTEGER,
    STRING,
    BOOLEAN,
    NULL,
    ARRAY,
    OBJECT;

    static final String NAMES = "number, integer, string, boolean, null, array, object";

    static boolean isName(final JsonNode argument) {
        return List.of(NAMES.split(", ", -1)).contains(argument.asText());
    }

    static ValueType of(final JsonNode argument) {
        return valueOf(argument.asText().toUpperCase(Locale.ROOT));
    }

    boolean includes(final JsonNode value) {
        return this == INTEGER
                ? value.isIntegralNumber()
                : name().equals(value.getNodeType().name());
    }
}
