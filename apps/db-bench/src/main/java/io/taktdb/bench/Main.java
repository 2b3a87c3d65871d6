package io.taktdb.bench;

import io.taktdb.bench.engine.EngineCommand;
import io.taktdb.bench.faults.FaultsCommand;
import io.taktdb.bench.jmh.JmhCommand;
import io.taktdb.bench.kernel.KernelCommand;
import io.taktdb.bench.kill.KillCommand;
import io.taktdb.bench.persist.PersistCommand;
import io.taktdb.bench.readers.ReadersCommand;
import io.taktdb.bench.replay.ReplayCommand;
import io.taktdb.bench.rewrite.SchemaCommand;
import io.taktdb.bench.server.ServerCommand;
import io.taktdb.bench.tick.TickCommand;
import io.taktdb.bench.world.WorldCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs one benchmark. Exit status: 0 done, 1 a check failed or a contender broke, 2 wrong usage. */
@Command(
        name = "takt bench",
        description = "Measures TaktDB beside its peers, in the same run, and proves its promises.",
        mixinStandardHelpOptions = true,
        subcommands = {
            KernelCommand.class,
            EngineCommand.class,
            JmhCommand.class,
            TickCommand.class,
            PersistCommand.class,
            ReadersCommand.class,
            FaultsCommand.class,
            KillCommand.class,
            SchemaCommand.class,
            ServerCommand.class,
            WorldCommand.class,
            ReplayCommand.class
        })
public final class Main {
    private Main() {}

    /**
     * Runs one benchmark with its options, as in {@code kernel --rounds 9}.
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new Main()).execute(args.length == 0 ? new String[] {"--help"} : args));
    }
}
