package io.taktdb.cli.command;

import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.view.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Asks the server to take a snapshot now, and looks after those that there are. */
@Command(
        name = "snapshot",
        description = "Take a snapshot now, while the world goes on; or look after those that there are.",
        subcommands = {SnapshotCommand.All.class, SnapshotCommand.Delete.class})
final class SnapshotCommand implements Runnable {
    private static final Route SNAPSHOTS = Route.of("/v1/snapshots");

    @ParentCommand
    private TaktCommand root;

    @Override
    public void run() {
        root.show(root.client().send("POST", SNAPSHOTS));
    }

    /** Lists them. */
    @Command(name = "list", description = "List the snapshots, newest first.")
    static final class All implements Runnable {
        @ParentCommand
        private SnapshotCommand parent;

        @Override
        public void run() {
            final Answer answer = parent.root.client().send("GET", SNAPSHOTS);
            parent.root.show(answer);
        }
    }

    /** Deletes one. */
    @Command(name = "delete", description = "Delete a snapshot; the newest stays.")
    static final class Delete implements Runnable {
        @ParentCommand
        private SnapshotCommand parent;

        @Parameters(index = "0", paramLabel = "ID", converter = ArgumentText.class, description = "The snapshot.")
        private String id;

        @Override
        public void run() {
            parent.root.client().send("DELETE", SNAPSHOTS.part(id));
            if (!parent.root.json()) {
                parent.root.console().out().println("deleted snapshot " + Text.visible(id));
            }
        }
    }
}
