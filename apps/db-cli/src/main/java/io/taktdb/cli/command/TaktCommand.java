package io.taktdb.cli.command;

import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.exit.ExitCode;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.ServerClient;
import io.taktdb.cli.view.Console;
import io.taktdb.cli.view.JsonView;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The client's root: the options that all commands share, and the way every failure takes to the user. */
@Command(
        name = "takt cli",
        description = "Looks into a running TaktDB server and changes what it holds.",
        versionProvider = ProductVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ok",
            "1:the server refused; its problem was shown as `error CODE: detail`",
            "2:wrong arguments; nothing was sent",
            "3:no server answered",
            "4:a local file could not be read, written or understood"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  takt cli push item items.json",
            "  takt cli get item --limit 5",
            "  takt cli query item stackSize.lt=64 --order -id --format csv",
            "  takt cli export item items.csv",
            "  takt cli call world.damage id=7 amount=3",
            "  takt cli subscribe mob --filter hp.lt=10 --count 100",
            "  takt cli status --watch"
        },
        subcommands = {
            StatusCommand.class,
            TablesCommand.class,
            DescribeCommand.class,
            GetCommand.class,
            QueryCommand.class,
            InsertCommand.class,
            PutCommand.class,
            UpdateCommand.class,
            DeleteCommand.class,
            PushCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            CallCommand.class,
            SubscribeCommand.class,
            SchemaCommand.class,
            SnapshotCommand.class,
            DumpCommand.class,
            RestoreCommand.class,
            RequestCommand.class,
            TokenCommand.class,
            ShellCommand.class,
            CodegenCommand.class,
            CompletionCommand.class,
            Reference.class
        })
public final class TaktCommand implements Runnable {
    private static final String DEFAULT_SERVER = "http://127.0.0.1:7777";

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The server; else $TAKT_SERVER, else " + DEFAULT_SERVER + ".")
    private String server;

    @Option(
            names = "--token",
            paramLabel = "SECRET",
            scope = ScopeType.INHERIT,
            description = "A token; else $TAKT_TOKEN (which nobody else sees).")
    private String token;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the server's JSON, problems included.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and end.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and end.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    private TaktCommand(final Console console) {
        this.console = console;
    }

    /**
     * Runs one command line.
     *
     * @return the exit code
     */
    public static int run(final Console console, final String... args) {
        final CommandLine line = commandLine(console);
        final TaktCommand root = line.getCommand();
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        line.setExecutionExceptionHandler((failure, command, parsed) -> root.fail(failure));
        line.setParameterExceptionHandler(TaktCommand::refuse);
        line.setAbbreviatedOptionsAllowed(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getSubcommands().get("query").setAllowOptionsAsOptionParameters(true); // --order -hp
        line.setExpandAtFiles(false); // @file is a record, not more arguments
        final int code = line.execute(args);
        console.out().flush();
        return code;
    }

    /** All commands, to be asked about and not run. */
    public static CommandLine commandLine() {
        return commandLine(Console.system());
    }

    private static CommandLine commandLine(final Console console) {
        return new CommandLine(new TaktCommand(console));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    Console console() {
        return console;
    }

    /** Whether the server's JSON is wanted, and not a view of it. */
    boolean json() {
        return json;
    }

    ServerClient client() {
        final String fromEnvironment = System.getenv("TAKT_SERVER");
        if (server != null) {
            return new ServerClient(server, token());
        }
        return new ServerClient(
                fromEnvironment == null || fromEnvironment.isBlank() ? DEFAULT_SERVER : fromEnvironment, token());
    }

    /** The arguments of another command line, with the server, token and form of this one unless it names its own. */
    String[] withShared(final List<String> arguments) {
        final List<String> all = new ArrayList<>(arguments);
        if (server != null && arguments.stream().noneMatch(argument -> argument.startsWith("--server"))) {
            all.add("--server=" + server);
        }
        if (token != null && arguments.stream().noneMatch(argument -> argument.startsWith("--token"))) {
            all.add("--token=" + token);
        }
        if (json && !arguments.contains("--json")) {
            all.add("--json");
        }
        return all.toArray(new String[0]);
    }

    private String token() {
        return token == null ? System.getenv("TAKT_TOKEN") : token;
    }

    /** Shows an answer that has a body. */
    void show(final Answer answer) {
        if (json) {
            printJson(answer.text());
        } else {
            new JsonView(console).print(answer.json());
        }
    }

    void printJson(final String text) {
        console.out().println(text.stripTrailing());
    }

    private int fail(final Exception failure) {
        if (!(failure instanceof CliFailure known)) {
            console.err()
                    .println("error: this is a defect of the client: " + failure
                            + "; please report it with the command that led here");
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (json && known.problemJson() != null) {
            console.err().println(known.problemJson());
        } else {
            console.err().println(known.line());
        }
        return known.exitCode();
    }

    /** A wrong command line gets one line that says what is wrong, and where to read more; not the whole help. */
    private static int refuse(final ParameterException wrong, final String[] args) {
        final CommandLine command = wrong.getCommandLine();
        command.getErr().println("error: " + wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.getErr().println("see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }
}
