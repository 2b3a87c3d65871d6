package io.taktdb.cli.command;

import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import io.taktdb.cli.input.JsonArgument;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Sends any request: the way to those routes that have no command of their own. */
@Command(
        name = "request",
        description = {
            "Send any request, for example: request POST /v1/transactions @operations.json",
            "Each route of /openapi.yaml can be reached so; most have a command that says more."
        })
final class RequestCommand implements Runnable {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE");

    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "METHOD", description = "GET, POST, PUT, PATCH or DELETE.")
    private String method;

    @Parameters(index = "1", paramLabel = "PATH", description = "Path and query, percent-encoded: /v1/relations.")
    private String path;

    @Parameters(
            index = "2",
            paramLabel = "JSON",
            arity = "0..1",
            description = "The body: JSON, @file, or - for standard input.")
    private String body;

    @Override
    public void run() {
        final String wanted = method.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(wanted)) {
            throw CliFailure.usage("method is not known: method=" + method + "; write one of " + METHODS);
        }
        if (!path.matches("/[!-~]*")) {
            throw CliFailure.usage("not a path: path=" + path + "; begin with a slash, percent-encode the rest");
        }
        final byte[] json =
                body == null ? null : JsonArgument.read(body, root.console().in());
        final ServerClient client = root.client();
        final Answer answer =
                json == null ? client.send(wanted, Route.of(path)) : client.send(wanted, Route.of(path), json);
        final String text = answer.text();
        if (answer.header("Content-Type").orElse("").contains("json")) {
            root.show(answer);
        } else if (!text.isEmpty()) {
            root.console().out().println(text.stripTrailing());
        } else if (!root.json()) {
            root.console().out().println("HTTP " + answer.status());
        }
    }
}
