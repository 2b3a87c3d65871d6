package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.Parameter;
import io.taktdb.runtime.procedure.ProcedureInfo;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ListType;
import io.taktdb.types.schema.OneofType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
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
            writeSchema(json, parameter.type());
            json.writeEndObject();
        }
        json.writeEndArray();
        writeResult(json, "{}");
        json.writeEndObject();
    }

    private static void writeResult(final JsonGenerator json, final String schema) throws IOException {
        json.writeObjectFieldStart("result");
        json.writeStringField("name", "result");
        json.writeFieldName("schema");
        json.writeRawValue(schema);
        json.writeEndObject();
    }

    private static void writeSchema(final JsonGenerator json, final FieldType type) throws IOException {
        json.writeStartObject();
        if (type instanceof ScalarType scalar) {
            writeScalar(json, scalar);
        } else if (type instanceof EnumType listed) {
            json.writeFieldName("enum");
            json.writeStartArray();
            for (final String name : listed.names()) {
                json.writeString(name);
            }
            json.writeEndArray();
        } else if (type instanceof VectorType vector) {
            json.writeStringField("type", "array");
            json.writeNumberField("minItems", vector.length());
            json.writeNumberField("maxItems", vector.length());
        } else if (type instanceof ListType) {
            json.writeStringField("type", "array");
        } else if (type instanceof CompositeType || type instanceof OneofType) {
            json.writeStringField("type", "object");
        } else if (type != VariableType.JSON && !(type instanceof OptionType)) {
            json.writeStringField("type", "string");
        }
        json.writeEndObject();
    }

    private static void writeScalar(final JsonGenerator json, final ScalarType type) throws IOException {
        if (type == ScalarType.BOOL) {
            json.writeStringField("type", "boolean");
        } else if (type.isInteger() && type.rowBytes() < Long.BYTES) {
            json.writeStringField("type", "integer");
            json.writeNumberField("minimum", type.minInteger());
            json.writeNumberField("maximum", type.maxInteger());
        } else if (type == ScalarType.UUID) {
            json.writeStringField("type", "string");
            json.writeStringField("format", "uuid");
        } else {
            final boolean isFloat = type.isFloat();
            json.writeArrayFieldStart("type");
            json.writeString(isFloat ? "number" : "integer");
            json.writeString("string"); // decimal text, NaN and the infinities, or a time
            json.writeEndArray();
        }
    }
}
