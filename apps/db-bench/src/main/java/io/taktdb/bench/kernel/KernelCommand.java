package io.taktdb.bench.kernel;

import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.FigureFile;
import io.taktdb.bench.report.Samples;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench kernel}. */
@Command(
        name = "kernel",
        description = {
            "Moves rows (position += velocity * dt, 3 floats) over TaktDB's chunks, float[], artemis-odb and dominion.",
            "Prints medians of interleaved rounds as nanoseconds of processor time per row."
        },
        mixinStandardHelpOptions = true)
public final class KernelCommand implements Callable<Integer> {
    private static final int MIN_ROUNDS = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", description = "interleaved rounds (default: ${DEFAULT-VALUE})", defaultValue = "11")
    private int rounds;

    @Option(names = "--json", paramLabel = "FILE", description = "write one JSON object per figure and line")
    private Path json;

    @Option(
            names = "--check",
            paramLabel = "RATIO",
            description = "fail when TaktDB takes more than RATIO times as long as float[]")
    private Double check;

    @Override
    public Integer call() {
        if (rounds < MIN_ROUNDS) {
            throw new ParameterException(spec.commandLine(), "--rounds must be at least " + MIN_ROUNDS);
        }
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final KernelBench bench = new KernelBench(rounds, err::println);
        bench.run();
        print(out, bench);
        if (json != null) {
            FigureFile.write(json, bench.figures());
        }
        return check == null ? 0 : check(out, bench.figures());
    }

    private void print(final PrintWriter out, final KernelBench bench) {
        out.printf(
                "movement: position += velocity * dt, 3 floats; ns of processor time per row, medians of %d rounds%n",
                rounds);
        out.printf(
                "JDK %s (%s), %s, %d processors%n",
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
        KernelBench.SIZES.forEach((name, rows) -> {
            out.printf(Locale.ROOT, "%n%-13s %10s   %-17s %s%n", name, "ns/row", "min .. max", "takt / it");
            final Samples ours = bench.samples(name, Contender.TAKT);
            for (final Contender contender : Contender.values()) {
                final Samples own = bench.samples(name, contender);
                out.printf(
                        Locale.ROOT,
                        "%-13s %10.3f   %6.3f .. %7.3f %s%n",
                        contender.title(),
                        own.median(),
                        own.min(),
                        own.max(),
                        contender == Contender.TAKT ? "" : String.format(Locale.ROOT, "%9.3f", ours.medianRatio(own)));
            }
        });
        out.flush();
    }

    private int check(final PrintWriter out, final List<Figure> figures) {
        int status = 0;
        for (final Figure figure : figures) {
            if (figure.peer().equals(Contender.FLOAT_ARRAY.title())) {
                final boolean slow = !(figure.ratio() <= check);
                out.printf(
                        Locale.ROOT,
                        "%s: %s / float[] = %.3f, limit %.3f: %s%n",
                        "check",
                        figure.name(),
                        figure.ratio(),
                        check,
                        slow ? "too slow" : "ok");
                status = slow ? 1 : status;
            }
        }
        out.flush();
        return status;
    }
}
