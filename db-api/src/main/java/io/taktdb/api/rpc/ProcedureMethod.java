package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.api.json.PlainValueWriter;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.procedure.Parameter;
import io.taktdb.runtime.procedure.ProcedureInfo;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.JsonToValue;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Names;
import io.taktdb.types.value.RowWriter;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * Calls a procedure of the world. Parameters are checked against its shape before anything reaches the loop.
 *
 * <p>Threading: any thread, many at once.
 */
final class ProcedureMethod implements RpcMethod {
    private final TaktDb db;

    ProcedureMethod(final TaktDb db) {
        this.db = db;
    }

    @Override
    public void call(final RpcCall call) throws IOException {
        final ProcedureInfo procedure = db.procedure(call.method());
        final CommandWriter command = new CommandWriter(128);
        command.beginCall(procedure.name());
        final Reading reading = new Reading(procedure.parameters(), command.row());
        if (call.params() != null) {
            try (JsonParser parser = call.params().parser()) {
                reading.readAll(parser);
            }
        }
        reading.finish(procedure.name());
        command.endRow();
        call.submit(command, (json, done) -> PlainValueWriter.write(json, done.result()));
    }

    /** One reading of parameters into a row. */
    private static final class Reading {
        private final List<Parameter> parameters;
        private final RowWriter row;
        private final JsonToValue values = new JsonToValue();
        private final JsonFaults faults = new JsonFaults();
        private final BitSet seen = new BitSet();

        Reading(final List<Parameter> parameters, final RowWriter row) {
            this.parameters = parameters;
            this.row = row;
        }

        void readAll(final JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                int position = 0;
                while (StrictJson.next(parser) != JsonToken.END_ARRAY) {
                    if (position < parameters.size()) {
                        read(parser, parameters.get(position));
                    } else {
                        faults.add(
                                "[" + position + "]", "no more than " + parameters.size() + " parameters", "a value");
                        parser.skipChildren();
                    }
                    position++;
                }
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
                    Names.abbreviate(name),
                    "a parameter of the procedure" + Suggestion.didYouMean(name, known),
                    "a value");
        }

        private void read(final JsonParser parser, final Parameter parameter) {
            seen.set(parameter.position());
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
        void finish(final String procedure) {
            for (final Parameter parameter : parameters) {
                if (!seen.get(parameter.position()) && !parameter.optional()) {
                    faults.add(parameter.name(), parameter.type().spelling() + " (required)", "nothing");
                }
            }
            if (!faults.isEmpty()) {
                throw new RpcError(RpcError.INVALID_PARAMS, faults.toException("procedure=" + procedure));
            }
        }
    }
}
