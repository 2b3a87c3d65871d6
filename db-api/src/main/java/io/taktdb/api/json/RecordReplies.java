package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.json.JsonStyle;
import java.io.IOException;

/** The records that a command's reply brings, as JSON. Threading: none of its own. */
public final class RecordReplies {
    private RecordReplies() {}

    /**
     * Writes the records of an INSERT, REPLACE, MERGE or UPSERT.
     *
     * @param tableId the table, looked up in the schema that the command left
     * @param isArray whether to write an array, or the only record
     */
    public static void write(
            final JsonGenerator json,
            final Submission done,
            final int tableId,
            final JsonStyle style,
            final boolean isArray)
            throws IOException {
        final RecordWriter records = new RecordWriter(done.schema().tableById(tableId), style);
        if (isArray) {
            json.writeStartArray();
        }
        int index = 0;
        while (index < done.replyLength()) {
            index = records.write(json, done.reply(), index, done.replyLength());
        }
        if (isArray) {
            json.writeEndArray();
        }
    }
}
