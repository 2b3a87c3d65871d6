package io.taktdb.bench.server;

import io.taktdb.bench.load.LoadClient;
import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.FigureFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench server}. */
@Command(
        name = "server",
        description = {
            "Measures calls over loopback, servers in JVMs of their own: JSON-RPC, REST and push over HTTP with 64",
            "connections, one request or 16 under way on each; WebSockets with windows of 1, 64 and 256; beside them a",
            "bare Netty server that parses, hands over to another thread and replies, and Redis if it is installed.",
            "Then transfers between 100,000 accounts, 64 clients with 40 under way, uniform and Zipf 1.5.",
            "Then 1,000 subscribers to 100 rows that change 60 times a second, 10,000 idle WebSockets, and 1,000 slow",
            "senders with 100 clients that never read beside well-behaved ones."
        },
        mixinStandardHelpOptions = true)
public final class ServerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "run what begins so, e.g. rpc,ws.,transfer,hostile (default: all)")
    private List<String> only = new ArrayList<>();

    @Option(names = "--rounds", description = "of each case (default: ${DEFAULT-VALUE})", defaultValue = "3")
    private int rounds;

    @Option(names = "--millis", description = "of each round (default: ${DEFAULT-VALUE})", defaultValue = "1000")
    private int millis;

    @Option(
            names = "--shrink",
            paramLabel = "N",
            description = "divide the numbers of listeners, idle and hostile clients by so much (default: 1)",
            defaultValue = "1")
    private int shrink;

    @Option(names = "--json", paramLabel = "FILE", description = "write one JSON object per figure and line")
    private Path json;

    @Override
    public Integer call() {
        if (rounds < 1 || millis < 50 || shrink < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--rounds and --shrink must be at least 1," + " and --millis at least 50");
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "server: JDK %s, %d processors, shared by server and client%n",
                System.getProperty("java.version"), Runtime.getRuntime().availableProcessors());
        final long measureNs = TimeUnit.MILLISECONDS.toNanos(millis);
        final BenchPlan plan = new BenchPlan(only, rounds, 2 * measureNs, measureNs, shrink);
        final List<Figure> figures = new ArrayList<>();
        try (LoadClient client = new LoadClient()) {
            figures.addAll(new ServerBench(plan, client, line -> say(out, line)).run());
            figures.addAll(new RedisBench(plan, client, line -> say(out, line)).run());
            figures.addAll(new TransferBench(plan, client, line -> say(out, line)).run());
            figures.addAll(new ShapeBench(plan, client, line -> say(out, line)).run());
        }
        if (figures.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "nothing begins so: --only=" + String.join(",", only));
        }
        if (json != null) {
            FigureFile.write(json, figures);
        }
        return 0;
    }

    private static void say(final PrintWriter out, final String line) {
        out.println(line);
        out.flush();
    }
}
