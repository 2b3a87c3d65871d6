package io.taktdb.server;

import io.taktdb.api.access.Token;
import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.types.error.DbException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The server process.
 *
 * <p>Says {@code listening on URL} on standard output when it is ready; everything else goes to standard error. SIGTERM
 * and Ctrl-C stop it in order, with exit code 0.
 */
@Command(
        name = "takt server",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        description = "Serve a world: REST, JSON-RPC and schema-later push on one port.")
public final class Main implements Callable<Integer> {
    private static final int EXIT_OK = 0;
    private static final int EXIT_FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions options;

    /** Runs the server until the process is told to stop. */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Option(
            names = "--new-token",
            paramLabel = "NAME:ROLE",
            description = "Print a new secret and its line for --tokens, and end; ROLE is read, write or admin.")
    private String newToken;

    @Option(names = "--new-encryption-key", description = "Print a new key for --encryption-key-file, and end.")
    private boolean newEncryptionKey;

    @Option(names = "--print-config", description = "Print what the options come to, and end.")
    private boolean printConfig;

    @Override
    public Integer call() throws InterruptedException {
        if (newToken != null) {
            return printNewToken();
        }
        if (newEncryptionKey) {
            spec.commandLine().getOut().println(FileKeys.newKey());
            spec.commandLine().getOut().flush();
            return EXIT_OK;
        }
        final ServerConfig config = options.config();
        if (printConfig) {
            ConfigText.print(config, spec.commandLine().getOut());
            return EXIT_OK;
        }
        final List<WorldModule> modules = ServiceLoader.load(WorldModule.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        final StopSignal signal = StopSignal.install();
        try (TaktServer server = TaktServer.start(config, modules)) {
            System.out.println("listening on " + server.url());
            System.out.flush();
            signal.await();
        } catch (final DbException e) {
            spec.commandLine().getErr().println("takt server: " + e.getMessage());
            return EXIT_FAILED;
        } finally {
            signal.done();
        }
        return EXIT_OK;
    }

    private int printNewToken() {
        final int colon = newToken.indexOf(':');
        if (!newToken.matches("[^\\s:]+:[a-z]+")) {
            throw new ParameterException(
                    spec.commandLine(), "not a name and a role: --new-token=" + newToken + "; write e.g. game:write");
        }
        final String secret = Token.newSecret();
        final Token token;
        try {
            token = Token.of(newToken.substring(0, colon), Token.role(newToken.substring(colon + 1)), secret);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--new-token: " + e.getMessage(), e);
        }
        System.out.println("secret, shown only now: " + secret);
        System.out.println(token);
        return EXIT_OK;
    }

    /** The version, for {@code --version}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"takt " + TaktServer.version()};
        }
    }
}
