package io.taktdb.server;

import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.error.DbException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + ServerConfig.DEFAULT_PORT,
            description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "Folder of the world; made if need be (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--tick-rate",
            paramLabel = "HZ",
            defaultValue = "" + LoopConfig.DEFAULT_RATE,
            description = "Ticks a second, 15 to 120 (default: ${DEFAULT-VALUE}).")
    private int tickRate;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on; loopback only, as long as there are no tokens.")
    private String bind;

    /** Runs the server until the process is told to stop. */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        final ServerConfig config = config();
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

    private ServerConfig config() {
        if (port < 0 || port > ServerConfig.MAX_PORT) {
            throw usage("port out of range: --port=" + port + "; give 0 to " + ServerConfig.MAX_PORT);
        }
        try {
            LoopConfig.requireRate(tickRate);
        } catch (final DbException e) {
            throw usage(e.getMessage());
        }
        return ServerConfig.of(data).withPort(port).withTickRate(tickRate).withBind(loopback());
    }

    private InetAddress loopback() {
        try {
            final InetAddress address = InetAddress.getByName(bind);
            if (address.isLoopbackAddress()) {
                return address;
            }
        } catch (final UnknownHostException e) {
            throw usage("address is not known: --bind=" + bind);
        }
        throw usage("address is not loopback: --bind=" + bind
                + "; tokens are not supported yet, and without them only this machine may call: use 127.0.0.1 or ::1");
    }

    private ParameterException usage(final String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    /** The version, for {@code --version}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"takt " + TaktServer.version()};
        }
    }
}
