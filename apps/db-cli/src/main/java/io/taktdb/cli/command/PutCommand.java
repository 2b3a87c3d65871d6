package io.taktdb.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Replaces a whole record. */
@Command(name = "put", description = "Replace a whole record; fields that are absent take their defaults.")
final class PutCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Mixin
    private RecordArguments record;

    @Override
    public void run() {
        record.send(root, "PUT");
    }
}
