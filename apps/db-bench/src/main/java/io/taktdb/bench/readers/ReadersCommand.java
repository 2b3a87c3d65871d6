package io.taktdb.bench.readers;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench readers}. */
@Command(
        name = "readers",
        description = {
            "Publishes commit after commit, each of which writes every row anew, while readers compare all rows of the",
            "states that they lease. Status 1 if a row was torn, or two rows were of different commits."
        },
        mixinStandardHelpOptions = true)
public final class ReadersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--readers", description = "threads that read (default: ${DEFAULT-VALUE})", defaultValue = "64")
    private int readers;

    @Option(
            names = "--commits",
            description = "commits to publish (default: ${DEFAULT-VALUE})",
            defaultValue = "1000000")
    private long commits;

    @Override
    public Integer call() throws InterruptedException {
        if (readers < 1 || commits < 1) {
            throw new ParameterException(spec.commandLine(), "--readers and --commits must be at least 1");
        }
        final TornRows campaign = new TornRows(readers, commits);
        final String torn = campaign.run();
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "readers: threads=%d, commits=%d, states read=%d, of distinct commits at least=%d, torn=%s%n",
                readers,
                commits,
                campaign.statesRead(),
                campaign.distinctCommits(),
                torn == null ? "none" : torn);
        out.flush();
        return torn == null ? 0 : 1;
    }
}
