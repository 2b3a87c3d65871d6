package io.taktdb.cli.command;

import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.exit.ExitCode;
import io.taktdb.cli.shell.Words;
import io.taktdb.cli.view.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.SyntaxError;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Commands one after the other: from a person, with history and completion; or from standard input, line by line. */
@Command(
        name = "shell",
        description = {
            "Take commands one after the other, without takt cli before them; exit, quit or Ctrl-D end it.",
            "In a terminal with history, and Tab completes commands, options, tables, fields and procedures.",
            "Elsewhere it reads standard input; a line that begins with # is none. The exit code is that of the last",
            "command that failed, else 0."
        })
final class ShellCommand implements Callable<Integer> {
    private static final String PROMPT = "takt> ";

    @ParentCommand
    private TaktCommand root;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "Where lines are kept; else $TAKT_HISTORY, else .takt_history in the home folder.")
    private Path history;

    private final Parser parser = new DefaultParser().eofOnUnclosedQuote(true);
    private int failed = ExitCode.OK;

    @Override
    public Integer call() {
        root.client(); // says at once that a URL is wrong
        try {
            if (root.console().outLive()) {
                interactive();
            } else {
                piped();
            }
        } catch (final IOException e) {
            throw CliFailure.localFile("terminal or standard input failed: reason=" + e.getMessage());
        }
        return failed;
    }

    private void piped() throws IOException {
        final BufferedReader lines =
                new BufferedReader(new InputStreamReader(root.console().in(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!take(line)) {
                return;
            }
        }
    }

    private void interactive() throws IOException {
        final Words words = new Words(spec.commandLine().getParent(), root.client());
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            final LineReader reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .parser(parser)
                    .completer((line, parsed, found) -> complete(words, parsed, found))
                    .variable(LineReader.HISTORY_FILE, historyFile())
                    .build();
            boolean goesOn = true;
            while (goesOn) {
                try {
                    goesOn = take(reader.readLine(PROMPT));
                } catch (final UserInterruptException e) {
                    goesOn = true; // Ctrl-C takes the line back
                } catch (final EndOfFileException e) {
                    goesOn = false;
                }
            }
        }
    }

    private static void complete(final Words words, final ParsedLine line, final List<Candidate> found) {
        final List<String> before = line.words().subList(0, line.wordIndex());
        for (final String word : words.after(before, line.word().substring(0, line.wordCursor()))) {
            found.add(new Candidate(word, word, null, null, null, null, !word.endsWith("=")));
        }
    }

    private Path historyFile() {
        final String fromEnvironment = System.getenv("TAKT_HISTORY");
        if (history != null) {
            return history;
        }
        return fromEnvironment == null || fromEnvironment.isBlank()
                ? Path.of(System.getProperty("user.home"), ".takt_history")
                : Path.of(fromEnvironment);
    }

    /**
     * Runs one line.
     *
     * @return whether another may follow
     */
    private boolean take(final String line) {
        final String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return true;
        }
        if ("exit".equals(text) || "quit".equals(text)) {
            return false;
        }
        final Console console = root.console();
        try {
            final List<String> args = new ArrayList<>(parser.parse(text, text.length(), Parser.ParseContext.ACCEPT_LINE)
                    .words());
            args.removeIf(String::isEmpty);
            if ("shell".equals(args.get(0))) {
                throw CliFailure.usage("this is the shell already");
            }
            final int code = TaktCommand.run(console, root.withShared(args));
            failed = code == ExitCode.OK ? failed : code;
        } catch (final EOFError | CliFailure e) {
            console.err().println("error: " + (e instanceof EOFError ? "a quote does not end" : e.getMessage()));
            failed = ExitCode.USAGE;
        } catch (final SyntaxError e) {
            console.err().println("error: " + e.getMessage());
            failed = ExitCode.USAGE;
        }
        return true;
    }
}
