package io.taktdb.cli.command;

import io.taktdb.cli.view.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What one command line printed, and its exit code. */
record CommandLineRun(int code, String out, String err) {
    /** Runs the client against a server, with nothing on standard input. */
    static CommandLineRun of(final StubServer server, final String... args) {
        return withInput(server, "", args);
    }

    static CommandLineRun withInput(final StubServer server, final String input, final String... args) {
        final List<String> line = new ArrayList<>(List.of(args));
        line.add("--server=" + server.url());
        return plain(input, false, line.toArray(new String[0]));
    }

    /**
     * Runs the client with just these arguments.
     *
     * @param live whether the outputs pass for terminals
     */
    static CommandLineRun plain(final String input, final boolean live, final String... args) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        final Console console = new Console(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                live,
                live);
        final int code = TaktCommand.run(console, args);
        return new CommandLineRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
