package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.procedure.Parameter;
import io.taktdb.runtime.procedure.ProcedureInfo;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.JsonToValue;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Names;
import io.taktdb.types.value.RowWriter;
import java.io.IOException;
import java.util.List;

/**
 * From the JSON parameters of a procedure to the CALL of it. Parameters are checked against its shape before anything
 * reaches the loop. Threading: one thread.
 */
public final class ProcedureCall {
    private static final ThreadLocal<JsonToValue> VALUES = ThreadLocal.withInitial(JsonToValue::new);

    private final List<Parameter> parameters;
    private final RowWriter row;
    private final JsonToValue values = VALUES.get();
    private final JsonFaults faults = new JsonFaults();
    private final boolean[] seen;

    private ProcedureCall(final List<Parameter> parameters, final RowWriter row) {
        this.parameters = parameters;
        this.row = row;
        this.seen = new boolean[parameters.size()];
    }

    /**
     * Writes a CALL.
     *
     * @param params an array or object, or null for none
     * @throws DbException SCHEMA_MISMATCH naming every parameter at fault
     */
    public static void write(final CommandWriter command, final ProcedureInfo procedure, final JsonSlice params)
            throws IOException {
        if (params == null) {
            write(command, procedure, (JsonParser) null);
            return;
        }
        try (JsonParser parser = params.parser()) {
            write(command, procedure, parser);
        }
    }

    /**
     * The same from a parser that stands on the first token of the parameters, on their last one afterwards.
     *
     * @param parser null for no parameters
     */
    public static void write(final CommandWriter command, final ProcedureInfo procedure, final JsonParser parser)
            throws IOException {
        command.beginCall(procedure.name());
        final ProcedureCall call = new ProcedureCall(procedure.parameters(), command.row());
        if (parser != null) {
            call.readAll(parser);
        }
        call.finish(procedure.name());
        command.endRow();
    }

    private void readAll(final JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            int position = 0;
            while (StrictJson.next(parser) != JsonToken.END_ARRAY) {
                if (position < parameters.size()) {
                    read(parser, parameters.get(position));
                } else {
                    faults.add("[" + position + "]", "no more than " + parameters.size() + " parameters", "a value");
                    parser.skipChildren();
                }
                position++;
            }
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            faults.add("params", "array or object", "another value");
            return;
        }
        while (StrictJson.next(parser) == JsonToken.FIELD_NAME) {
            final String name = parser.currentName();
            StrictJson.next(parser);
            final Parameter parameter = named(name);
            if (parameter == null) {
                unknown(name);
                parser.skipChildren();
            } else {
                read(parser, parameter);
            }
        }
    }

    private Parameter named(final String name) {
        for (final Parameter parameter : parameters) {
            if (parameter.name().equals(name)) {
                return parameter;
            }
        }
        return null;
    }

    private void unknown(final String name) {
        final List<String> known = parameters.stream().map(Parameter::name).toList();
        faults.add(
                Names.abbreviate(name), "a parameter of the procedure" + Suggestion.didYouMean(name, known), "a value");
    }

    private void read(final JsonParser parser, final Parameter parameter) {
        seen[parameter.position()] = true;
        row.field(parameter.position());
        row.position(values.encode(
                parser,
                parameter.type(),
                parameter.optional(),
                row.buffer(),
                row.position(),
                parameter.name(),
                faults));
    }

    /** Refuses the call if there was any fault. */
    private void finish(final String procedure) {
        for (final Parameter parameter : parameters) {
            if (!seen[parameter.position()] && !parameter.optional()) {
                faults.add(parameter.name(), parameter.type().spelling() + " (required)", "nothing");
            }
        }
        if (!faults.isEmpty()) {
            throw faults.toException("procedure=" + procedure);
        }
    }
}
