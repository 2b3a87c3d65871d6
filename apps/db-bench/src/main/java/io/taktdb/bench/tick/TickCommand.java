package io.taktdb.bench.tick;

import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.FigureFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench tick}. */
@Command(
        name = "tick",
        description = {
            "Measures how late ticks start at 60 and 120 Hz: idle, with moving rows, with 10,000 commands a second,",
            "and while a reader hashes every row of leased states, as a snapshot does. Beside it, a loop that only",
            "sleeps and spins. Then the work of a large world, and of one that computes, by stage, with 1 and 2",
            "workers, and a single write."
        },
        mixinStandardHelpOptions = true)
public final class TickCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--seconds", description = "of each case (default: ${DEFAULT-VALUE})", defaultValue = "4")
    private int seconds;

    @Option(names = "--rows", description = "of the large world (default: ${DEFAULT-VALUE})", defaultValue = "1000000")
    private int rows;

    @Option(names = "--json", paramLabel = "FILE", description = "write one JSON object per figure and line")
    private Path json;

    @Override
    public Integer call() {
        if (seconds < 1 || rows < 1_000) {
            throw new ParameterException(spec.commandLine(), "--seconds must be at least 1, and --rows at least 1000");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final TickBench bench = new TickBench(seconds, rows, err::println);
        bench.run();
        out.printf(
                "ticks: microseconds, %d s per case, JDK %s, %d processors%n",
                seconds,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors());
        for (final Figure figure : bench.figures()) {
            out.printf(
                    Locale.ROOT,
                    "%-34s %12.2f us   %6.3f of %s%n",
                    figure.name(),
                    figure.value(),
                    figure.ratio(),
                    figure.peer());
        }
        out.flush();
        if (json != null) {
            FigureFile.write(json, bench.figures());
        }
        return 0;
    }
}
