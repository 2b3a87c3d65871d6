package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.util.Map;

/** The problem body of an error: what REST answers with, and the {@code data} of a JSON-RPC error. */
public final class ErrorWriter {
    private ErrorWriter() {}

    /** Writes one object. */
    public static void write(final JsonGenerator json, final DbException error) throws IOException {
        final ErrorCode code = error.code();
        json.writeStartObject();
        json.writeStringField("type", "urn:taktdb:error:" + code.name());
        json.writeStringField("title", code.title());
        json.writeNumberField("status", code.status());
        json.writeStringField("code", code.name());
        json.writeStringField("detail", PlainValueWriter.wellFormed(String.valueOf(error.getMessage())));
        for (final Map.Entry<String, Object> attribute : error.attributes().entrySet()) {
            json.writeFieldName(attribute.getKey());
            PlainValueWriter.write(json, attribute.getValue());
        }
        json.writeEndObject();
    }
}
