package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.Parameter;
import io.taktdb.runtime.procedure.ProcedureInfo;
import java.io.IOException;
import java.util.List;

/** All methods as an OpenRPC 1.3 document. Threading: any. */
final class OpenRpcDocument {
    private final TaktDb db;
    private final String version;
    private final List<BuiltInMethod> builtIn;

    OpenRpcDocument(final TaktDb db, final String version, final List<BuiltInMethod> builtIn) {
        this.db = db;
        this.version = version;
        this.builtIn = List.copyOf(builtIn);
    }

    void write(final JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("openrpc", "1.3.2");
        json.writeObjectFieldStart("info");
        json.writeStringField("title", "TaktDB");
        json.writeStringField("version", version);
        json.writeEndObject();
        json.writeArrayFieldStart("methods");
        for (final BuiltInMethod method : builtIn) {
            writeBuiltIn(json, method);
        }
        for (final ProcedureInfo procedure : db.procedures()) {
            writeProcedure(json, procedure);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeBuiltIn(final JsonGenerator json, final BuiltInMethod method) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", method.name());
        json.writeStringField("summary", method.summary());
        json.writeArrayFieldStart("params");
        for (final RpcParam param : method.params()) {
            json.writeStartObject();
            json.writeStringField("name", param.name());
            json.writeBooleanField("required", param.required());
            json.writeFieldName("schema");
            json.writeRawValue(param.schema());
            json.writeEndObject();
        }
        json.writeEndArray();
        writeResult(json, method.result());
        json.writeEndObject();
    }

    private static void writeProcedure(final JsonGenerator json, final ProcedureInfo procedure) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", procedure.name());
        json.writeStringField("summary", procedure.description());
        json.writeArrayFieldStart("params");
        for (final Parameter parameter : procedure.parameters()) {
            json.writeStartObject();
            json.writeStringField("name", parameter.name());
            json.writeBooleanField("required", !parameter.optional());
            json.writeFieldName("schema");
            ParameterShape.write(json, parameter.type());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("result");
        json.writeStringField("name", "result");
        json.writeFieldName("schema");
        ResultShape.write(json, procedure.resultType());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeResult(final JsonGenerator json, final String schema) throws IOException {
        json.writeObjectFieldStart("result");
        json.writeStringField("name", "result");
        json.writeFieldName("schema");
        json.writeRawValue(schema);
        json.writeEndObject();
    }
}
