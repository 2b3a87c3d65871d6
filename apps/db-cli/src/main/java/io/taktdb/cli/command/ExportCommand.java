package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import io.taktdb.cli.input.ColumnNames;
import io.taktdb.cli.input.VectorReader;
import io.taktdb.cli.view.CsvWriter;
import io.taktdb.cli.view.Progress;
import io.taktdb.cli.view.Text;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * Writes all records of a table into a file, as JSON, NDJSON or CSV.
 *
 * <p>They go to {@code FILE.part} first: FILE is whole or not there.
 */
@Command(
        name = "export",
        description = {
            "Write the records of a table as JSON, NDJSON, CSV or TSV, by the name of the file.",
            "VECTORS writes the fields label and vector as a label and numbers a line.",
            "For the whole world as a SQLite file there is dump."
        })
final class ExportCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "The table.")
    private String table;

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "-",
            description = "Where to; - for standard output (${DEFAULT-VALUE}).")
    private String file;

    @Option(names = "--where", paramLabel = "CONDITION", description = "Only records that meet it; may be repeated.")
    private List<String> conditions = List.of();

    @Option(names = "--fields", paramLabel = "FIELDS", description = "Only these fields: id,name,hp.")
    private String fields;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; else by FILE, else JSON.")
    private RecordFormat format;

    @Option(
            names = "--names",
            paramLabel = "FILE",
            description = "Give columns the names back that import kept in this file.")
    private Path namesFile;

    @Option(names = "--force", description = "Replace the file if there is one.")
    private boolean force;

    private ColumnNames columns;
    private long records;
    private long bytes;

    @Override
    public void run() {
        final RecordFormat wanted = format == null ? RecordFormat.of(file, RecordFormat.JSON) : format;
        if (namesFile != null && !Files.exists(namesFile)) {
            throw CliFailure.localFile("no such file of names: file=" + namesFile + "; import --names makes it");
        }
        columns = namesFile == null ? null : ColumnNames.read(namesFile);
        final ServerClient client = root.client();
        final List<String> names = names(client);
        if ("-".equals(file)) {
            final PrintStream out =
                    new PrintStream(new BufferedOutputStream(root.console().out()), false, StandardCharsets.UTF_8);
            write(client, wanted, names, out);
            out.flush();
            return;
        }
        final Path target = Path.of(file);
        if (Files.exists(target) && !force) {
            throw CliFailure.localFile("file exists: file=" + file + "; choose another, or use --force");
        }
        toFile(client, wanted, names, target);
        if (!root.json()) {
            root.console().out().println("wrote " + file + " (" + records + " records)");
        }
    }

    private void toFile(
            final ServerClient client, final RecordFormat wanted, final List<String> names, final Path target) {
        final Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (PrintStream out = new PrintStream(
                    new BufferedOutputStream(Files.newOutputStream(part)), false, StandardCharsets.UTF_8)) {
                write(client, wanted, names, out);
                if (out.checkError()) {
                    throw new IOException("the disk may be full");
                }
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw CliFailure.localFile("file cannot be written: file=" + part + ", reason=" + e.getMessage());
        } finally {
            try {
                Files.deleteIfExists(part);
            } catch (final IOException e) {
                root.console().err().println("file is left behind: file=" + part + ", reason=" + e.getMessage());
            }
        }
    }

    /** The columns, so that a table without records has them too. */
    private List<String> names(final ServerClient client) {
        final JsonNode described = client.send("GET", Route.table(table)).json();
        if (fields != null) {
            return List.of(fields.split(","));
        }
        final List<String> names = new ArrayList<>(List.of("id"));
        described.path("fields").forEach(field -> names.add(field.path("name").asText()));
        return names;
    }

    private void write(
            final ServerClient client, final RecordFormat wanted, final List<String> names, final PrintStream out) {
        final Progress progress = new Progress(root.console(), table);
        final CsvWriter csv = new CsvWriter(out, wanted.separator());
        if (wanted.isLines()) {
            csv.header(
                    columns == null
                            ? names
                            : names.stream().map(columns::original).toList());
        } else if (wanted == RecordFormat.JSON) {
            out.print('[');
        }
        // the walk goes on from the id of the last record, so that it is always asked for
        final String asked = fields == null || names.contains("id") ? fields : "id," + fields;
        RecordWalk.walk(client, RecordWalk.route(table, conditions).query("fields", asked), page -> {
            page(page, wanted, names, csv, out);
            progress.report(records, bytes, -1);
        });
        if (wanted == RecordFormat.JSON) {
            out.print(records == 0 ? "]\n" : "\n]\n");
        }
        progress.clear();
    }

    private void page(
            final Answer page,
            final RecordFormat wanted,
            final List<String> names,
            final CsvWriter csv,
            final PrintStream out) {
        for (final JsonNode record : page.json()) {
            if (!names.contains("id")) {
                ((com.fasterxml.jackson.databind.node.ObjectNode) record).remove("id");
            }
            final JsonNode one = columns == null ? record : columns.members(record, false);
            if (wanted.isLines()) {
                csv.record(one);
            } else if (wanted == RecordFormat.VECTORS) {
                vector(one, out);
            } else {
                out.print(wanted == RecordFormat.NDJSON ? "" : records == 0 ? "\n" : ",\n");
                out.print(one);
                out.print(wanted == RecordFormat.NDJSON ? "\n" : "");
            }
            records++;
        }
        bytes += page.text().length();
    }

    private void vector(final JsonNode record, final PrintStream out) {
        final JsonNode label = record.path(VectorReader.LABEL);
        final JsonNode numbers = record.path(VectorReader.VECTOR);
        if (!label.isValueNode() || label.asText().isEmpty() || label.asText().contains(" ") || !numbers.isArray()) {
            throw CliFailure.usage("VECTORS needs a field label without spaces and a field vector: table=" + table
                    + ", label=" + Text.visible(label.toString()) + "; choose another --format");
        }
        out.print(label.asText());
        numbers.forEach(number -> out.print(" " + number));
        out.print('\n');
    }
}
