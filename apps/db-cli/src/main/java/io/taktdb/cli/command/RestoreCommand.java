package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.view.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Puts the world of a SQLite file or a snapshot into the place of the running one. */
@Command(
        name = "restore",
        description = {
            "Put the world of a SQLite file or a snapshot into the place of the running one.",
            "A dump comes back exactly; any other SQLite file brings its tables, keys and rows.",
            "It is checked in full first; a refusal changes nothing."
        })
final class RestoreCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "FILE", arity = "0..1", description = "The SQLite file.")
    private Path file;

    @Option(names = "--snapshot", paramLabel = "ID", description = "A snapshot of the server, in place of a file.")
    private String snapshot;

    @Option(names = "--yes", description = "Replace everything that the server holds.")
    private boolean yes;

    @Override
    public void run() {
        if (file == null == (snapshot == null)) {
            throw CliFailure.usage("name a FILE or a --snapshot, one of them");
        }
        if (!yes) {
            throw CliFailure.usage("this replaces everything that the server holds; say --yes");
        }
        final Answer answer;
        if (snapshot != null) {
            final byte[] body = Answer.JSON
                    .createObjectNode()
                    .put("snapshot", snapshot)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            answer = root.client().send("POST", Route.of("/v1/restore"), body);
        } else {
            if (!Files.isRegularFile(file)) {
                throw CliFailure.localFile("file cannot be read: file=" + file + ", reason=no such file");
            }
            answer = root.client().send("POST", Route.of("/v1/restore"), file, "application/vnd.sqlite3");
        }
        if (root.json()) {
            root.show(answer);
            return;
        }
        final JsonNode done = answer.json();
        done.path("notes").forEach(note -> root.console().out().println("note: " + Text.of(note)));
        root.console()
                .out()
                .println("restored " + Text.of(done.get("tables")) + " tables, " + Text.of(done.get("rows"))
                        + " rows from " + Text.of(done.get("source")) + "; saved as snapshot "
                        + Text.of(done.get("snapshot")));
    }
}
