package io.taktdb.cli.command;

import io.taktdb.cli.http.Route;
import io.taktdb.cli.view.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Deletes one record. */
@Command(name = "delete", description = "Delete one record.")
final class DeleteCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "The table.")
    private String table;

    @Parameters(index = "1", paramLabel = "ID", converter = ArgumentText.class, description = "The record's id.")
    private String id;

    @Override
    public void run() {
        root.client().send("DELETE", Route.records(table, id));
        if (!root.json()) {
            root.console().out().println("deleted " + Text.visible(table) + " " + Text.visible(id));
        }
    }
}
