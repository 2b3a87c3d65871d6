package io.taktdb.cli.command;

import io.taktdb.cli.http.Route;
import io.taktdb.cli.input.JsonArgument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Changes some fields of a record. */
@Command(name = "update", description = "Change some fields of a record; the others stay as they are.")
final class UpdateCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "The table.")
    private String table;

    @Parameters(index = "1", paramLabel = "ID", converter = ArgumentText.class, description = "The record's id.")
    private String id;

    @Parameters(index = "2", paramLabel = "JSON", description = "The fields: JSON, @file, or - for standard input.")
    private String fields;

    @Override
    public void run() {
        final byte[] json = JsonArgument.read(fields, root.console().in());
        root.show(root.client().send("PATCH", Route.records(table, id), json));
    }
}
