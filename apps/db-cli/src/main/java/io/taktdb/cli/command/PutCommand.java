package io.taktdb.cli.command;

import io.taktdb.cli.http.Route;
import io.taktdb.cli.input.JsonArgument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Replaces a whole record. */
@Command(name = "put", description = "Replace a whole record; fields that are absent take their defaults.")
final class PutCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "The table.")
    private String table;

    @Parameters(index = "1", paramLabel = "ID", converter = ArgumentText.class, description = "The record's id.")
    private String id;

    @Parameters(index = "2", paramLabel = "JSON", description = "The record: JSON, @file, or - for standard input.")
    private String record;

    @Override
    public void run() {
        final byte[] json = JsonArgument.read(record, root.console().in());
        root.show(root.client().send("PUT", Route.records(table, id), json));
    }
}
