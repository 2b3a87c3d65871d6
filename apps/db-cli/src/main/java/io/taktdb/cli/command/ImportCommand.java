package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import io.taktdb.cli.input.Batch;
import io.taktdb.cli.input.ColumnNames;
import io.taktdb.cli.input.CsvReader;
import io.taktdb.cli.input.RecordReader;
import io.taktdb.cli.input.Records;
import io.taktdb.cli.input.VectorReader;
import io.taktdb.cli.input.WholeFile;
import io.taktdb.cli.view.Progress;
import io.taktdb.cli.view.Text;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Brings the records of a file into a table: into one that is there by its schema, into a new one by what they are. */
@Command(
        name = "import",
        description = {
            "Bring the records of a JSON, NDJSON, CSV or TSV file into a table, by the name of the file.",
            "VECTORS are lines of a label and numbers; they become the fields label and vector.",
            "If the table is there, they must fit it; else it is made of what they are, as by push.",
            "Each batch is stored whole or not at all."
        })
final class ImportCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "Where to.")
    private String table;

    @Parameters(index = "1", paramLabel = "FILE", description = "The records; - for standard input.")
    private String file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; else by FILE, else JSON.")
    private RecordFormat format;

    @Option(
            names = "--names",
            paramLabel = "FILE",
            description = "Give columns whose names no table can have valid ones, and keep both names in this file.")
    private Path names;

    @Option(
            names = "--wrap",
            paramLabel = "FIELD",
            description = "Whatever JSON the file holds becomes this one field of one record.")
    private String wrap;

    @Mixin
    private Batches batches;

    private long imported;

    @Override
    public void run() {
        final int most = batches.records();
        final RecordFormat wanted = format == null ? RecordFormat.of(file, RecordFormat.JSON) : format;
        final ServerClient client = root.client();
        final Map<String, String> types = types(client);
        final Route route = types.isEmpty() ? Route.of("/v1/push").part(table) : Route.records(table, null);
        final Progress progress = new Progress(root.console(), table);
        final long startNs = System.nanoTime();
        final ColumnNames columns = names == null ? null : ColumnNames.read(names);
        try (Records records = open(wanted, types, columns, most)) {
            for (Batch batch = records.next(); batch != null; batch = records.next()) {
                Batches.send(client, route, batch);
                imported += batch.records();
                progress.report(imported, records.bytes(), records.totalBytes());
            }
        } catch (final CliFailure e) {
            progress.clear();
            throw imported == 0 ? e : e.withNote("stored before this: records=" + imported);
        }
        progress.clear();
        if (columns != null) {
            columns.write(names);
        }
        final double seconds = Math.max(1e-3, (System.nanoTime() - startNs) / 1e9);
        if (root.json()) {
            root.printJson("{\"table\":\"" + table + "\",\"imported\":" + imported + "}");
        } else {
            root.console()
                    .out()
                    .println(String.format(
                            Locale.ROOT,
                            "imported %d records into %s (%.0f/s)",
                            imported,
                            Text.visible(table),
                            imported / seconds));
            if (columns != null) {
                columns.renamed()
                        .forEach((from, to) ->
                                root.console().out().println("  renamed  " + Text.visible(from) + " → " + to));
            }
        }
    }

    private Records open(
            final RecordFormat wanted, final Map<String, String> types, final ColumnNames columns, final int most) {
        if (wrap != null) {
            return new WholeFile(file, root.console().in(), wrap);
        }
        if (wanted.isLines()) {
            return CsvReader.open(
                    file,
                    root.console().in(),
                    wanted.separator(),
                    types,
                    most,
                    columns == null ? UnaryOperator.identity() : columns::valid);
        }
        if (wanted == RecordFormat.VECTORS) {
            final Records vectors = VectorReader.open(file, root.console().in(), most);
            return columns == null ? vectors : columns.rename(vectors);
        }
        final Records records = RecordReader.open(file, root.console().in(), false, most);
        return columns == null ? records : columns.rename(records);
    }

    /** Types of the table's fields by name; empty if there is no such table. */
    private Map<String, String> types(final ServerClient client) {
        final Map<String, String> types = new HashMap<>();
        for (final JsonNode one : client.send("GET", Route.of("/v1/tables")).json()) {
            if (table.equals(one.path("name").asText())) {
                types.put("id", "u64");
                one.path("fields")
                        .forEach(field -> types.put(
                                field.path("name").asText(), field.path("type").asText()));
            }
        }
        return types;
    }
}
