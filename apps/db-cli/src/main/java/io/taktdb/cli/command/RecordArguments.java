package io.taktdb.cli.command;

import io.taktdb.cli.http.Route;
import io.taktdb.cli.input.JsonArgument;
import picocli.CommandLine.Parameters;

/** A record, and what it becomes. Threading: one thread. */
final class RecordArguments {
    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "The table.")
    private String table;

    @Parameters(index = "1", paramLabel = "ID", converter = ArgumentText.class, description = "The record's id.")
    private String id;

    @Parameters(index = "2", paramLabel = "JSON", description = "Its fields: JSON, @file, or - for standard input.")
    private String json;

    /** Sends it, and shows the record that came of it. */
    void send(final TaktCommand root, final String method) {
        final byte[] body = JsonArgument.read(json, root.console().in());
        root.show(root.client().send(method, Route.records(table, id), body));
    }
}
