package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.input.JsonArgument;
import io.taktdb.cli.view.Text;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows the schema, and moves the server to another one. */
@Command(
        name = "schema",
        description = "Show the schema as JSON, or move to another one.",
        subcommands = {SchemaCommand.Diff.class, SchemaCommand.Apply.class})
final class SchemaCommand implements Runnable {
    private static final Route SCHEMA = Route.of("/v1/schema");

    @ParentCommand
    private TaktCommand root;

    @Override
    public void run() {
        final Answer answer = root.client().send("GET", SCHEMA);
        root.printJson(root.json() ? answer.text() : answer.json().toPrettyString());
    }

    private void move(final String wanted, final boolean dryRun, final boolean allowDrop) {
        final byte[] json = JsonArgument.read(wanted, root.console().in());
        final Route route =
                SCHEMA.query("dryRun", dryRun ? "true" : null).query("allowDrop", allowDrop ? "true" : null);
        final Answer answer = root.client().send("PUT", route, json);
        if (root.json()) {
            root.show(answer);
            return;
        }
        final JsonNode steps = answer.json().path("steps");
        if (steps.isEmpty()) {
            root.console().out().println("no difference");
        }
        for (final JsonNode step : steps) {
            final boolean loses = step.path("losesData").asBoolean();
            root.console()
                    .out()
                    .println((loses ? "! " : "  ")
                            + Text.visible(step.path("step").toString()));
        }
        if (!dryRun && !steps.isEmpty()) {
            root.console().out().println("applied " + steps.size() + (steps.size() == 1 ? " step" : " steps"));
        }
    }

    /** Lists the steps. */
    @Command(name = "diff", description = "List the steps to another schema; those that lose data begin with !.")
    static final class Diff implements Runnable {
        @ParentCommand
        private SchemaCommand parent;

        @Parameters(index = "0", paramLabel = "JSON", description = "The wanted schema: JSON, @file, or -.")
        private String wanted;

        @Override
        public void run() {
            parent.move(wanted, true, false);
        }
    }

    /** Takes the steps. */
    @Command(name = "apply", description = "Move to another schema in one commit.")
    static final class Apply implements Runnable {
        @ParentCommand
        private SchemaCommand parent;

        @Parameters(index = "0", paramLabel = "JSON", description = "The wanted schema: JSON, @file, or -.")
        private String wanted;

        @Option(names = "--allow-drop", description = "Take steps that lose data, too.")
        private boolean allowDrop;

        @Override
        public void run() {
            parent.move(wanted, false, allowDrop);
        }
    }
}
