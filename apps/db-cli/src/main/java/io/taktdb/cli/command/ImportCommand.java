package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.exit.ExitCode;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import io.taktdb.cli.input.Batch;
import io.taktdb.cli.input.CsvReader;
import io.taktdb.cli.input.RecordReader;
import io.taktdb.cli.input.Records;
import io.taktdb.cli.view.Progress;
import io.taktdb.cli.view.Text;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Brings the records of a file into a table: into one that is there by its schema, into a new one by what they are. */
@Command(
        name = "import",
        description = {
            "Bring the records of a JSON, NDJSON or CSV file into a table, by the name of the file.",
            "If the table is there, they must fit it; else it is made of what they are, as by push.",
            "Each batch is stored whole or not at all."
        })
final class ImportCommand implements Runnable {
    private static final int MAX_BATCH = 100_000;

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
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most this many records a request (${DEFAULT-VALUE}), and about 1 MiB.")
    private int batchRecords;

    private long imported;

    @Override
    public void run() {
        if (batchRecords < 1 || batchRecords > MAX_BATCH) {
            throw CliFailure.usage("batch is out of range: --batch=" + batchRecords + "; give 1 to " + MAX_BATCH);
        }
        final RecordFormat wanted = format == null ? RecordFormat.of(file, RecordFormat.JSON) : format;
        final ServerClient client = root.client();
        final Map<String, String> types = types(client);
        final Route route = types.isEmpty() ? Route.of("/v1/push").part(table) : Route.records(table, null);
        final Progress progress = new Progress(root.console(), table);
        final long startNs = System.nanoTime();
        try (Records records = wanted == RecordFormat.CSV
                ? CsvReader.open(file, root.console().in(), types, batchRecords)
                : RecordReader.open(file, root.console().in(), false, batchRecords)) {
            for (Batch batch = records.next(); batch != null; batch = records.next()) {
                send(client, route, batch);
                imported += batch.records();
                progress.report(imported, records.bytes(), records.totalBytes());
            }
        } catch (final CliFailure e) {
            progress.clear();
            throw imported == 0 ? e : e.withNote("stored before this: records=" + imported);
        }
        progress.clear();
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
        }
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

    private static Answer send(final ServerClient client, final Route route, final Batch batch) {
        try {
            return client.send("POST", route, batch.json());
        } catch (final CliFailure e) {
            if (e.exitCode() != ExitCode.REFUSED) {
                throw e;
            }
            throw e.withNote("refused: records " + batch.first() + " to " + batch.last() + " of the input");
        }
    }
}
