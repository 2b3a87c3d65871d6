package io.taktdb.bench.engine;

import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.FigureFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench engine}. */
@Command(
        name = "engine",
        description = {
            "Measures the storage engine beside its peers: commits, updates, filters, churn, leases, memory.",
            "Prints medians of interleaved rounds, of processor time, and TaktDB's ratio to each peer."
        },
        mixinStandardHelpOptions = true)
public final class EngineCommand implements Callable<Integer> {
    private static final long WARM_UP_MS = 1_500;
    private static final long QUICK_WARM_UP_MS = 500;
    private static final int QUICK_ROUNDS = 2;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", description = "interleaved rounds (default: ${DEFAULT-VALUE})", defaultValue = "5")
    private int rounds;

    @Option(names = "--quick", description = "a short form: ${DEFAULT-VALUE} rounds, without the largest worlds")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "PREFIX",
            split = ",",
            description = "only figures whose name begins so, e.g. commit,heal")
    private List<String> only = List.of("");

    @Option(names = "--json", paramLabel = "FILE", description = "write one JSON object per figure and line")
    private Path json;

    @Override
    public Integer call() {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds must be at least 1");
        }
        final List<Workload> chosen = Workloads.ALL.stream()
                .filter(workload -> only.stream().anyMatch(workload.name()::startsWith))
                .filter(workload -> !quick || !workload.isLarge())
                .toList();
        final boolean memory = only.stream().anyMatch(MemoryFigure.NAME::startsWith);
        if (chosen.isEmpty() && !memory) {
            throw new ParameterException(spec.commandLine(), "--only fits no figure; there are: " + names());
        }
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final EngineBench bench =
                new EngineBench(quick ? QUICK_ROUNDS : rounds, quick ? QUICK_WARM_UP_MS : WARM_UP_MS, err::println);
        final EngineReport report = new EngineReport(out);
        report.head(quick ? QUICK_ROUNDS : rounds);
        final List<Figure> figures = new ArrayList<>();
        for (final Workload workload : chosen) {
            figures.addAll(report.add(workload, bench.run(workload)));
        }
        if (memory) {
            figures.add(MemoryFigure.measure(out));
        }
        if (json != null) {
            FigureFile.write(json, figures);
        }
        return 0;
    }

    private static String names() {
        return String.join(", ", Workloads.ALL.stream().map(Workload::name).toList()) + ", " + MemoryFigure.NAME;
    }
}
