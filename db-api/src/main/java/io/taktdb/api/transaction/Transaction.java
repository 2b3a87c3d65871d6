package io.taktdb.api.transaction;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.api.json.PlainValueWriter;
import io.taktdb.api.json.RecordReplies;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.json.JsonStyle;
import java.io.IOException;
import java.util.List;

/** A transaction that was read, and the way to answer it. Threading: none of its own. */
public final class Transaction {
    private final CommandWriter command;
    private final List<Operation> operations;

    Transaction(final CommandWriter command, final List<Operation> operations) {
        this.command = command;
        this.operations = List.copyOf(operations);
    }

    /** The command, to be handed over once. */
    public CommandWriter command() {
        return command;
    }

    /**
     * Writes the answer: {@code {results: [..]}}, one result per operation: what an insert, update or upsert left
     * stored, {@code {deleted}}, or what the procedure returned.
     */
    public void writeResults(final JsonGenerator json, final Submission done, final JsonStyle style)
            throws IOException {
        final List<?> results = (List<?>) done.result();
        json.writeStartObject();
        json.writeArrayFieldStart("results");
        for (int i = 0; i < operations.size(); i++) {
            writeResult(json, operations.get(i), (Submission) results.get(i), style);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeResult(
            final JsonGenerator json, final Operation operation, final Submission done, final JsonStyle style)
            throws IOException {
        switch (operation.kind()) {
            case INSERT, UPDATE, UPSERT ->
                RecordReplies.write(json, done, operation.table(), style, operation.isArray());
            case DELETE -> writeDeleted(json, 1);
            case DELETE_WHERE -> writeDeleted(json, (Long) done.result());
            case CALL -> PlainValueWriter.write(json, done.result());
        }
    }

    private static void writeDeleted(final JsonGenerator json, final long count) throws IOException {
        json.writeStartObject();
        json.writeNumberField("deleted", count);
        json.writeEndObject();
    }
}
