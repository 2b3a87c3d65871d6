package io.taktdb.api.push;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.runtime.command.PushResult;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.ValueToJson;
import java.io.IOException;
import java.nio.ByteOrder;

/**
 * The answer to a push.
 *
 * <pre>
 *   {ids: [u64], table: text, created: bool, added: [{name, type}], widened: [{name, from, to}]}
 * </pre>
 *
 * Threading: none of its own.
 */
public final class PushReply {
    private PushReply() {}

    public static void write(
            final JsonGenerator json, final Submission done, final String collection, final JsonStyle style)
            throws IOException {
        final PushResult result = (PushResult) done.result();
        json.writeStartObject();
        json.writeArrayFieldStart("ids");
        for (int i = 0; i < count(done); i++) {
            ValueToJson.u64(json, id(done, i), style);
        }
        json.writeEndArray();
        json.writeStringField("table", collection);
        json.writeBooleanField("created", result.createdTable());
        json.writeArrayFieldStart("added");
        for (final PushResult.Column column : result.added()) {
            json.writeStartObject();
            json.writeStringField("name", column.name());
            json.writeStringField("type", column.type());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("widened");
        for (final PushResult.Column column : result.widened()) {
            json.writeStartObject();
            json.writeStringField("name", column.name());
            json.writeStringField("from", column.from());
            json.writeStringField("to", column.type());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** How many rows were inserted. */
    static int count(final Submission done) {
        return done.reply().getInt(0, ByteOrder.LITTLE_ENDIAN);
    }

    /** Id of an inserted row. */
    static long id(final Submission done, final int row) {
        return done.reply().getLong(Integer.BYTES + row * Long.BYTES, ByteOrder.LITTLE_ENDIAN);
    }
}
