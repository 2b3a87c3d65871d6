package io.taktdb.cli.command;

import io.taktdb.cli.http.Route;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Asks the server to take a snapshot now. */
@Command(name = "snapshot", description = "Take a snapshot now, while the world goes on.")
final class SnapshotCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Override
    public void run() {
        root.show(root.client().send("POST", Route.of("/v1/snapshots")));
    }
}
