package io.taktdb.cli;

import io.taktdb.cli.command.TaktCommand;
import io.taktdb.cli.view.Console;

/** Runs one command of the client and ends with its exit code. */
public final class Main {
    private Main() {}

    /** Runs one command with its arguments, as in {@code get player 7}. */
    public static void main(final String[] args) {
        System.exit(TaktCommand.run(Console.system(), args));
    }
}
