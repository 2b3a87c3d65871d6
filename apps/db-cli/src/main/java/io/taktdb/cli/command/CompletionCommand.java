package io.taktdb.cli.command;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints a script that completes command lines. */
@Command(
        name = "completion",
        description = {
            "Print a script by which bash and zsh complete command lines of takt-cli.",
            "Use: alias takt-cli='./takt cli'; source <(takt-cli completion)"
        })
final class CompletionCommand implements Runnable {
    private static final String NAME = "takt-cli";

    @ParentCommand
    private TaktCommand root;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        final CommandLine line = spec.commandLine().getParent();
        root.console().out().print(AutoComplete.bash(NAME, line));
    }
}
