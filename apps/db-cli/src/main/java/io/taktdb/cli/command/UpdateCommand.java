package io.taktdb.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Changes some fields of a record. */
@Command(name = "update", description = "Change some fields of a record; the others stay as they are.")
final class UpdateCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Mixin
    private RecordArguments record;

    @Override
    public void run() {
        record.send(root, "PATCH");
    }
}
