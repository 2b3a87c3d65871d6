package io.taktdb.bench.rewrite;

import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.FigureFile;
import io.taktdb.bench.report.Samples;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench schema}. */
@Command(
        name = "schema",
        description = {
            "Changes the schema of a large table, and prints how long the loop stands still for each change:",
            "made in one step, and prepared over many ticks as the server does it."
        },
        mixinStandardHelpOptions = true)
public final class SchemaCommand implements Callable<Integer> {
    private static final int MAX_ROWS = 100_000_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rows", description = "rows of the table (default: ${DEFAULT-VALUE})", defaultValue = "1000000")
    private int rows;

    @Option(
            names = "--rounds",
            description = "rounds, each with a new table (default: ${DEFAULT-VALUE})",
            defaultValue = "5")
    private int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "write one JSON object per figure and line")
    private Path json;

    @Override
    public Integer call() {
        if (rows < 1 || rows > MAX_ROWS || rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "out of range: --rows=" + rows + " (1.." + MAX_ROWS + "), --rounds=" + rounds);
        }
        final SchemaBench bench = new SchemaBench(rows);
        for (int round = 0; round < rounds; round++) {
            bench.round();
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "ms in which nothing else is done, %d rows, medians of %d rounds, JDK %s%n",
                rows,
                rounds,
                System.getProperty("java.version"));
        for (final Map.Entry<String, Samples> entry : bench.millis().entrySet()) {
            final Samples samples = entry.getValue();
            out.printf(
                    Locale.ROOT,
                    "%-48s %9.2f   %9.2f .. %9.2f%n",
                    entry.getKey(),
                    samples.median(),
                    samples.min(),
                    samples.max());
        }
        out.flush();
        if (json != null) {
            FigureFile.write(
                    json,
                    bench.millis().entrySet().stream()
                            .map(entry -> new Figure(
                                    "schema." + entry.getKey().replace(' ', '-'),
                                    entry.getValue().median(),
                                    "ms",
                                    "",
                                    0))
                            .toList());
        }
        return 0;
    }
}
