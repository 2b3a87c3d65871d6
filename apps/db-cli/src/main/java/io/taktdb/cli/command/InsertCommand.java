package io.taktdb.cli.command;

import io.taktdb.cli.http.Route;
import io.taktdb.cli.input.JsonArgument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Inserts a record, or an array of them, all or none. */
@Command(name = "insert", description = "Insert a record, or an array of records (all or none).")
final class InsertCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "The table.")
    private String table;

    @Parameters(index = "1", paramLabel = "JSON", description = "The record: JSON, @file, or - for standard input.")
    private String record;

    @Override
    public void run() {
        final byte[] json = JsonArgument.read(record, root.console().in());
        root.show(root.client().send("POST", Route.records(table, null), json));
    }
}
