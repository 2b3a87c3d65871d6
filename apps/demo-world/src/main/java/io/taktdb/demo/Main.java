package io.taktdb.demo;

import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.StopSignal;
import io.taktdb.server.TaktServer;
import io.taktdb.types.error.DbException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The demo's process: serves the world until Ctrl-C or SIGTERM, then saves it.
 *
 * <p>Exit status: 0 stopped in order, 1 could not start or save, 2 wrong usage.
 */
@Command(
        name = "takt demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Serve a world of wandering mobs, made from Minecraft data.")
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

    /** Runs the demo until the process is told to stop. */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        final ServerConfig config = config();
        final List<WorldModule> modules = ServiceLoader.load(WorldModule.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        final StopSignal signal = StopSignal.install();
        try {
            final long lastTick = serve(config, modules, out, signal);
            out.println("saved at tick " + lastTick + " in " + data);
            return EXIT_OK;
        } catch (final DbException e) {
            spec.commandLine().getErr().println("takt demo: " + e.getMessage());
            return EXIT_FAILED;
        } finally {
            signal.done();
        }
    }

    private long serve(
            final ServerConfig config, final List<WorldModule> modules, final PrintStream out, final StopSignal signal)
            throws InterruptedException, IOException {
        final StatusLine line = new StatusLine(out, Terminal.isStandardOutput());
        final TaktServer server = TaktServer.start(config, modules);
        try (server) {
            new ItemPush(server).pushIntoNewWorld();
            Welcome.lines(server, data).forEach(out::println);
            while (!signal.await(line.intervalMs(), TimeUnit.MILLISECONDS)) {
                line.show(server.db().status());
            }
            line.end();
        }
        return server.db().status().tick();
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
        return ServerConfig.of(data).withPort(port).withTickRate(tickRate);
    }

    private ParameterException usage(final String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
