package io.taktdb.bench.world;

import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.FigureFile;
import io.taktdb.bench.world.WorldBench.Outcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench world}. */
@Command(
        name = "world",
        description = {
            "Runs a battle as fast as it goes: units move, a grid of cells is rebuilt in each tick, units hurt",
            "others in their cell, the dead are replaced. Says what a tick costs, by stage and by system, with",
            "one worker and with more. Fails when the worlds differ."
        },
        mixinStandardHelpOptions = true)
public final class WorldCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rows", description = "units (default: ${DEFAULT-VALUE})", defaultValue = "1000000")
    private int rows;

    @Option(
            names = "--ticks",
            description = "to measure, after as many to warm up (default: ${DEFAULT-VALUE})",
            defaultValue = "120")
    private int ticks;

    @Option(names = "--workers", description = "beside one worker (default: ${DEFAULT-VALUE})", defaultValue = "2")
    private int workers;

    @Option(names = "--json", paramLabel = "FILE", description = "write one JSON object per figure and line")
    private Path json;

    @Override
    public Integer call() {
        if (rows < 1 || rows > 10_000_000 || ticks < 1 || workers < 1 || workers > 256) {
            throw new ParameterException(
                    spec.commandLine(),
                    "out of range: --rows=" + rows + " (1..10000000), --ticks=" + ticks + " (1 or more), --workers="
                            + workers + " (1..256)");
        }
        final PrintWriter out = spec.commandLine().getOut();
        final WorldBench bench = new WorldBench(rows, ticks);
        final Outcome one = bench.run(1);
        final Outcome many = bench.run(workers);
        final List<Figure> figures = new ArrayList<>(WorldBench.figures(1, one, one));
        figures.addAll(WorldBench.figures(workers, one, many));
        for (final Figure figure : figures) {
            out.printf(
                    Locale.ROOT,
                    "%-32s %12.1f us   %6.3f of %s%n",
                    figure.name(),
                    figure.value(),
                    figure.ratio(),
                    figure.peer());
        }
        out.printf(
                Locale.ROOT,
                "units %d, died %d, hash %016x with 1 worker, %016x with %d%n",
                many.rows(),
                many.ids() - many.rows(),
                one.hash(),
                many.hash(),
                workers);
        out.flush();
        if (json != null) {
            FigureFile.write(json, figures);
        }
        return one.hash() == many.hash() ? 0 : DIFFERENT;
    }
}
