package io.taktdb.testrunner;

import io.taktdb.testrunner.coverage.Coverage;
import io.taktdb.testrunner.coverage.CoverageReport;
import io.taktdb.testrunner.plan.BehaviourCatalog;
import io.taktdb.testrunner.plan.InvalidPlanException;
import io.taktdb.testrunner.plan.Plan;
import io.taktdb.testrunner.plan.PlanReader;
import io.taktdb.testrunner.report.JUnitReport;
import io.taktdb.testrunner.report.JsonReport;
import io.taktdb.testrunner.report.Report;
import io.taktdb.testrunner.report.TextReport;
import io.taktdb.testrunner.run.PlanRunner;
import io.taktdb.testrunner.server.ChildServers;
import io.taktdb.testrunner.server.GivenServer;
import io.taktdb.testrunner.server.ServerProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the runner. */
@Command(
        name = "takt plans",
        description = "Runs test plans: each on a fresh server of its own, or all on one that runs already.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all passed", "1:some failed", "2:wrong arguments, or a file is no plan; nothing was run"})
final class PlansCommand implements Callable<Integer> {
    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int DEFAULT_JOBS = 2;
    private static final int MAX_JOBS = 16;
    private static final long LOOK_EVERY_MS = 300;

    private final PrintStream out;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Plan files or folders of them; else all of the project.")
    private List<Path> files = List.of();

    @Option(names = "--server", paramLabel = "URL", description = "Use this server and start none.")
    private URI server;

    @Option(names = "--filter", paramLabel = "TEXT", description = "Only plans with this in file, title or covers.")
    private String filter = "";

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML.")
    private Path junit;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON.")
    private Path json;

    @Option(names = "--watch", description = "Run again what was saved, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--jobs", paramLabel = "N", description = "So many plans side by side: 1 to 16, else 2.")
    private int jobs = DEFAULT_JOBS;

    @Option(
            names = "--coverage",
            description = "Run nothing: write COVERAGE.md and coverage.json, which say what names each behaviour.")
    private boolean coverage;

    private PlansCommand(final PrintStream out) {
        this.out = out;
    }

    /**
     * Runs one command line.
     *
     * @return the exit code
     */
    static int run(final PrintStream out, final PrintStream err, final String... args) {
        final CommandLine line = new CommandLine(new PlansCommand(out));
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, all) -> {
            err.println("error: " + wrong.getMessage());
            err.println("see: takt plans --help");
            return USAGE;
        });
        return line.execute(args);
    }

    @Override
    public Integer call() throws IOException {
        final Path home = Path.of(System.getProperty("taktdb.home", ""));
        if (jobs < 1 || jobs > MAX_JOBS) {
            throw wrong("out of range: jobs=" + jobs + ", limit=1.." + MAX_JOBS);
        }
        try {
            if (coverage) {
                return writeCoverage(home);
            }
            return watch ? watch(home) : run(home, planFiles(home));
        } catch (final InvalidPlanException e) {
            e.faults().forEach(spec.commandLine().getErr()::println);
            return USAGE;
        }
    }

    /** Runs what was saved, again and again, until the thread is interrupted or the process ends. */
    private int watch(final Path home) throws IOException {
        final PlanWatch watched = new PlanWatch();
        int last = PASSED;
        while (!Thread.currentThread().isInterrupted()) {
            final List<Path> changed = watched.changed(planFiles(home));
            if (!changed.isEmpty()) {
                last = runSaved(home, changed);
                out.println("watching for changes; Ctrl-C ends it");
            }
            pause();
        }
        return last;
    }

    private int runSaved(final Path home, final List<Path> changed) throws IOException {
        try {
            return run(home, changed);
        } catch (final InvalidPlanException e) {
            e.faults().forEach(spec.commandLine().getErr()::println);
            return USAGE;
        } catch (final ParameterException e) {
            out.println(e.getMessage());
            return PASSED;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int run(final Path home, final List<Path> planFiles) throws IOException, InvalidPlanException {
        final List<Plan> plans =
                reader(home).readAll(planFiles).stream().filter(this::isWanted).toList();
        if (plans.isEmpty()) {
            throw wrong("no plan to run: filter=" + filter);
        }
        final TextReport text = new TextReport(out);
        final Report report = new PlanRunner(servers(home), text::plan).run(plans, jobs);
        if (junit != null) {
            JUnitReport.write(report, junit);
        }
        if (json != null) {
            JsonReport.write(report, json);
        }
        text.end(report);
        return report.isGreen() ? PASSED : FAILED;
    }

    private int writeCoverage(final Path home) throws IOException, InvalidPlanException {
        final Coverage found = Coverage.of(home.toAbsolutePath());
        CoverageReport.write(found, home.resolve("test-plans"));
        out.println(found.count(Coverage.Status.PASSED) + " passed, "
                + found.count(Coverage.Status.NOT_APPLICABLE) + " not applicable, "
                + found.count(Coverage.Status.OPEN) + " open");
        return PASSED;
    }

    private static PlanReader reader(final Path home) throws IOException {
        final Path behaviours = home.resolve("test-plans/behaviours.json");
        return new PlanReader(
                Files.exists(behaviours) ? BehaviourCatalog.read(behaviours) : BehaviourCatalog.unknown());
    }

    private ServerProvider servers(final Path home) {
        if (server == null) {
            return ChildServers.of(home.toAbsolutePath());
        }
        if (server.getHost() == null || !"http".equals(server.getScheme())) {
            throw wrong("not a server URL: url=" + server + "; write it like http://127.0.0.1:7777");
        }
        return new GivenServer(URI.create("http://" + server.getAuthority()));
    }

    private List<Path> planFiles(final Path home) throws IOException {
        final List<Path> found = new ArrayList<>();
        for (final Path file : files.isEmpty() ? List.of(home.resolve("test-plans/plans")) : files) {
            if (!Files.exists(file)) {
                throw wrong("no such file or folder: file=" + file);
            }
            try (Stream<Path> below = Files.walk(file)) {
                below.filter(one -> (one.equals(file) && Files.isRegularFile(one)) || isPlanName(one))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static boolean isPlanName(final Path file) {
        return file.toString().matches(".*\\.(yaml|yml|json)") && Files.isRegularFile(file);
    }

    private boolean isWanted(final Plan plan) {
        final String wanted = filter.toLowerCase(Locale.ROOT);
        return Stream.of(Stream.of(plan.file().toString(), plan.title()), plan.behaviours())
                .flatMap(texts -> texts)
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private ParameterException wrong(final String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
