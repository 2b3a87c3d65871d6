package io.taktdb.cli.command;

import io.taktdb.cli.exit.CliFailure;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints the reference of all commands as Markdown: {@code docs/CLI.md} is made of it. */
@Command(name = "reference", hidden = true, description = "Print the reference of all commands as Markdown.")
final class Reference implements Runnable {
    private static final String HEAD = """
            # The command line client

            Made by `./takt cli reference`; a test fails when it is not current. Every command speaks HTTP only.
            """;

    @ParentCommand
    private TaktCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        final StringBuilder text = new StringBuilder(HEAD);
        append(text, spec.commandLine().getParent());
        if (text.length() == HEAD.length()) {
            throw CliFailure.usage("no commands");
        }
        root.console().out().print(text);
    }

    private static void append(final StringBuilder text, final CommandLine command) {
        final CommandSpec spec = command.getCommandSpec();
        text.append("\n## ").append(spec.qualifiedName()).append("\n\n```\n");
        text.append(command.getUsageMessage(Ansi.OFF).stripTrailing()).append("\n```\n");
        for (final Map.Entry<String, CommandLine> one : command.getSubcommands().entrySet()) {
            if (!one.getValue().getCommandSpec().usageMessage().hidden()) {
                append(text, one.getValue());
            }
        }
    }
}
