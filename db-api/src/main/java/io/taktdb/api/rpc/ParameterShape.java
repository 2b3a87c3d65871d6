package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
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

/** The JSON Schema of a parameter of a procedure, from its type. Threading: none of its own. */
final class ParameterShape {
    private ParameterShape() {}

    /** Writes the schema of a type. */
    static void write(final JsonGenerator json, final FieldType type) throws IOException {
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
            json.writeFieldName("items");
            write(json, vector.element());
        } else if (type instanceof ListType list) {
            json.writeStringField("type", "array");
            json.writeFieldName("items");
            write(json, list.element());
        } else if (type instanceof CompositeType composite) {
            writeComposite(json, composite);
        } else if (type instanceof OptionType option) {
            json.writeArrayFieldStart("anyOf");
            write(json, option.inner());
            json.writeStartObject();
            json.writeStringField("type", "null");
            json.writeEndObject();
            json.writeEndArray();
        } else if (type instanceof OneofType oneof) {
            writeOneof(json, oneof);
        } else if (type != VariableType.JSON) {
            json.writeStringField("type", "string");
        }
        json.writeEndObject();
    }

    private static void writeComposite(final JsonGenerator json, final CompositeType type) throws IOException {
        json.writeStringField("type", "object");
        json.writeObjectFieldStart("properties");
        for (final CompositeType.Member member : type.members()) {
            json.writeFieldName(member.name());
            write(json, member.type());
        }
        json.writeEndObject();
        json.writeBooleanField("additionalProperties", false);
    }

    private static void writeOneof(final JsonGenerator json, final OneofType type) throws IOException {
        json.writeStringField("type", "object");
        json.writeNumberField("minProperties", 1);
        json.writeNumberField("maxProperties", 1);
        json.writeObjectFieldStart("properties");
        for (final OneofType.Variant variant : type.variants()) {
            json.writeFieldName(variant.name());
            write(json, variant.type());
        }
        json.writeEndObject();
        json.writeBooleanField("additionalProperties", false);
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
            json.writeArrayFieldStart("type");
            json.writeString(type.isFloat() ? "number" : "integer");
            json.writeString("string"); // decimal text, NaN and the infinities, or a time
            json.writeEndArray();
        }
    }
}
