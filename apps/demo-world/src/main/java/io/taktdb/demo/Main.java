package io.taktdb.demo;

import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.ServerOptions;
import io.taktdb.server.StopSignal;
import io.taktdb.server.TaktServer;
import io.taktdb.types.error.DbException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private ServerOptions options;

    /** Runs the demo until the process is told to stop. */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        final ServerConfig config = options.config();
        final List<WorldModule> modules = ServiceLoader.load(WorldModule.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        final StopSignal signal = StopSignal.install();
        try {
            final long lastTick = serve(config, modules, out, signal);
            out.println("saved at tick " + lastTick + " in " + options.data());
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
            Welcome.lines(server, options.data()).forEach(out::println);
            while (!signal.await(line.intervalMs(), TimeUnit.MILLISECONDS)) {
                line.show(server.db().status());
            }
            line.end();
        }
        return server.db().status().tick();
    }
}
