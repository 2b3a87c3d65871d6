package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.schema.TableSchema;
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
        final TableSchema table = done.schema().tableById(tableId);
        if (table == null) {
            throw new DbException(
                    ErrorCode.CONFLICT,
                    "the request was done before, in a table that was dropped since: nothing was done again; choose a"
                            + " new key for every new request");
        }
        final RecordWriter records = new RecordWriter(table, style);
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
