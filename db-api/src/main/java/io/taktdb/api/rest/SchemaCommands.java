package io.taktdb.api.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.RequestOptions;
import io.taktdb.api.json.JsonBody;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.SchemaChange;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all routes that change the schema do alike. Threading: none of its own. */
final class SchemaCommands {
    private SchemaCommands() {}

    /** Checks the options of a schema change. */
    static void begin(final Exchange exchange, final String... options) {
        final String[] known = Arrays.copyOf(options, options.length + 1);
        known[options.length] = RequestOptions.ACK;
        exchange.query().only(known);
        RequestOptions.checkWrite(exchange);
    }

    /** Sends changes as one command. */
    static void submit(final Exchange exchange, final List<SchemaChange> changes, final Exchange.Reply reply) {
        final CommandWriter command = new CommandWriter();
        command.putSchema(SchemaJson.changesToBytes(changes));
        exchange.submit(command, reply);
    }

    /**
     * Reads a body that is an object of texts.
     *
     * @param allowed names of the properties, of which at least one must be there
     * @throws DbException INVALID_SCHEMA another shape, INVALID_JSON
     */
    static Map<String, String> readTexts(final Exchange exchange, final String... allowed) throws IOException {
        final Map<String, String> texts = new LinkedHashMap<>();
        try (JsonParser parser = JsonBody.open(exchange.body())) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw shape("the body is no object", allowed);
            }
            while (StrictJson.next(parser) == JsonToken.FIELD_NAME) {
                final String name = parser.currentName();
                if (!List.of(allowed).contains(name)) {
                    throw shape("property cannot be changed: property=" + Names.abbreviate(name), allowed);
                }
                if (StrictJson.next(parser) != JsonToken.VALUE_STRING) {
                    throw shape("property is not a text: property=" + name, allowed);
                }
                texts.put(name, parser.getText());
            }
            StrictJson.requireEnd(parser);
        }
        if (texts.isEmpty()) {
            throw shape("nothing to change", allowed);
        }
        return texts;
    }

    private static DbException shape(final String fact, final String... allowed) {
        return new DbException(
                ErrorCode.INVALID_SCHEMA, fact + "; send an object with " + String.join(" and/or ", allowed));
    }
}
