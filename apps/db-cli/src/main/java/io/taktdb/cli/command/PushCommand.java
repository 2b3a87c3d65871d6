package io.taktdb.cli.command;

import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import io.taktdb.cli.input.Batch;
import io.taktdb.cli.input.RecordReader;
import io.taktdb.cli.view.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Pushes records of any shape into a collection, which grows the columns that it needs. */
@Command(
        name = "push",
        description = {
            "Push records of any shape; the collection and its columns are made as needed.",
            "Reads a JSON array, or JSON values one after the other (NDJSON), of any length.",
            "Each batch is stored whole or not at all."
        })
final class PushCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "COLLECTION", converter = ArgumentText.class, description = "Where to.")
    private String collection;

    @Parameters(index = "1", paramLabel = "FILE", description = "The records; - for standard input.")
    private String file;

    @Option(
            names = "--split-values",
            description = "The file is one object; its values are the records, or arrays of records.")
    private boolean splitValues;

    @Mixin
    private Batches batches;

    @Override
    public void run() {
        final int batchRecords = batches.records();
        final PushSummary summary = new PushSummary();
        final Progress progress = new Progress(root.console(), collection);
        try (RecordReader reader = RecordReader.open(file, root.console().in(), splitValues, batchRecords)) {
            pushAll(reader, summary, progress);
        } catch (final CliFailure e) {
            progress.clear();
            throw summary.records() == 0 ? e : e.withNote("stored before this: records=" + summary.records());
        }
        progress.clear();
        if (!root.json()) {
            summary.lines(collection).forEach(root.console().out()::println);
        }
    }

    private void pushAll(final RecordReader reader, final PushSummary summary, final Progress progress) {
        final ServerClient client = root.client();
        final Route route = Route.of("/v1/push").part(collection);
        for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
            final Answer answer = Batches.send(client, route, batch);
            if (root.json()) {
                root.printJson(answer.text());
            }
            summary.add(answer.json(), batch.records());
            progress.report(summary.records(), reader.bytes(), reader.totalBytes());
        }
    }
}
