package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import io.taktdb.cli.view.StatusScreen;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Shows how the server does, once or as a living screen. */
@Command(name = "status", description = "Show how the server does: tick, rate, lateness, queue, memory.")
final class StatusCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Option(names = "--watch", description = "Show it again each second, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--count", paramLabel = "N", description = "With --watch: end after this many times.")
    private Integer count;

    @Override
    public void run() {
        if (count != null && (!watch || count < 1)) {
            throw CliFailure.usage("--count goes with --watch and is at least 1: --count=" + count);
        }
        final ServerClient client = root.client();
        if (!watch) {
            root.show(status(client));
            return;
        }
        final StatusScreen screen = new StatusScreen(root.console(), client.url());
        for (int shown = 0; count == null || shown < count; shown++) {
            if (shown > 0 && !pause()) {
                return;
            }
            show(client, screen);
        }
    }

    private void show(final ServerClient client, final StatusScreen screen) {
        try {
            final Answer answer = status(client);
            if (root.json()) {
                root.printJson(answer.json().toString());
            } else {
                screen.paint(
                        answer.json(),
                        screen.isLive()
                                ? client.send("GET", Route.of("/v1/tables")).json()
                                : MissingNode.getInstance());
            }
        } catch (final CliFailure e) {
            screen.paintFailure(e.line());
        }
    }

    private static Answer status(final ServerClient client) {
        return client.send("GET", Route.of("/v1/status"));
    }

    private static boolean pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
            return true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
