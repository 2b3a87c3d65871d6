package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.exit.ExitCode;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.EventLines;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Prints what changes in a table, tick by tick, one JSON object a line. */
@Command(
        name = "subscribe",
        description = {
            "Print the rows of a table, then what each tick changes, one JSON object a line (NDJSON).",
            "Goes on behind the last tick when the connection breaks; ends by Ctrl-C or after --count lines."
        })
final class SubscribeCommand implements Runnable {
    private static final int PAUSE_MS = 500;
    private static final String END = "end";

    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "The table.")
    private String table;

    @Option(
            names = "--filter",
            paramLabel = "CONDITION",
            description = "Only rows that meet it: hp.lt=10; may be repeated.")
    private List<String> conditions = List.of();

    @Option(names = "--fields", paramLabel = "FIELDS", description = "Only these fields: id,name,hp.")
    private String fields;

    @Option(names = "--no-snapshot", description = "Only changes, not the rows that there are.")
    private boolean noSnapshot;

    @Option(names = "--resume", paramLabel = "TICK", description = "Go on behind this tick, as a line's tick told it.")
    private Long resume;

    @Option(names = "--count", paramLabel = "N", description = "End after this many lines.")
    private Long count;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "5",
            description = "Connect again so many times in a row (${DEFAULT-VALUE}).")
    private int retries;

    private long printed;
    private String last;

    @Override
    public void run() {
        if (count != null && count < 1 || retries < 0 || resume != null && resume < 0) {
            throw CliFailure.usage("out of range: --count is at least 1, --retries and --resume at least 0");
        }
        final ServerClient client = root.client();
        final Route route = route();
        last = resume == null ? null : resume.toString();
        for (int failures = 0; isWanted(); ) {
            final long before = printed;
            try {
                follow(client, route);
            } catch (final CliFailure e) {
                failures = before == printed ? failures + 1 : 1;
                if (e.exitCode() != ExitCode.UNREACHABLE || printed == 0 || failures > retries) {
                    throw e;
                }
                root.console().err().println(e.line() + "; connecting again");
                pause();
            }
        }
    }

    private boolean isWanted() {
        return count == null || printed < count;
    }

    private Route route() {
        final Route stream = Route.of("/v1/stream").part(table);
        return RecordWalk.conditions(stream, conditions)
                .query("fields", fields)
                .query("snapshot", noSnapshot ? "false" : null);
    }

    private void follow(final ServerClient client, final Route route) {
        try (EventLines events = client.stream(route, last)) {
            while (isWanted()) {
                final EventLines.Event event = events.next();
                if (event == null) {
                    throw new IOException("the server closed the stream");
                }
                print(event);
            }
        } catch (final IOException e) {
            throw client.lost(e);
        }
    }

    private void print(final EventLines.Event event) throws IOException {
        final JsonNode data = Answer.JSON.readTree(event.data());
        final ObjectNode line = Answer.JSON.createObjectNode().put("event", event.name());
        if (data instanceof ObjectNode members) {
            line.setAll(members);
        }
        root.console().out().println(line);
        root.console().out().flush();
        printed++;
        last = event.id() == null ? last : event.id();
        if (END.equals(event.name()) && isWanted()) {
            throw CliFailure.refused("STREAM_ENDED", "the server ended the stream: " + data, null);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliFailure.unreachable("interrupted while waiting to connect again");
        }
    }
}
