package io.taktdb.bench.jmh;

import io.taktdb.bench.engine.Workloads;
import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.FigureFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code takt bench jmh}. */
@Command(
        name = "jmh",
        description = {
            "Measures kernels of the engine by JMH, each beside its first peer: wall-clock time in forks of their own.",
            "./takt bench engine measures the same worlds in turns; docs/BENCHMARKS.md compares both."
        },
        mixinStandardHelpOptions = true)
public final class JmhCommand implements Callable<Integer> {
    private static final String CONTENDER = "contender";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "REGEX",
            arity = "0..1",
            defaultValue = ".*",
            description = "only kernels whose name it finds (movement, heal, filter, keyed, churn, lease, byid)")
    private String regex;

    @Option(
            names = "--forks",
            defaultValue = "1",
            description = "JVMs per kernel (default: ${DEFAULT-VALUE}); 0: this one")
    private int forks;

    @Option(names = "--iterations", defaultValue = "5", description = "measured iterations (default: ${DEFAULT-VALUE})")
    private int iterations;

    @Option(names = "--millis", defaultValue = "500", description = "of an iteration (default: ${DEFAULT-VALUE})")
    private int millis;

    @Option(names = "--quick", description = "a short form: one iteration of 100 ms after one to warm up")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "write one JSON object per figure and line")
    private Path json;

    @Override
    public Integer call() throws RunnerException {
        if (forks < 0 || iterations < 1 || millis < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--forks must be at least 0, --iterations and --millis at least 1");
        }
        if (kernels().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no kernel fits: regex=" + regex + "; there are: " + String.join(", ", all()));
        }
        System.setProperty("jmh.ignoreLock", "true"); // two runs disturb each other, but neither fails
        final List<Figure> figures = report(new Runner(options().build()).run());
        if (json != null) {
            FigureFile.write(json, figures);
        }
        return 0;
    }

    private static List<String> all() {
        return List.of(EngineJmh.class.getMethods()).stream()
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .map(method -> method.getName())
                .sorted()
                .toList();
    }

    private List<String> kernels() {
        try {
            final Pattern pattern = Pattern.compile(regex);
            return all().stream().filter(name -> pattern.matcher(name).find()).toList();
        } catch (final PatternSyntaxException e) {
            throw new ParameterException(spec.commandLine(), "not a regular expression: " + e.getMessage(), e);
        }
    }

    private ChainedOptionsBuilder options() {
        final TimeValue time = TimeValue.milliseconds(quick ? 100 : millis);
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(forks)
                .warmupIterations(quick ? 1 : 4)
                .warmupTime(time)
                .measurementIterations(quick ? 1 : iterations)
                .measurementTime(time)
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend(flags().toArray(new String[0]));
        for (final String kernel : kernels()) {
            options.include("\\Q" + EngineJmh.class.getName() + '.' + kernel + "\\E$");
        }
        return options;
    }

    private static List<String> flags() {
        final List<String> flags =
                new ArrayList<>(List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC", "-XX:CompileCommand=quiet"));
        for (final String kernel : Workloads.KERNELS) {
            flags.add("-XX:CompileCommand=dontinline," + kernel);
        }
        return flags;
    }

    private List<Figure> report(final Collection<RunResult> results) {
        final Map<String, Map<String, Double>> byKernel = new TreeMap<>();
        for (final RunResult result : results) {
            final String name = result.getParams().getBenchmark();
            byKernel.computeIfAbsent(name.substring(name.lastIndexOf('.') + 1), key -> new TreeMap<>())
                    .put(
                            result.getParams().getParam(CONTENDER),
                            result.getPrimaryResult().getScore());
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.printf("%-10s %12s %12s %8s%n", "ns", "takt", "peer", "ratio");
        final List<Figure> figures = new ArrayList<>();
        byKernel.forEach((name, scores) -> {
            final double ours = scores.get("takt");
            final double peers = scores.get("peer");
            out.printf(Locale.ROOT, "%-10s %12.3f %12.3f %8.3f%n", name, ours, peers, ours / peers);
            figures.add(new Figure("jmh." + name, ours, "ns", "peer", ours / peers));
        });
        out.flush();
        return figures;
    }
}
