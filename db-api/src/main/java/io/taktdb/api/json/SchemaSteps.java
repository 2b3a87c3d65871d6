package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.evolution.SchemaDiff;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import java.io.IOException;
import java.util.List;

/** The way from one schema to another, as REST and JSON-RPC show and take it. Threading: none of its own. */
public final class SchemaSteps {
    /** The most steps that an error names. */
    private static final int MAX_NAMED = 10;

    private SchemaSteps() {}

    /**
     * Refuses steps that lose data.
     *
     * @throws DbException CONFLICT, naming them
     */
    public static void requireNoLoss(final List<SchemaDiff.Step> steps) {
        final List<String> losing = steps.stream()
                .filter(SchemaDiff.Step::losesData)
                .map(step -> what(step.change()))
                .limit(MAX_NAMED)
                .toList();
        if (!losing.isEmpty()) {
            throw new DbException(
                            ErrorCode.CONFLICT,
                            "steps would lose data: first=" + String.join(", ", losing)
                                    + "; look at them with dryRun=true, then send allowDrop=true")
                    .with("steps", losing);
        }
    }

    private static String what(final SchemaChange change) {
        if (change instanceof SchemaChange.DropTable drop) {
            return "drop table " + drop.table();
        }
        return change instanceof SchemaChange.DropField drop
                ? "drop field " + drop.table() + '.' + drop.field()
                : change.toString();
    }

    /** The command that takes all steps in one commit, if the schema is still the one they start from. */
    public static CommandWriter command(final Schema current, final List<SchemaDiff.Step> steps) {
        final CommandWriter command = new CommandWriter();
        command.putIfSchema(current.version());
        command.putSchema(SchemaJson.changesToBytes(
                steps.stream().map(SchemaDiff.Step::change).toList()));
        return command;
    }

    /** Writes {@code {version, dryRun, steps: [{step, losesData}]}}. */
    public static void write(
            final JsonGenerator json, final Schema schema, final List<SchemaDiff.Step> steps, final boolean dryRun)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", schema.version());
        json.writeBooleanField("dryRun", dryRun);
        json.writeArrayFieldStart("steps");
        for (final SchemaDiff.Step step : steps) {
            json.writeStartObject();
            json.writeFieldName("step");
            SchemaJson.writeChange(json, step.change());
            json.writeBooleanField("losesData", step.losesData());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
